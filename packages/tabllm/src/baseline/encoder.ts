/**
 * Rows → numbers for the tabular models. Numbers and dates are standardised, (x − mean) / sd, with
 * missing ones at the mean; categories and yes or no are one-hot, with a column of their own for
 * missing; text is left out. The rich encoding adds what is cheap to know of a table without labels:
 * rank scores of numbers, columns for numbers that stand out (0 of a capital gain, −1 for never), and
 * the order of categories that have one. Means, ranks and categories may come from rows without
 * labels, too: with 4 labels that is worth .03 of AUC.
 */
import { readDate } from '../schema/date-format.ts';
import { missingTest } from '../schema/missing.ts';
import { readNumber } from '../schema/number-format.ts';
import { type ColumnSchema, featureColumns, type TableSchema } from '../schema/table-schema.ts';
import { wordOrder } from '../schema/word-order.ts';
import { emptyMatrix, type Matrix } from './matrix.ts';
import { fitRankScores, rankScore } from './rank-scores.ts';

export interface Encoder {
  readonly columns: readonly string[];
  /** The column of the table that each of them comes from. */
  readonly sources: readonly number[];
  /** Those that tell a tree something: the others are other views of the same numbers. */
  readonly forTrees: readonly number[];
  /** @param rows cells in the schema's order */
  encode(rows: readonly (readonly string[])[]): Matrix;
}

/** What was learned of the columns; data, to be kept with a model. Entries are multiplied by `weight`. */
export type EncodedColumn = { readonly index: number; readonly weight: number } & (
  | {
      readonly kind: 'scaled';
      readonly mean: number;
      readonly sd: number;
      /** Standard deviations that outliers are drawn in to, by tanh; null: none. */
      readonly limit: number | null;
    }
  | { readonly kind: 'one-hot'; readonly values: readonly string[] }
  | {
      readonly kind: 'ranked';
      readonly values: readonly number[];
      readonly scores: readonly number[];
    }
  | { readonly kind: 'equals'; readonly value: number }
  | {
      readonly kind: 'ordered';
      readonly values: readonly string[];
      readonly scores: readonly number[];
    }
);

/**
 * A number's two views weigh as much as one, and two different categories as two standard deviations:
 * chosen on the means over the nine tables of the TabLLM paper, 4 to 128 labels.
 */
const HALF = Math.SQRT1_2;
const CATEGORY = Math.SQRT2;
const LIMIT = 2;
/** A number stands out if so many rows have it, and so many times as many as have a common one. */
const STANDS_OUT = { share: 0.04, times: 4, most: 3, among: 15 };

/** @param rows all rows that there are, labelled or not */
export function fitEncoder(
  schema: TableSchema,
  rows: readonly (readonly string[])[],
  encoding: 'plain' | 'rich' = 'plain',
): readonly EncodedColumn[] {
  const isMissing = missingTest(schema.missing);
  return featureColumns(schema).flatMap(({ column, index }): EncodedColumn[] => {
    if (column.kind === 'text') return [];
    const cells = rows.map((row) => row[index] ?? '');
    if (column.kind === 'numeric' || column.kind === 'date') {
      const known = cells.map((cell) => read(cell, column)).filter((value) => value !== null);
      if (encoding === 'plain')
        return [{ index, weight: 1, kind: 'scaled', limit: null, ...moments(known) }];
      return [
        { index, weight: HALF, kind: 'scaled', limit: LIMIT, ...moments(known) },
        { index, weight: HALF, kind: 'ranked', ...fitRankScores(known) },
        ...standingOut(known).map(
          (value): EncodedColumn => ({ index, weight: HALF, kind: 'equals', value }),
        ),
      ];
    }
    const counts = countOf(cells.filter((cell) => !isMissing(cell)));
    const values = [...counts.keys()].sort();
    if (encoding === 'plain') return [{ index, weight: 1, kind: 'one-hot', values }];
    return [{ index, weight: CATEGORY, kind: 'one-hot', values }, ...ordered(index, counts)];
  });
}

