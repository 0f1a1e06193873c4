/**
 * How the dates of a column are written. As with numbers, every cell must come back when its date is
 * written again: 2023-02-30 is no date, nor is a day of the week that it was not. Where day and month could
 * be either way in every cell, or years of two digits be of either century, the column stays text; between
 * points the day comes first. A month or a quarter is its first day. A time of day is one of 1 January 1970.
 */
import { countNearlyAll } from './nearly-all.ts';

/** By their first three letters, in English and in German. */
const MONTHS: ReadonlyMap<string, number> = new Map(
  [
    ['jan'],
    ['feb'],
    ['mar', 'mär', 'mrz'],
    ['apr'],
    ['may', 'mai'],
    ['jun'],
    ['jul'],
    ['aug'],
    ['sep'],
    ['oct', 'okt'],
    ['nov'],
    ['dec', 'dez'],
  ].flatMap((names, i) => names.map((name): [string, number] => [name, i + 1])),
);
const MONTH =
  '(?<m>Jan(?:uary?)?|Feb(?:ruary?)?|Mar(?:ch)?|März?|Mrz|Apr(?:il)?|May|Mai|June?|Juni|July?|Juli|Aug(?:ust)?|Sept?(?:ember)?|O[ck]t(?:ober)?|Nov(?:ember)?|De[cz](?:ember)?)\\.?';
/** By their first two letters, as in Date. */
const WEEKDAYS = ['su so', 'mo', 'tu di', 'we mi', 'th do', 'fr', 'sa'];
const WEEKDAY =
  '(?:(?<w>Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:rs(?:day)?)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?|Mo(?:ntag)?|Di(?:enstag)?|Mi(?:ttwoch)?|Do(?:nnerstag)?|Fr(?:eitag)?|Sa(?:mstag)?|So(?:nntag)?)\\.?,? )?';

