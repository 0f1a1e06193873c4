import type { Column } from '../schema/schema.ts';

/** A way in which a column writes days and which SQLite's date functions do not read. */
export interface DateForm {
  /** What a date function is given in place of the column. */
  readonly time: (column: string) => string;
  /** The day as text, YYYY-MM-DD. */
  readonly day: (column: string) => string;
  /** Whether what is stored sorts as its days do. */
  readonly sorts: boolean;
  /** Whether it is a text that begins with the year. */
  readonly yearFirst: boolean;
}

const seconds: DateForm = {
  time: (column) => `${column}, 'unixepoch'`,
  day: (column) => `date(${column}, 'unixepoch')`,
  sorts: true,
  yearFirst: false,
};

const milliseconds: DateForm = {
  time: (column) => `${column} / 1000, 'unixepoch'`,
  day: (column) => `date(${column} / 1000, 'unixepoch')`,
  sorts: true,
  yearFirst: false,
};

/** Days of the Julian calendar, which date functions read as they are. */
const julian: DateForm = {
  time: (column) => column,
  day: (column) => `date(${column})`,
  sorts: true,
  yearFirst: false,
};

/** Text with year, month and day at these places, counted from 1. */
function atPlaces(year: number, month: number, day: number): DateForm {
  const text = (column: string) =>
    `substr(${column}, ${year}, 4) || '-' || substr(${column}, ${month}, 2) || '-' || substr(${column}, ${day}, 2)`;
  return { time: text, day: text, sorts: year === 1, yearFirst: year === 1 };
}

/** Text with parts of any length behind a sign, in this order; `printf` takes the number that a text begins with. */
function between(sign: string, order: 'ymd' | 'mdy' | 'dmy'): DateForm {
  const text = (column: string) => {
    const second = `substr(${column}, instr(${column}, '${sign}') + 1)`;
    const third = `substr(${second}, instr(${second}, '${sign}') + 1)`;
    const parts = [column, second, third];
    const part = (name: string) => parts[order.indexOf(name)] ?? column;
    const day = `printf('%04d-%02d-%02d', ${part('y')}, ${part('m')}, ${part('d')})`;
    return `case when ${column} is not null then ${day} end`;
  };
  return { time: text, day: text, sorts: false, yearFirst: order === 'ymd' };
}

const DAY_OF_MONTH = '(?:0[1-9]|[12]\\d|3[01])';
const MONTH = '(?:0[1-9]|1[0-2])';
const YEAR = '(?:19|20)\\d\\d';
const TIME = '(?:[ T]\\d\\d?:\\d\\d.*)?';
const SHORT_DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const SHORT_MONTH = '(?:0?[1-9]|1[0-2])';
const pattern = (...parts: readonly string[]) => new RegExp(`^${parts.join('')}$`);

const COMPACT = pattern(YEAR, MONTH, DAY_OF_MONTH);
const COMPACT_PARTS = pattern(`(${YEAR})`, `(${MONTH})`, `(${DAY_OF_MONTH})?`);

type Forms = readonly (readonly [RegExp, DateForm])[];

/** Ways to write a day that one text may fit two of: 03/04/2023 is in March or in April. */
const FORMS: Forms = [
  [/^[1-9]\d{8,9}(?:\.\d+)?$/, seconds], // 1973 to 2286
  [/^[1-9]\d{11,12}$/, milliseconds],
  [/^24\d{5}(?:\.\d+)?$/, julian], // 1858 to 2132
  [COMPACT, atPlaces(1, 5, 7)],
  [pattern(YEAR, '[/.]', MONTH, '[/.]', DAY_OF_MONTH, TIME), atPlaces(1, 6, 9)],
  [pattern(YEAR, '年', MONTH, '月', DAY_OF_MONTH, '日', TIME), atPlaces(1, 6, 9)],
  [pattern(MONTH, '[/.-]', DAY_OF_MONTH, '[/.-]', YEAR, TIME), atPlaces(7, 1, 4)],
  [pattern(DAY_OF_MONTH, '[/.-]', MONTH, '[/.-]', YEAR, TIME), atPlaces(7, 4, 1)],
];

/** The same without leading zeros, as spreadsheets write them: 3/15/2023. */
const SHORT_FORMS: Forms = (['/', '.', '-'] as const).flatMap((sign): Forms => {
  const gap = `[${sign}]`;
  return [
    [pattern(YEAR, gap, SHORT_MONTH, gap, SHORT_DAY, TIME), between(sign, 'ymd')],
    [pattern(SHORT_MONTH, gap, SHORT_DAY, gap, YEAR, TIME), between(sign, 'mdy')],
    [pattern(SHORT_DAY, gap, SHORT_MONTH, gap, YEAR, TIME), between(sign, 'dmy')],
  ];
});

/** The one form that all samples of a column have; undefined: none, more than one, or no sample. */
export function dateFormOf({ samples }: Column): DateForm | undefined {
  if (samples.length === 0 || hasReadableDays({ samples })) return undefined;
  const fitting = [FORMS, SHORT_FORMS]
    .map((forms) => forms.filter(([shape]) => samples.every((sample) => shape.test(sample))))
    .find((found) => found.length > 0);
  return fitting?.length === 1 ? fitting[0]?.[1] : undefined;
}

/** Year, month and day of 20240315, year and month of 202403; none of anything else. */
export function compactParts(text: string): string[] {
  const parts = COMPACT_PARTS.exec(text)?.slice(1) ?? [];
  return parts.flatMap((part: string | undefined) => part ?? []);
}

/** Whether all samples are days without gaps, 20240315. */
export function hasCompactDays({ samples }: Pick<Column, 'samples'>): boolean {
  return samples.length > 0 && samples.every((sample) => COMPACT.test(sample));
}

/** Whether all samples are days as SQLite writes them. */
export function hasReadableDays({ samples }: Pick<Column, 'samples'>): boolean {
  const day = pattern(YEAR, '-', MONTH, '-', DAY_OF_MONTH, TIME);
  return samples.length > 0 && samples.every((sample) => day.test(sample));
}