/** The encoder of what was learned. */
export function encoderOf(schema: TableSchema, fitted: readonly EncodedColumn[]): Encoder {
  const isMissing = missingTest(schema.missing);
  const columns: string[] = [];
  const sources: number[] = [];
  const forTrees: number[] = [];
  const fillers = fitted.map((encoded) => {
    const { name } = schema.columns[encoded.index] as ColumnSchema;
    const names = namesOf(name, encoded);
    const filler = { encoded, start: columns.length, places: placesOf(encoded) };
    const oneMoreView = encoded.kind === 'ranked' || encoded.kind === 'equals';
    for (const column of names) {
      if (!oneMoreView) forTrees.push(columns.length);
      columns.push(column);
      sources.push(encoded.index);
    }
    return filler;
  });
  const fill = (into: Float64Array, at: number, row: readonly string[]): void => {
    let [readIndex, value]: [number, number | null] = [-1, null];
    for (const { encoded, start, places } of fillers) {
      const { index, kind, weight } = encoded;
      const cell = row[index] ?? '';
      if (kind === 'one-hot') {
        // A value never seen sets nothing.
        const place = isMissing(cell) ? encoded.values.length : places?.get(cell);
        if (place !== undefined) into[at + start + place] = weight;
      } else if (kind === 'ordered') {
        const place = places?.get(cell);
        if (place !== undefined) into[at + start] = weight * (encoded.scores[place] as number);
      } else {
        // A number's views stand beside each other: it is read once.
        if (readIndex !== index) value = read(cell, schema.columns[index] as ColumnSchema);
        readIndex = index;
        if (value === null) continue;
        if (kind === 'scaled') into[at + start] = weight * scaled(value, encoded);
        else if (kind === 'ranked') into[at + start] = weight * rankScore(encoded, value);
        else if (value === encoded.value) into[at + start] = weight;
      }
    }
  };
  return {
    columns,
    sources,
    forTrees,
    encode: (rows) => {
      const matrix = emptyMatrix(rows.length, columns.length);
      for (const [i, row] of rows.entries()) fill(matrix.values, i * columns.length, row);
      return matrix;
    },
  };
}

function scaled(
  value: number,
  { mean, sd, limit }: Extract<EncodedColumn, { readonly kind: 'scaled' }>,
): number {
  const deviations = (value - mean) / sd;
  return limit === null ? deviations : limit * Math.tanh(deviations / limit);
}

function namesOf(name: string, encoded: EncodedColumn): string[] {
  if (encoded.kind === 'one-hot') {
    return [...encoded.values.map((value) => `${name}=${value}`), `${name} missing`];
  }
  if (encoded.kind === 'equals') return [`${name}=${encoded.value}`];
  return [encoded.kind === 'scaled' ? name : `${name} ${encoded.kind}`];
}

function placesOf(encoded: EncodedColumn): ReadonlyMap<string, number> | null {
  if (encoded.kind !== 'one-hot' && encoded.kind !== 'ordered') return null;
  return new Map(encoded.values.map((value, i) => [value, i]));
}

function read(cell: string, column: ColumnSchema): number | null {
  if (column.kind === 'numeric') return readNumber(cell, column.format);
  return column.kind === 'date' ? readDate(cell, column.format) : null;
}

/** Numbers that many rows have, in a column of which most numbers are rare. */
function standingOut(values: readonly number[]): number[] {
  const counts = [...countOf(values)].sort((a, b) => b[1] - a[1]);
  if (counts.length <= STANDS_OUT.among) return [];
  const common = counts[STANDS_OUT.most]?.[1] as number;
  return counts
    .filter(
      ([, count]) => count > STANDS_OUT.share * values.length && count > STANDS_OUT.times * common,
    )
    .map(([value]) => value);
}

/** The order of a category's values as one standardised number. */
function ordered(index: number, counts: ReadonlyMap<string, number>): EncodedColumn[] {
  const order = wordOrder([...counts.keys()]);
  if (order === null) return [];
  const values = [...order.keys()];
  const { mean, sd } = moments(
    values.flatMap((value) =>
      new Array<number>(counts.get(value) as number).fill(order.get(value) as number),
    ),
  );
  const scores = values.map((value) => ((order.get(value) as number) - mean) / sd);
  return [{ index, weight: CATEGORY, kind: 'ordered', values, scores }];
}

function countOf<Item>(items: readonly Item[]): Map<Item, number> {
  const counts = new Map<Item, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** Mean and standard deviation of the population; 1 where nothing varies. */
function moments(values: readonly number[]): { mean: number; sd: number } {
  const count = Math.max(1, values.length);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
  return { mean, sd: Math.sqrt(variance) || 1 };
}