const PATTERNS = {
  'YYYY-MM-DD': /^(?<y>\d{4})-(?<m>\d\d?)-(?<d>\d\d?)(?<time>.*)$/,
  'YYYY/MM/DD': /^(?<y>\d{4})\/(?<m>\d\d?)\/(?<d>\d\d?)(?<time>.*)$/,
  'YYYY.MM.DD': /^(?<y>\d{4})\.(?<m>\d\d?)\.(?<d>\d\d?)(?<time>.*)$/,
  'DD.MM.YYYY': /^(?<d>\d\d?)\.(?<m>\d\d?)\.(?<y>\d{4})(?<time>.*)$/,
  'DD.MM.YY': /^(?<d>\d\d?)\.(?<m>\d\d?)\.(?<y>\d\d)(?<time>.*)$/,
  'DD/MM/YYYY': /^(?<d>\d\d?)\/(?<m>\d\d?)\/(?<y>\d{4})(?<time>.*)$/,
  'MM/DD/YYYY': /^(?<m>\d\d?)\/(?<d>\d\d?)\/(?<y>\d{4})(?<time>.*)$/,
  'DD/MM/YY': /^(?<d>\d\d?)\/(?<m>\d\d?)\/(?<y>\d\d)(?<time>.*)$/,
  'MM/DD/YY': /^(?<m>\d\d?)\/(?<d>\d\d?)\/(?<y>\d\d)(?<time>.*)$/,
  'YY/MM/DD': /^(?<y>\d\d)\/(?<m>\d\d?)\/(?<d>\d\d?)(?<time>.*)$/,
  'DD-MM-YYYY': /^(?<d>\d\d?)-(?<m>\d\d?)-(?<y>\d{4})(?<time>.*)$/,
  'MM-DD-YYYY': /^(?<m>\d\d?)-(?<d>\d\d?)-(?<y>\d{4})(?<time>.*)$/,
  YYYY年M月D日: /^(?<y>\d{4})年(?<m>\d\d?)月(?<d>\d\d?)日(?<time>.*)$/,
  'D MMM YYYY': new RegExp(
    `^${WEEKDAY}(?<d>\\d\\d?)(?:st|nd|rd|th)?(?:[ -]|\\. ?)${MONTH},?[ -](?<y>\\d{4})(?<time>.*)$`,
    'i',
  ),
  'D MMM YY': new RegExp(
    `^(?<d>\\d\\d?)(?:[ -]|\\. ?)${MONTH}[ -](?<y>\\d\\d)(?<time>(?: .*)?)$`,
    'i',
  ),
  'MMM D, YYYY': new RegExp(
    `^${WEEKDAY}${MONTH} (?<d>\\d\\d?)(?:st|nd|rd|th)?,? (?<y>\\d{4})(?<time>.*)$`,
    'i',
  ),
  'YYYY-MM': /^(?<y>\d{4})-(?<m>0[1-9]|1[0-2])$/,
  'YYYY/MM': /^(?<y>\d{4})\/(?<m>\d\d?)$/,
  'MM/YYYY': /^(?<m>\d\d?)[/.-](?<y>\d{4})$/,
  'MMM YYYY': new RegExp(`^${MONTH}(?: |-|, ?|/)(?<y>\\d{4})$`, 'i'),
  'MMM YY': new RegExp(`^${MONTH}(?:-| ?['’/])(?<y>\\d\\d)$`, 'i'),
  YYYY年M月: /^(?<y>\d{4})年(?<m>\d\d?)月$/,
  'YYYY Qn': /^(?:FY)?(?<y>\d{4})[ /-]?Q(?<q>[1-4])$/i,
  'Qn YYYY': /^Q(?<q>[1-4])[ /-]?(?:FY)?(?<y>\d{4})$/i,
  YYYY年n季度: /^(?<y>\d{4})年?第?(?<q>[1-4一二三四])季度$/,
  'HH:MM': /^(?<clock>\d\d?:\d\d(?::\d\d)?)(?: Uhr)?$/,
  'HH:MM AM': /^(?<clock>\d\d?:\d\d(?::\d\d)? ?[ap]m)$/i,
  YYYYMMDD: /^(?<y>(?:19|20)\d\d)(?<m>\d\d)(?<d>\d\d)$/,
  SERIAL: /^(?<serial>[2-6]\d{4}(?:\.\d+)?)$/,
} as const;
/** Formats without a day: the first one of the month or quarter is meant. */
const DAYLESS: ReadonlySet<DateFormat> = new Set([
  ...(['YYYY-MM', 'YYYY/MM', 'MM/YYYY', 'MMM YYYY', 'MMM YY', 'YYYY年M月'] as const),
  ...(['YYYY Qn', 'Qn YYYY', 'YYYY年n季度'] as const),
]);
/** Numbers, but beside dates of another format: days since the end of 1899, as spreadsheets count, are among them. */
const NUMBERS: ReadonlySet<DateFormat> = new Set(['YYYYMMDD', 'SERIAL']);
const SERIAL_START = Date.UTC(1899, 11, 30);
/** Milliseconds of a day. */
export const DAY = 86_400_000;
const QUARTERS = ['一', '二', '三', '四'];
/** Formats whose years have two digits. */
const SHORT_YEAR = /(?<!Y)YY(?!Y)/;

const TIME =
  /^(?:T|,? )(\d\d?):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?: ?(?:Z|[+-]\d\d:?\d\d)| [A-Z]{3,4}| Uhr)?$/;
const TIME_OF_12 = /^,? (\d\d?):(\d\d)(?::(\d\d))? ?([ap])m$/i;

/** Years of two digits before this one are of this century, as POSIX has it. */
const CENTURY_FROM = 69;
const HALF_CENTURY = 50 * 365.25 * DAY;

export type DateFormat = keyof typeof PATTERNS;

export const DATE_FORMATS = Object.keys(PATTERNS) as [DateFormat, ...DateFormat[]];

/** Whether its cells have a time and no day. */
export function isTimeOfDay(format: DateFormat): boolean {
  return format === 'HH:MM' || format === 'HH:MM AM';
}

/** Whether its cells have a month or a quarter and no day. */
export function isWithoutDay(format: DateFormat): boolean {
  return DAYLESS.has(format);
}

