/** Numbers of another table than the one that was learned from, with other marks of decimals and groups. */

import { NEARLY_ALL } from './nearly-all.ts';
import { type NumberFormat, numberOf, possibleNumberFormats, readNumber } from './number-format.ts';
import { withPlainDigits } from './plain-digits.ts';
import type { ColumnSchema } from './table-schema.ts';
import { CURRENCY, ownMarks } from './ungrouped-digits.ts';

type NumericColumn = Extract<ColumnSchema, { kind: 'numeric' }>;

/** Whole numbers in groups of three. */
const GROUPED = /^\D*\d{1,3}(?:[.,]\d{3})+\D*$/;
const MARK = /\d[.,]\d/;
/** So many more of the numbers of one reading than of another lie where those that were learned do. */
const PLAINLY = 0.5;

/** The mark of decimals that cells tell by themselves; null where they tell none, or both. */
export function decimalMark(cells: readonly string[]): '.' | ',' | null {
  const found = new Set<'.' | ','>();
  for (const cell of cells) {
    const digits = withPlainDigits(cell);
    if (!MARK.test(digits)) continue;
    const marks = ownMarks(digits);
    if (marks !== null) found.add(marks.decimal);
  }
  const [mark] = found;
  return found.size === 1 && mark !== undefined ? mark : null;
}

/**
 * The column as the cells write it; null where that is as it was learned, or cannot be told.
 * @param mark of decimals, as the table's numbers tell it
 */
export function otherNumbers(
  column: NumericColumn,
  cells: readonly string[],
  mark: '.' | ',' | null,
): NumericColumn | null {
  const { format, decimals } = column;
  if (format.measure || format.mixed) return null;
  const learned = cells.map((cell) => numberOf(cell, format));
  const read = learned.filter((value) => value !== null).length;
  const allRead = read >= NEARLY_ALL * cells.length;
  const marked = cells.filter((cell) => MARK.test(withPlainDigits(cell)));
  if (marked.length === 0 && allRead) return null;
  // A table of whole numbers has groups, no decimals.
  const whole = decimals === 0 && marked.length > 0 && marked.every((cell) => GROUPED.test(cell));
  if (allRead && !whole && (mark === null || mark === format.decimal)) return null;
  const candidates = possibleNumberFormats(cells, NEARLY_ALL)
    .filter((one) => haveSameSigns(format, one))
    .map((one) => ({ format: one, values: valuesOf(cells, one) }))
    .filter(({ values }) => !whole || values.every(Number.isInteger))
    .filter((one) => whole || mark === null || marked.length === 0 || one.format.decimal === mark);
  const chosen = onlyReading(candidates, column);
  if (chosen === null || (whole && insideOf(chosen, column) < PLAINLY)) return null;
  const { format: other } = chosen;
  if (cells.every((cell, i) => readNumber(cell, other) === learned[i])) return null;
  return { ...column, format: other };
}

interface Reading {
  readonly format: NumberFormat;
  readonly values: readonly number[];
}

function valuesOf(cells: readonly string[], format: NumberFormat): number[] {
  return cells.map((cell) => readNumber(cell, format)).filter((value) => value !== null);
}

/** The one reading there is, or the one whose numbers lie plainly more often where those that were learned do. */
function onlyReading(readings: readonly Reading[], column: NumericColumn): Reading | null {
  const distinct = readings.filter(
    ({ values }, i) => !readings.slice(0, i).some((other) => areSame(values, other.values)),
  );
  const inside = distinct.map((one) => insideOf(one, column));
  const best = inside.indexOf(Math.max(...inside));
  const isPlain = inside.every(
    (share, i) => i === best || (inside[best] as number) - share >= PLAINLY,
  );
  return isPlain ? (distinct[best] ?? null) : null;
}

function insideOf({ values }: Reading, { min, max }: NumericColumn): number {
  return values.filter((one) => one >= min && one <= max).length / values.length;
}

function areSame(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((value, i) => value === others[i]);
}

/** Another sign of currency or unit may mean other numbers; none means those of the column, but for percentages. */
function haveSameSigns(learned: NumberFormat, other: NumberFormat): boolean {
  const [own, found] = [signOf(learned), signOf(other)];
  if (own === found) return true;
  if (/[%‰]/.test(`${own}${found}`)) return false;
  return found === '' || (own === '' && CURRENCY.test(found));
}

function signOf({ prefix, suffix }: NumberFormat): string {
  return `${prefix}${suffix}`.trim();
}
