/**
 * Features in at most 256 bins, so that a tree finds splits by counting. With few distinct values
 * every value has its own bin, and splits are exact; else bins hold about equally many rows.
 */
import type { Random } from '@quaestor/peft';
import type { Matrix } from './matrix.ts';

const BINS = 256;

export interface Binned {
  /** Bin of each row, feature after feature: [D, N]. */
  readonly bins: Uint8Array;
  /** Smallest and largest value in each bin, by feature. */
  readonly lowest: readonly Float64Array[];
  readonly highest: readonly Float64Array[];
}

export function binFeatures(x: Matrix): Binned {
  const bins = new Uint8Array(x.rows * x.columns);
  const lowest: Float64Array[] = [];
  const highest: Float64Array[] = [];
  for (let feature = 0; feature < x.columns; feature++) {
    const values = Float64Array.from(
      { length: x.rows },
      (_, i) => x.values[i * x.columns + feature] as number,
    );
    const starts = binStarts(Float64Array.from(values).sort());
    const low = Float64Array.from(starts);
    const high = Float64Array.from(starts);
    for (const [i, value] of values.entries()) {
      const bin = lastAtMost(starts, value);
      bins[feature * x.rows + i] = bin;
      if (value > (high[bin] as number)) high[bin] = value;
    }
    lowest.push(low);
    highest.push(high);
  }
  return { bins, lowest, highest };
}

/** The smallest value of each bin. */
function binStarts(sorted: Float64Array): number[] {
  const distinct = [...new Set(sorted)];
  if (distinct.length <= BINS) return distinct;
  const quantiles = Array.from(
    { length: BINS },
    (_, bin) => sorted[Math.floor((bin * sorted.length) / BINS)] as number,
  );
  return [...new Set(quantiles)];
}

/** The last index whose start is at most the value, by bisection. */
function lastAtMost(starts: readonly number[], value: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Draws one of the features that were not drawn yet and moves it to the others: order[0 … seen] are drawn. */
export function drawNext(order: Int32Array, seen: number, random: Random): number {
  const pick = seen + random.integer(order.length - seen);
  const feature = order[pick] as number;
  order[pick] = order[seen] as number;
  order[seen] = feature;
  return feature;
}
