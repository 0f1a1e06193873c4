/**
 * Percentile bootstrap (Efron 1979): how far a figure would move with other rows. Copies of a row are drawn
 * together (cluster bootstrap; Davison & Hinkley 1997, §3.8): each alone would count as news.
 */
import { type Random, seededRandom } from '@quaestor/peft';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** Default 1000, fewer of more than 20,000 rows: as many as make 20 million, and 100 at least. */
  readonly draws?: number;
  /** Share of draws inside; default 0.95. */
  readonly level?: number;
  readonly seed?: number;
  /** For each row the number of its copies' group; default: no row is a copy. */
  readonly groups?: Int32Array | null;
}

/** @param figure of the rows with these indices, drawn with replacement; NaN draws are left out */
export function bootstrapInterval(
  rows: number,
  figure: (indices: Int32Array) => number,
  options: BootstrapOptions = {},
): Interval {
  const [interval] = bootstrapIntervals(rows, (indices) => [figure(indices)], options);
  return interval ?? { low: Number.NaN, high: Number.NaN };
}

/** The same for several figures, each of the same draws. */
export function bootstrapIntervals(
  rows: number,
  figures: (indices: Int32Array) => readonly number[],
  { draws = drawsFor(rows), level = 0.95, seed = 0, groups = null }: BootstrapOptions = {},
): Interval[] {
  const random = seededRandom(seed);
  const values: number[][] = [];
  const drawn = groups ? drawingGroups(groups, random) : drawingRows(rows, random);
  for (let draw = 0; draw < draws; draw++) {
    for (const [at, value] of figures(drawn()).entries()) {
      values[at] ??= [];
      if (!Number.isNaN(value)) values[at].push(value);
    }
  }
  return values.map((drawn) => {
    drawn.sort((a, b) => a - b);
    const at = (share: number) => drawn[Math.round(share * (drawn.length - 1))] ?? Number.NaN;
    return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
  });
}

/** Of very many rows each draw takes seconds, and an interval is narrow however few there are. */
function drawsFor(rows: number): number {
  return Math.min(1000, Math.max(100, Math.round(2e7 / rows)));
}

/** As many rows as there are, in the same array each time. */
function drawingRows(rows: number, random: Random): () => Int32Array {
  const indices = new Int32Array(rows);
  return () => {
    for (let i = 0; i < rows; i++) indices[i] = random.integer(rows);
    return indices;
  };
}

/** As many groups as there are, each with all of its rows. */
function drawingGroups(groups: Int32Array, random: Random): () => Int32Array {
  const members = new Map<number, number[]>();
  for (const [row, group] of groups.entries()) {
    const others = members.get(group);
    if (others) others.push(row);
    else members.set(group, [row]);
  }
  const copies = [...members.values()];
  return () =>
    Int32Array.from(copies.flatMap(() => copies[random.integer(copies.length)] as number[]));
}
