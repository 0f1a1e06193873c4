/**
 * Differences of what two sides have of the same, such as goals of the home team less those of the other: what counts
 * is often who has more, and by how much, and neither column says that by itself.
 */
import { featureColumns } from '../schema/feature-columns.ts';
import { readColumn } from '../schema/read-value.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import { humanName } from '../serialisers/human-name.ts';
import { moments } from './moments.ts';

export interface SideDifference {
  /** Places of the columns, the one that the other is taken from. */
  readonly index: number;
  readonly less: number;
  /** Of each row; null where one of the numbers is missing. */
  readonly differences: readonly (number | null)[];
}

/** Labelled rows: fewer learn worse with them, on tables with such columns. */
export const DIFFERENCES_FROM = 48;
const MOST_PAIRS = 12;
/** Standard deviations of the two: one side rarely has ten times as much as the other of the same. */
const MOST_SPREAD = 10;

/**
 * Of each two columns of numbers whose names differ in one word, where no third one differs from them in it: the goals
 * of home and away, the greatest and the least temperature, but not one of the prices of three brands.
 * @param rows cells in the schema's order
 */
export function sideDifferences(
  schema: TableSchema,
  rows: readonly (readonly string[])[],
): readonly SideDifference[] {
  const numbers = featureColumns(schema).filter(({ column }) => column.kind === 'numeric');
  return pairsByName(numbers.map(({ column }) => column.name))
    .slice(0, MOST_PAIRS)
    .flatMap(([a, b]): SideDifference[] => {
      const [index, less] = [numbers[a]?.index as number, numbers[b]?.index as number];
      const [one, other] = [readColumn(index, schema, rows), readColumn(less, schema, rows)];
      const spread = spreadOf(one) / spreadOf(other);
      if (!(spread <= MOST_SPREAD && spread >= 1 / MOST_SPREAD)) return [];
      const differences = one.map((value, row) => differenceOf(value, other[row] ?? null));
      return [{ index, less, differences }];
    });
}

/** null without either, and where a number cannot hold it. */
export function differenceOf(value: number | null, less: number | null): number | null {
  if (value === null || less === null) return null;
  const difference = value - less;
  return Number.isFinite(difference) ? difference : null;
}

/** Places of the two names. */
type Pair = readonly [number, number];

function pairsByName(names: readonly string[]): readonly Pair[] {
  /** The names that are the same but for one word, by the others. */
  const alike = new Map<string, number[]>();
  for (const [place, name] of names.entries()) {
    const words = wordsOf(name);
    if (words.length < 2) continue;
    for (const at of words.keys()) {
      const others = JSON.stringify(words.with(at, '*'));
      alike.set(others, [...(alike.get(others) ?? []), place]);
    }
  }
  // Two names that differ in their writing alone are the same but for any word.
  const pairs = new Map(
    [...alike.values()].flatMap((places): [string, Pair][] => {
      const [a, b, third] = places;
      if (a === undefined || b === undefined || third !== undefined) return [];
      return [[`${a} ${b}`, [a, b]]];
    }),
  );
  return [...pairs.values()].sort(([a], [b]) => a - b);
}

function wordsOf(header: string): string[] {
  const { name, unit } = humanName(header);
  const words = name.toLowerCase().match(/\p{Script=Han}|[^\s\p{Script=Han}]+/gu) ?? [];
  return unit === '' ? words : [...words, unit];
}

/** Standard deviation; 0 where nothing varies. */
function spreadOf(values: readonly (number | null)[]): number {
  const known = values.filter((value) => value !== null);
  return new Set(known).size < 2 ? 0 : moments(known).sd;
}
