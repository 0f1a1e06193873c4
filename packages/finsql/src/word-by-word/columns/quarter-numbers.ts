/** Quarters by their number beside a column of years: 2025 and 2, or 2025 and Q2; 0 may be the full year. */
import { nameWords } from '../../retrieval/words.ts';
import type { Column, Table } from '../../schema/schema.ts';
import { calledBy } from './comment-parts.ts';
import { holdsYears } from './schema-columns.ts';
import { toldOnce } from './told-once.ts';

export interface Quarters {
  readonly year: string;
  readonly column: string;
  /** How a quarter is stored. */
  readonly of: (quarter: number) => string | number;
  /** What is stored of whole years; undefined where the table has none of those. */
  readonly whole?: string;
}

/** Texts that tell by themselves that they are of whole years. */
const WHOLE = /^(?:FY|full[ _-]?year|year|annual|全年|年度)$/i;
/** As a comment explains it: `0 = the full year`. */
const EXPLAINED =
  /(?<![\p{L}\p{N}])(\d{1,2}|[A-Z]\w{0,2})\s*(?:[=:：-]|is|for|表示|为|代表)?\s*(?:the )?(?:full|whole|entire|annual|year|全年|年度|整年)/iu;

/** The quarters of a table; undefined where it has none or several, and where one stored tells nothing. */
export const quartersOf: (table: Table) => Quarters | undefined = toldOnce((table) => {
  const [year, ...years] = table.columns.filter(holdsYears);
  const [only, ...more] = table.columns.flatMap((column) => quartersIn(column) ?? []);
  if (year === undefined || only === undefined || years.length + more.length > 0) return undefined;
  return { ...only, year: year.name };
});

function quartersIn(column: Column): Omit<Quarters, 'year'> | undefined {
  const { name, samples, comment } = column;
  const isNamed =
    nameWords(name).some((word) => /^(?:quarter|qtr|q)$/.test(word)) ||
    calledBy(column).some((one) => /季度?$/u.test(one));
  const isOfPeriods = isNamed || nameWords(name).at(-1) === 'period';
  const isNumber = (text: string) => isNamed && /^[1-4]$/.test(text);
  const isText = (text: string) => isOfPeriods && /^Q[1-4]$/.test(text);
  const areNumbers = samples.some(isNumber);
  const isQuarter = areNumbers ? isNumber : isText;
  if (!samples.some(isQuarter)) return undefined;
  const of = areNumbers ? (quarter: number) => quarter : (quarter: number) => `Q${quarter}`;
  const explained = EXPLAINED.exec(comment)?.[1];
  const [other, ...others] = samples.filter((one) => !isQuarter(one));
  const whole = other ?? (explained === undefined || isQuarter(explained) ? undefined : explained);
  if (whole === undefined) return { column: name, of };
  if (others.length > 0 || (!WHOLE.test(whole) && whole !== explained)) return undefined;
  return { column: name, of, whole };
}
