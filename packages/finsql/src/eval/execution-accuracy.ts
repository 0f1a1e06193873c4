/**
 * Whether two results are the same answer: bags of rows, columns in any order, row order only
 * where gold orders, numbers within 1e-6 of each other (whole numbers exactly).
 */
import type { SqlValue } from '../database/execute-protocol.ts';
import { fold } from '../schema/schema.ts';
import { tokenizeSql } from '../sql/tokenize.ts';

export type Rows = readonly (readonly SqlValue[])[];

const TOLERANCE = 1e-6;
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
  const numbers = new Set<number>();
  for (const rows of results) {
    for (const row of rows) {
      for (const value of row) if (typeof value === 'number') numbers.add(value);
    }
  }
  const keys = new Map<number, string>();
  let group: { first: number; whole: number | undefined } | undefined;
  for (const value of [...numbers].sort((a, b) => a - b)) {
    const whole = Number.isInteger(value) ? value : undefined;
    const near =
      group !== undefined &&
      Math.abs(value - group.first) <=
        TOLERANCE * Math.max(Math.abs(value), Math.abs(group.first)) &&
      (whole === undefined || group.whole === undefined || whole === group.whole);
    if (!near || group === undefined) group = { first: value, whole };
    else group.whole ??= whole;
    keys.set(value, `n${group.first}`);
  }
  return (value) =>
    typeof value === 'number'
      ? (keys.get(value) ?? `n${value}`)
      : value === null
        ? '-'
        : `s${JSON.stringify(value)}`;
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
