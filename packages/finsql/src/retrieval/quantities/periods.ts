/** Dates and periods of a question as days: `Dec 31, 2019`, 2020年前三季度, `last year`, 最近三年, `Jan to March 2023`. */
import {
  fromTo,
  type Grain,
  oneDay,
  partOfYear,
  periodAround,
  type Span,
  upTo,
} from './calendar.ts';
import { CHINESE_NUMERAL, ENGLISH_NUMERAL, readNumeral } from './numerals.ts';

export interface Period extends Span {
  readonly kind: 'period';
  readonly text: string;
  readonly at: number;
  /** Whether it depends on the reference day. */
  readonly relative: boolean;
}

type Groups = Readonly<Record<string, string | undefined>>;

interface Pattern {
  readonly pattern: RegExp;
  read(groups: Groups, today: string): Span | undefined;
}

const MONTH_NAMES = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH_NAME =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const MONTH = `(?<month>${MONTH_NAME})\\.?`;
const YEAR_EN = '(?<year>(?:19|20)\\d\\d|this year|last year|the year before last)';
/** 本年 and 上年 by themselves: not in 基本年薪, 本年级, 以上年限. */
const YEAR_HAN =
  '(?<year>(?:(?:19|20)\\d\\d|[二一][〇零九][〇零一二三四五六七八九]{2})年|今年|去年|前年|(?<![基成资日股样版课])本年(?![薪龄级轻金限化])|(?<!以)上年(?![薪龄级轻金限份]))';
/** Behind a number that is no year: 2000万元, 1900 million, 2020 dollars; 2020人均 and 2020个人 are of a year. */
const NO_MEASURE =
  '(?! ?(?:[百千万亿]|(?:[美港欧日]?元|英镑|人民币)|股(?![票价东权市份息])|份(?!额)|人(?![均民口员才事力])|户(?!均)|家(?!庭)|只|个(?!人)|名|[位笔张件套吨倍次]|[%％]|(?:hundred|thousand|million|billion|trillion|yuan|dollars|euros|pounds|percent)\\b))';
/** Between the ends of a span. */
const TO_EN = '(?: ?[-–—] ?| (?:to|till|until|through|thru) )';
const TO_HAN = ' ?(?:-|–|—|~|～|至|到) ?';
const UNIT_EN = '(?<unit>day|week|month|quarter|year)s?';
const UNIT_HAN = '(?<unit>天|日|周|个?月|个?季度|年)';
const COUNT_EN = `(?<count>\\d+|${ENGLISH_NUMERAL})`;
const COUNT_HAN = `(?<count>\\d+|${CHINESE_NUMERAL})`;
const GRAINS: Readonly<Record<string, Grain>> = {
  day: 'day',
  week: 'week',
  month: 'month',
  quarter: 'quarter',
  year: 'year',
  天: 'day',
  日: 'day',
  周: 'week',
  月: 'month',
  季度: 'quarter',
  年: 'year',
};
const ORDINALS: Readonly<Record<string, number>> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  last: 4,
  final: 4,
  '1st': 1,
  '2nd': 2,
  '3rd': 3,
  '4th': 4,
};
const OFFSETS: Readonly<Record<string, number>> = {
  今年: 0,
  去年: -1,
  前年: -2,
  本年: 0,
  上年: -1,
  'this year': 0,
  'last year': -1,
  'the year before last': -2,
};

const DATE_EN = (name: string) => `(?<${name}>\\d{1,2})(?:st|nd|rd|th)?`;

/** Days of one year: `between 1 and 15 May 2024`, `28 April to 3 May 2024`, `May 1-15, 2024`. */
const DAYS_EN: readonly Pattern[] = ['(?<=\\bbetween (?:the )?)', '(?<![\\d.,/-])'].map(
  (before, at) => {
    const to = at === 0 ? ' and (?:the )?' : TO_EN;
    const first = `${DATE_EN('date')}(?:(?: of)? ${MONTH})?`;
    const last = `${DATE_EN('date2')}(?: of)? (?<month2>${MONTH_NAME})\\.?`;
    const inFront = `\\b(?<month3>${MONTH_NAME})\\.? ${DATE_EN('date3')}`;
    const behind = `(?:(?<month4>${MONTH_NAME})\\.? )?${DATE_EN('date4')}`;
    return form(
      `${before}(?:${first}${to}${last}|${inFront}${to}${behind}),? ${YEAR_EN}\\b`,
      daysOf,
    );
  },
);

