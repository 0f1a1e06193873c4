/**
 * Whether two results are the same answer: bags of rows, columns in any order, row order only
 * where gold orders. Numbers are the same that two ways to reckon them may tell apart: within 1e-9 of each
 * other, or within 1e-11 of the larger one, so that money keeps its cents up to hundreds of millions; whole
 * numbers exactly.
 */
import type { SqlValue } from '../database/execute-protocol.ts';
import { fold } from '../schema/schema.ts';
import { tokenizeSql } from '../sql/tokenize.ts';

export type Rows = readonly (readonly SqlValue[])[];

/** What is left of 0 where sums cancel out. */
const AROUND_ZERO = 1e-9;
/** Of a number: sums in another order differ by some 1e-13, and by 1e-12 where much of them cancels out. */
const RELATIVE = 1e-11;
/** Column assignments tried before two results count as different. */
const MOST_TRIES = 20_000;

/** Whether the rows of a statement come in a stated order: ORDER BY outside all parentheses. */
export function isOrdered(sql: string): boolean {
  let depth = 0;
  const tokens = tokenizeSql(sql);
  return tokens.some((token, index) => {
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    const next = tokens[index + 1];
    return (
      depth === 0 &&
      token.kind === 'word' &&
      fold(token.text) === 'order' &&
      next !== undefined &&
      fold(next.text) === 'by'
    );
  });
}

/**
 * Compares two results.
 * @param ordered whether the order of rows counts
 */
export function sameResult(gold: Rows, predicted: Rows, ordered: boolean): boolean {
  const width = gold[0]?.length ?? 0;
  if (gold.length !== predicted.length) return false;
  if (gold.length === 0) return true;
  if (predicted[0]?.length !== width) return false;
  const keyOf = valueKeys([gold, predicted]);
  const left = columnsOf(gold, width, keyOf);
  const right = columnsOf(predicted, width, keyOf);
  return ordered ? sameBag(left.map(join), right.map(join)) : matchColumns(left, right);
}

type Column = readonly string[];

function columnsOf(rows: Rows, width: number, keyOf: (value: SqlValue) => string): Column[] {
  return Array.from({ length: width }, (_, column) =>
    rows.map((row) => keyOf(row[column] ?? null)),
  );
}

const join = (column: Column): string => column.join('\u0001');

/**
 * Equal values get equal keys. Numbers that differ by less than the tolerance from the smallest of
 * their group share its key; two different whole numbers never do.
 */
function valueKeys(results: readonly Rows[]): (value: SqlValue) => string {
  const values = new Set(results.flatMap((rows) => rows.flat()));
  const keys = new Map<number, string>();
  let group: { first: number; whole: number | undefined } | undefined;
  for (const value of [...values].filter((one) => typeof one === 'number').sort((a, b) => a - b)) {
    // Beyond these a number is a decimal, since whole ones come as texts.
    const whole = Number.isSafeInteger(value) ? value : undefined;
    const near =
      group !== undefined &&
      isNear(value, group.first) &&
      (whole === undefined || group.whole === undefined || whole === group.whole);
    if (!near || group === undefined) group = { first: value, whole };
    else group.whole ??= whole;
    keys.set(value, `n${group.first}`);
  }
  const large = largeIntegers(values);
  return (value) => {
    if (value === null) return '-';
    const number = typeof value === 'number' ? value : large.get(value);
    return (number !== undefined && keys.get(number)) || `s${JSON.stringify(value)}`;
  };
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= Math.max(AROUND_ZERO, RELATIVE * Math.max(Math.abs(a), Math.abs(b)));
}

/**
 * Whole numbers that come as texts, since a decimal does not hold them, each with the decimal nearest to it:
 * sum(x) beside total(x). Those that share it stay apart.
 */
function largeIntegers(values: ReadonlySet<SqlValue>): ReadonlyMap<string, number> {
  const texts = [...values].filter(
    (value): value is string =>
      typeof value === 'string' &&
      /^-?[1-9]\d{15,18}$/.test(value) &&
      !Number.isSafeInteger(Number(value)),
  );
  const counts = new Map<number, number>();
  for (const text of texts) counts.set(Number(text), (counts.get(Number(text)) ?? 0) + 1);
  return new Map(
    texts.filter((text) => counts.get(Number(text)) === 1).map((text) => [text, Number(text)]),
  );
}

function sameBag(left: readonly string[], right: readonly string[]): boolean {
  const a = [...left].sort();
  const b = [...right].sort();
  return a.every((item, index) => item === b[index]);
}

/**
 * Looks for an assignment of columns under which the bags of rows agree. A column can only take one
 * that holds the same bag of values, and each step compares the rows of the columns assigned so far.
 */
function matchColumns(gold: readonly Column[], predicted: readonly Column[]): boolean {
  const bags = (columns: readonly Column[]) => columns.map((column) => join([...column].sort()));
  const goldBags = bags(gold);
  const predictedBags = bags(predicted);
  if (!sameBag(goldBags, predictedBags)) return false;
  const rows = gold[0]?.length ?? 0;
  let tries = 0;

  const extend = (
    left: readonly string[],
    right: readonly string[],
    used: ReadonlySet<number>,
  ): boolean => {
    const at = used.size;
    const column = gold[at];
    if (column === undefined) return true;
    const grownLeft = left.map((row, index) => `${row}\u0001${column[index]}`);
    const triedColumns = new Set<string>();
    for (const [index, candidate] of predicted.entries()) {
      if (used.has(index) || predictedBags[index] !== goldBags[at]) continue;
      const text = join(candidate);
      if (triedColumns.has(text) || tries++ > MOST_TRIES) continue;
      triedColumns.add(text);
      const grownRight = right.map((row, row_) => `${row}\u0001${candidate[row_]}`);
      if (!sameBag(grownLeft, grownRight)) continue;
      if (extend(grownLeft, grownRight, new Set([...used, index]))) return true;
    }
    return false;
  };
  const start = Array.from({ length: rows }, () => '');
  return extend(start, start, new Set());
}
