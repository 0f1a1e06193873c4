/**
 * What cells of an answer are and how they are written: amounts with thousands separators, integers
 * to the last digit, fractions with the 15 digits that a REAL of SQLite keeps. Integers beyond 2^53
 * come as strings of digits, which count as numbers here.
 */

export type Cell = string | number | null;
export type Rows = readonly (readonly Cell[])[];

/** `number`: an amount; `code`: numbers that name things (years, identifiers, days like 20250315); `date`: ISO dates. */
export type ColumnKind = 'number' | 'code' | 'date' | 'text';

/** `fund_id`, `OrderID`, `fiscal_year`, 年份, 编号: what names things, whatever it is the least or the last of. */
const CODE_LIKE = [
  /(?:^|_)(?:id|code|year|yr|month|day|no|number|zip)$/i,
  /(?<=\p{Ll})(?:ID|Id|Code|CODE|Year|YEAR|Yr|No)$/u,
  /^(?:client|order|customer|account|trade|user|product|company|branch|employee|fund|loan|policy)(?:id|no|code)$/i,
  /(?:年份|年度|编号|代码|号码|邮编|邮政编码|证号|账号|卡号)$/,
];
const EXTREME = /^(?:min|max)\((?:distinct )?(.+)\)$/i;
const isCodeLike = (name: string) => {
  const bare = (EXTREME.exec(name)?.[1] ?? name).replace(/^.*\./, '').replaceAll(/["`[\]]/g, '');
  return CODE_LIKE.some((form) => form.test(bare));
};
/** Days and months without gaps; years that are divided off such days. */
const COMPACT_DAY = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?$/;
const YEAR = /^(?:19|20)\d{2}$/;
const YEAR_OF_DAY = / \/ 10000$/;
const FIGURE = /^(?:sum|avg|count|total)\(/i;
const DATE = /^\d{4}-\d{2}(-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z?)?)?$/;
const BIG_INTEGER = /^-?\d{16,}$/;
/** Columns with at most so many decimals show the same number of them in each row. */
const MOST_EVEN_DECIMALS = 4;

const isNumeric = (value: Cell) => typeof value === 'number' || BIG_INTEGER.test(String(value));

/** What the values of a column are, empty cells aside. */
export function columnKind(name: string, values: readonly Cell[]): ColumnKind {
  const filled = values.filter((value) => value !== null);
  if (filled.length === 0) return 'text';
  // Sixteen and more digits are numbers only where the server could not send them as such.
  const big =
    filled.every(isNumeric) && (filled.some((v) => typeof v === 'number') || isBig(filled));
  if (big) return isCodeLike(name) || areDays(name, filled) ? 'code' : 'number';
  return filled.every((value) => DATE.test(String(value))) ? 'date' : 'text';
}

/** Whether they are days or months without gaps, or years of such days. */
function areDays(name: string, values: readonly Cell[]): boolean {
  if (FIGURE.test(name)) return false;
  const form = YEAR_OF_DAY.test(name) ? YEAR : COMPACT_DAY;
  return values.every((value) => form.test(String(value)));
}

const isBig = (values: readonly Cell[]) =>
  values.every((value) => !Number.isSafeInteger(Number(value)));

/** The kinds of all columns. */
export function columnKinds(columns: readonly string[], rows: Rows): readonly ColumnKind[] {
  return columns.map((name, index) =>
    columnKind(
      name,
      rows.map((row) => row[index] ?? null),
    ),
  );
}

/** @returns how a cell of the column is written; empty for NULL */
export function cellFormat(kind: ColumnKind, values: readonly Cell[]): (value: Cell) => string {
  if (kind !== 'number') return (value) => (value === null ? '' : String(value));
  const places = Math.max(0, ...values.map((value) => decimalsOf(plain(value)).length));
  const even = places <= MOST_EVEN_DECIMALS ? places : 0;
  return (value) => (value === null ? '' : grouped(plain(value), even));
}

/** 1.14 rather than the 1.1400000000000001 that its binary fraction is. */
function plain(value: Cell): string {
  if (typeof value !== 'number' || Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(15)));
}

function grouped(text: string, places: number): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', decimals = ''] = match;
  const parted = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const shown = decimals.padEnd(places, '0');
  return `${sign}${parted}${shown === '' ? '' : `.${shown}`}`;
}

const decimalsOf = (text: string) => /^-?\d+\.(\d+)$/.exec(text)?.[1] ?? '';

/** Orders cells as people expect: numbers by size however big, texts by alphabet, NULL last. */
export function compareCells(a: Cell, b: Cell): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (isNumeric(a) && isNumeric(b)) {
    if (typeof a === 'string' && typeof b === 'string') return compareBig(BigInt(a), BigInt(b));
    return Number(a) - Number(b);
  }
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}

const compareBig = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);

/** Row numbers in the order of one column; equal ones stay as they were, NULL stays last either way. */
export function sortedOrder(rows: Rows, column: number, descending: boolean): readonly number[] {
  const sign = descending ? -1 : 1;
  const cell = (index: number) => rows[index]?.[column] ?? null;
  return rows
    .map((_, index) => index)
    .sort((a, b) => {
      const order = compareCells(cell(a), cell(b));
      return cell(a) === null || cell(b) === null ? order : sign * order;
    });
}