/** Longer forms before those that are parts of them. */
const PATTERNS: readonly Pattern[] = [
  ...DAYS_EN,
  form(
    '(?<![\\d.])(?<year>(?:19|20)\\d\\d)[-/.](?<month>\\d{1,2})[-/.](?<date>\\d{1,2})(?!\\d)',
    dayOf,
  ),
  form(
    `${YEAR_HAN}(?<month>\\d{1,2}|${CHINESE_NUMERAL})月(?:份)?(?<date>\\d{1,2})[日号]?${TO_HAN}(?:(?<month2>\\d{1,2}|${CHINESE_NUMERAL})月)?(?<date2>\\d{1,2})[日号]`,
    daysOf,
  ),
  form(`${YEAR_HAN}(?<month>\\d{1,2}|${CHINESE_NUMERAL})月(?:份)?(?<date>\\d{1,2})[日号]`, dayOf),
  form(`\\b${MONTH} (?<date>\\d{1,2})(?:st|nd|rd|th)?,? ${YEAR_EN}\\b`, dayOf),
  form(`\\b(?<date>\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH},? ${YEAR_EN}\\b`, dayOf),
  form(
    `${YEAR_HAN}(?<month>\\d{1,2}|${CHINESE_NUMERAL})月?(?:份)?${TO_HAN}(?<month2>\\d{1,2}|${CHINESE_NUMERAL})月(?!\\d{1,2}[日号])`,
    monthsOf,
  ),
  form(
    `(?:(?<=\\bbetween )${MONTH} and |\\b(?<month3>${MONTH_NAME})\\.?${TO_EN})(?<month2>${MONTH_NAME})\\.?(?: of|,)? ${YEAR_EN}\\b`,
    monthsOf,
  ),
  form(
    `${YEAR_HAN}的?前(?<count>[2-9]|1[01]|十一?|[二两三四五六七八九])个?(?<unit>季度|月)`,
    firstOf,
  ),
  form(
    `\\bfirst (?<count>\\d+|${ENGLISH_NUMERAL}) (?<unit>month|quarter)s(?: of| in)? ${YEAR_EN}\\b`,
    firstOf,
  ),
  form(
    `(?<![\\d.,/-])(?<year>(?:19|20)\\d\\d)年?${TO_HAN}(?<year2>(?:19|20)\\d\\d)年(?!\\d)`,
    yearsOf,
  ),
  form(
    '(?<![\\w.,/-])(?<year>(?:19|20)\\d\\d)[-–—](?<year2>(?:19|20)\\d\\d)(?![\\w-]|[.,/]\\d)',
    yearsOf,
  ),
  form(
    `${YEAR_HAN}的?第?(?<part>[1-4一二三四])(?:季度?)?${TO_HAN}第?(?<part2>[1-4一二三四])季度?`,
    quartersOf,
  ),
  form(`${YEAR_HAN}(?<month>\\d{1,2}|${CHINESE_NUMERAL})月`, monthOf),
  form(`\\b(?<edge>first|last|final) day(?: of| in)? ${MONTH}(?: of|,)? ${YEAR_EN}\\b`, edgeOf),
  form(`\\b${MONTH}(?: of|,)? ${YEAR_EN}\\b`, monthOf),
  form('(?<![\\d.])(?<year>(?:19|20)\\d\\d)[-/](?<month>0[1-9]|1[0-2])(?![\\d-])', monthOf),
  form(`${YEAR_HAN}的?第?(?<part>[1-4一二三四])个?季度?`, quarterOf),
  form(
    `\\b(?<part>first|second|third|fourth|last|final|[1-4](?:st|nd|rd|th)) quarter(?: of| in)? ${YEAR_EN}\\b`,
    quarterOf,
  ),
  form(
    `\\b(?:q(?<part>[1-4]),?(?: of)? (?:fy ?)?${YEAR_EN}|(?<year2>(?:19|20)\\d\\d)[ -]?q(?<part2>[1-4]))\\b`,
    quarterOf,
  ),
  form(`\\b(?<edge>first|last|final) (?<unit>month|day)(?: of| in|,)? ${YEAR_EN}\\b`, edgeOf),
  form(`${YEAR_HAN}的?(?<part>上|下)半年`, halfOf),
  form('(?<![\\d.,/-])(?<year>(?:19|20)\\d\\d)(?<part>上|下)半年', halfOf),
  form(
    '(?<![\\w.,/-])(?:(?<year>(?:19|20)\\d\\d) ?h(?<part>[12])|(?:h(?<part2>[12])|(?<part3>[12])h) ?(?<year2>(?:19|20)\\d\\d))(?![\\w-])',
    halfOf,
  ),
  form(`\\b(?<part>first|second|last) half(?: of)? ${YEAR_EN}\\b`, halfOf),
  form(`(?:最近|过去|近)的?半年`, recentHalf),
  form('\\b(?:last|past|previous) half[ -]?year\\b', recentHalf),
  form('年初至今|年初到现在|(?:今年|本年)(?:度)?(?:以来|至今)', yearToDate),
  form('\\byear[ -]to[ -]date\\b|\\bytd\\b', yearToDate),
  form('\\b(?:(?<unit>month|quarter)[ -]to[ -]date|(?<short>[mq])td)\\b', toDate),
  form(`(?:最近|过去|近|(?<!在|于)这)的?${COUNT_HAN}${UNIT_HAN}`, recent),
  form(`\\b(?:last|past|previous|recent) ${COUNT_EN} ${UNIT_EN}\\b`, recent),
  form(`${COUNT_HAN}${UNIT_HAN}(?:以)?前(?!几)`, ago),
  form(`\\b${COUNT_EN} ${UNIT_EN} ago\\b`, ago),
  form('(?<word>今天|昨天|前天|本周|上周|本月|这个月|上个?月|本季度|上个?季度)', word),
  // `the last week of 2023` is none of this year's.
  form(
    '\\b(?<word>today|yesterday|(?:this|last|previous) (?:week|month|quarter)(?! (?:of|in) (?:the )?(?:year )?(?:19|20)\\d\\d))\\b',
    word,
  ),
  form("\\bfy ?['’]?(?<year>(?:19|20)?\\d\\d)(?![\\w%]|[.,/-]\\d)", yearOf),
  form(YEAR_HAN, yearOf),
  form(`(?<![\\d.,/-])\\b${YEAR_EN}\\b(?![.,/-]?\\d)${NO_MEASURE}`, yearOf),
];

