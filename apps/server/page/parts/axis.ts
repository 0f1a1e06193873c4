/** Round numbers for an axis, and where they lie on it. */

export interface Axis {
  readonly ticks: readonly number[];
  /** Places from 0 (the first tick or the lowest value) to 1. */
  readonly place: (value: number) => number;
}

/**
 * An axis whose ends are round numbers around all values.
 *
 * @param steps about how many parts it has
 */
export function niceAxis(low: number, high: number, steps: number): Axis {
  const [from, to] = low < high ? [low, high] : [low - 0.5, high + 0.5];
  const step = niceStep((to - from) / steps);
  const [first, last] = [Math.floor(from / step), Math.ceil(to / step)];
  // Multiples of the step by whole numbers: sums of it would drift.
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => roundTo((first + i) * step));
  return { ticks, place: (value) => (value - first * step) / ((last - first) * step) };
}

/** 1, 2 or 5 times a power of ten, at least as large. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5].find((one) => one * power >= rough) ?? 10;
  return factor * power;
}

const roundTo = (value: number) => Number(value.toPrecision(12));
