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

/** Text with year, month and day at these places, counted from 1. */
function atPlaces(year: number, month: number, day: number): DateForm {
  const text = (column: string) =>
    `substr(${column}, ${year}, 4) || '-' || substr(${column}, ${month}, 2) || '-' || substr(${column}, ${day}, 2)`;
  return { time: text, day: text, sorts: year === 1, yearFirst: year === 1 };
}

const DAY_OF_MONTH = '(?:0[1-9]|[12]\\d|3[01])';
const MONTH = '(?:0[1-9]|1[0-2])';
const YEAR = '(?:19|20)\\d\\d';
const TIME = '(?:[ T]\\d\\d:\\d\\d.*)?';
const pattern = (...parts: readonly string[]) => new RegExp(`^${parts.join('')}$`);

/** Ways to write a day that one text may fit two of: 03/04/2023 is in March or in April. */
const FORMS: readonly (readonly [RegExp, DateForm])[] = [
  [/^[1-9]\d{8,9}$/, seconds], // 1973 to 2286
  [/^[1-9]\d{11,12}$/, milliseconds],
  [pattern(YEAR, MONTH, DAY_OF_MONTH), atPlaces(1, 5, 7)],
  [pattern(YEAR, '[/.]', MONTH, '[/.]', DAY_OF_MONTH, TIME), atPlaces(1, 6, 9)],
  [pattern(YEAR, '年', MONTH, '月', DAY_OF_MONTH, '日', TIME), atPlaces(1, 6, 9)],
  [pattern(MONTH, '[/.-]', DAY_OF_MONTH, '[/.-]', YEAR, TIME), atPlaces(7, 1, 4)],
  [pattern(DAY_OF_MONTH, '[/.-]', MONTH, '[/.-]', YEAR, TIME), atPlaces(7, 4, 1)],
];

/** The one form that all samples of a column have; undefined: none, more than one, or no sample. */
export function dateFormOf({ samples }: Column): DateForm | undefined {
  if (samples.length === 0) return undefined;
  const fitting = FORMS.filter(([shape]) => samples.every((sample) => shape.test(sample)));
  return fitting.length === 1 ? fitting[0]?.[1] : undefined;
}