/**
 * All periods, in the order of the text.
 * @param today reference day, `2025-01-31`
 */
export function readPeriods(text: string, today: string): Period[] {
  const found: Period[] = [];
  const taken = new Uint8Array(text.length);
  for (const { pattern, read } of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (taken.subarray(match.index, end).includes(1)) continue;
      const groups = match.groups ?? {};
      const span = read(groups, today);
      if (span === undefined) continue;
      taken.fill(1, match.index, end);
      const year = groups.year ?? groups.year2;
      const relative = year === undefined || offsetOf(year) !== undefined;
      found.push({ kind: 'period', text: match[0], at: match.index, relative, ...span });
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

function form(source: string, read: Pattern['read']): Pattern {
  return { pattern: new RegExp(source, 'giu'), read };
}

function offsetOf(year: string): number | undefined {
  return OFFSETS[year.toLowerCase()];
}

function yearNumber({ year, year2 }: Groups, today: string): number {
  const text = year ?? year2 ?? '';
  const offset = offsetOf(text);
  // FY23 is of this century.
  if (/^\d\d$/.test(text)) return 2000 + Number(text);
  return offset === undefined
    ? (readNumeral(text.replace('年', '')) ?? Number.NaN)
    : Number(today.slice(0, 4)) + offset;
}

function monthNumber(text = ''): number {
  const named = MONTH_NAMES.indexOf(text.slice(0, 3).toLowerCase());
  return named >= 0 ? named + 1 : (readNumeral(text) ?? Number.NaN);
}

function dayOf(groups: Groups, today: string): Span | undefined {
  return oneDay(yearNumber(groups, today), monthNumber(groups.month), Number(groups.date));
}

/** From one day of a year to another, of the same month where one is said: 2026年5月1日到15日, 1 to 15 May 2024. */
function daysOf(groups: Groups, today: string): Span | undefined {
  const { month, month2, month3, month4 } = groups;
  const year = yearNumber(groups, today);
  const first = oneDay(
    year,
    monthNumber(month ?? month3 ?? month2),
    Number(groups.date ?? groups.date3),
  );
  const last = oneDay(
    year,
    monthNumber(month2 ?? month4 ?? month3 ?? month),
    Number(groups.date2 ?? groups.date4),
  );
  if (first === undefined || last === undefined || first.from >= last.from) return undefined;
  return fromTo(first, last);
}

function monthOf(groups: Groups, today: string): Span | undefined {
  const month = monthNumber(groups.month);
  if (!(month >= 1 && month <= 12)) return undefined;
  return partOfYear(yearNumber(groups, today), 'month', month);
}

function quarterOf(groups: Groups, today: string): Span | undefined {
  const part = (groups.part ?? groups.part2 ?? '').toLowerCase();
  return partOfYear(yearNumber(groups, today), 'quarter', ORDINALS[part] ?? readNumeral(part) ?? 1);
}

/** The first or the last month or day of a year, or that day of a month. */
function edgeOf({ edge, unit, ...groups }: Groups, today: string): Span | undefined {
  const year = yearNumber(groups, today);
  const isFirst = edge?.toLowerCase() === 'first';
  if (unit?.toLowerCase() === 'month') return partOfYear(year, 'month', isFirst ? 1 : 12);
  const around = groups.month === undefined ? yearOf(groups, today) : monthOf(groups, today);
  const day = isFirst ? around?.from : around?.to;
  const [month, date] = (day ?? '').split('-').slice(1).map(Number);
  return month === undefined || date === undefined ? undefined : oneDay(year, month, date);
}

/** The first three quarters of a year. */
function firstOf(groups: Groups, today: string): Span | undefined {
  const count = readNumeral(groups.count ?? '') ?? Number.NaN;
  const grain = /^(?:月|month)$/i.test(groups.unit ?? '') ? 'month' : 'quarter';
  if (!(count >= 2 && count <= (grain === 'month' ? 12 : 4))) return undefined;
  const year = yearNumber(groups, today);
  return fromTo(partOfYear(year, grain), partOfYear(year, grain, count));
}

/** From one month of a year to another. */
function monthsOf(groups: Groups, today: string): Span | undefined {
  const months = [groups.month ?? groups.month3, groups.month2].map(monthNumber);
  const [first = 0, last = 0] = months;
  if (!months.every((month) => month >= 1 && month <= 12) || first >= last) return undefined;
  const year = yearNumber(groups, today);
  return fromTo(partOfYear(year, 'month', first), partOfYear(year, 'month', last));
}

/** From one quarter of a year to another. */
function quartersOf(groups: Groups, today: string): Span | undefined {
  const [first = 0, last = 0] = [groups.part, groups.part2].map((part) => readNumeral(part ?? ''));
  const year = yearNumber(groups, today);
  return first < last
    ? fromTo(partOfYear(year, 'quarter', first), partOfYear(year, 'quarter', last))
    : undefined;
}

function yearsOf({ year, year2 }: Groups, today: string): Span | undefined {
  return fromTo(yearOf({ year }, today), yearOf({ year: year2 }, today));
}

function recentHalf(_: Groups, today: string): Span {
  return upTo(today, 'half', 1);
}

function yearToDate(_: Groups, today: string): Span {
  return { grain: 'several', from: yearOf({ year: 'this year' }, today).from, to: today };
}

function toDate({ unit, short }: Groups, today: string): Span {
  const grain = /^m/i.test(unit ?? short ?? '') ? 'month' : 'quarter';
  return { grain: 'several', from: periodAround(today, grain, 0).from, to: today };
}

function halfOf(groups: Groups, today: string): Span {
  const part = groups.part ?? groups.part2 ?? groups.part3 ?? '';
  const first = /^(?:上|first|1)$/i.test(part);
  return partOfYear(yearNumber(groups, today), 'half', first ? 1 : 2);
}

function yearOf(groups: Groups, today: string): Span {
  return partOfYear(yearNumber(groups, today), 'year');
}

function grainOf(groups: Groups): Grain {
  return GRAINS[(groups.unit ?? '').replace('个', '').toLowerCase()] ?? 'year';
}

function recent(groups: Groups, today: string): Span | undefined {
  const count = readNumeral(groups.count ?? '');
  return count === undefined || count === 0 || count > 1000
    ? undefined
    : upTo(today, grainOf(groups), count);
}

function ago(groups: Groups, today: string): Span | undefined {
  const count = readNumeral(groups.count ?? '');
  return count === undefined || count > 1000
    ? undefined
    : periodAround(today, grainOf(groups), -count);
}

function word({ word: text = '' }: Groups, today: string): Span {
  const lower = text.toLowerCase();
  const offset = /^(?:last|previous|yesterday|昨|上)/.test(lower) ? -1 : lower === '前天' ? -2 : 0;
  const grain = /week|周/.test(lower)
    ? 'week'
    : /quarter|季/.test(lower)
      ? 'quarter'
      : /month|月/.test(lower)
        ? 'month'
        : 'day';
  return periodAround(today, grain, offset);
}