/** Whether its cells are numbers as well, which only others in the column tell from these. */
export function isNumber(format: DateFormat): boolean {
  return NUMBERS.has(format);
}

/** The one format that every cell has; null when there is none, more than one, or no cell. */
export function detectDateFormat(cells: readonly string[]): DateFormat | null {
  if (cells.length === 0) return null;
  return onlyOne(
    (format) =>
      cells.every((cell) => readDate(cell, format) !== null) && isOfOneCentury(cells, format),
  );
}

/** The one format that nearly all cells have; null when there is none, or more than one. */
export function commonDateFormat(cells: readonly string[]): DateFormat | null {
  return onlyOne(
    (format) =>
      countNearlyAll(cells, (cell) => readDate(cell, format) !== null) !== null &&
      isOfOneCentury(cells, format),
  );
}

/** Years of two digits have one order only where they lie within half a century. */
export function isOfOneCentury(cells: readonly string[], format: DateFormat): boolean {
  if (!SHORT_YEAR.test(format)) return true;
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const cell of cells) {
    const time = readDate(cell, format);
    if (time === null) continue;
    first = Math.min(first, time);
    last = Math.max(last, time);
  }
  return last - first < HALF_CENTURY;
}

function onlyOne(fits: (format: DateFormat) => boolean): DateFormat | null {
  const [first, second] = DATE_FORMATS.filter((format) => !isNumber(format) && fits(format));
  return second === undefined ? (first ?? null) : null;
}

/** Milliseconds since 1970 of a cell's day and time, without its zone; null when it is no date. */
export function readDate(cell: string, format: DateFormat): number | null {
  const parts = PATTERNS[format].exec(cell.trim())?.groups;
  if (!parts) return null;
  if (parts.clock !== undefined) {
    const seconds = secondsOf(` ${parts.clock}`);
    return seconds === null ? null : 1000 * seconds;
  }
  if (parts.serial !== undefined) return SERIAL_START + Math.round(Number(parts.serial) * DAY);
  const month = parts.q === undefined ? monthOf(parts.m ?? '') : firstMonthOf(parts.q);
  const [year, day] = [yearOf(parts.y ?? ''), Number(parts.d ?? 1)];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day); // Date.UTC takes 0 to 99 for 1900 to 1999
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  if (parts.w && !isWeekday(parts.w, date)) return null;
  if (!parts.time) return date.getTime();
  const seconds = secondsOf(parts.time);
  return seconds === null ? null : date.getTime() + 1000 * seconds;
}

function yearOf(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year + (year < CENTURY_FROM ? 2000 : 1900);
}

/** From 1, of its digits or its name. */
function monthOf(text: string): number {
  return MONTHS.get(text.slice(0, 3).toLowerCase()) ?? Number(text);
}

/** Of a quarter, from 1. */
function firstMonthOf(quarter: string): number {
  const place = QUARTERS.indexOf(quarter);
  return 3 * (place === -1 ? Number(quarter) - 1 : place) + 1;
}

function isWeekday(name: string, date: Date): boolean {
  const own = WEEKDAYS[date.getUTCDay()] as string;
  return own.includes(name.slice(0, 2).toLowerCase());
}

/** Of a time of day, ` 13:30` or ` 1:30 PM`; null when it is none. */
function secondsOf(time: string): number | null {
  const half = TIME_OF_12.exec(time);
  const parts = half ?? TIME.exec(time);
  if (!parts) return null;
  const [hours, minutes, seconds] = [parts[1], parts[2], parts[3] ?? 0].map(Number) as [
    number,
    number,
    number,
  ];
  if (hours > 23 || minutes > 59 || seconds > 60) return null;
  if (!half) return 3600 * hours + 60 * minutes + seconds;
  if (hours < 1 || hours > 12) return null;
  const afternoon = half[4]?.toLowerCase() === 'p' ? 12 : 0;
  return 3600 * ((hours % 12) + afternoon) + 60 * minutes + seconds;
}
