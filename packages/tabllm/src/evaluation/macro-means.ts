/** Cells → means: over the seeds of a set, with their standard deviation, and over the sets. */
import type { ComparedCell } from './compare.ts';

export interface SetMean {
  readonly set: string;
  readonly method: string;
  readonly k: number;
  readonly seeds: number;
  readonly mean: number;
  /** Of the population, as the paper has it. */
  readonly sd: number;
}

export interface MacroMean {
  readonly method: string;
  readonly k: number;
  /** Sets that it is the mean of; means of different sets are not to be compared. */
  readonly sets: number;
  /** Of the set that has fewest. */
  readonly seeds: number;
  readonly mean: number;
}

/** Cells without a figure, whose tested rows are all of one class, count for nothing. */
export function meansOfSets(cells: readonly ComparedCell[]): SetMean[] {
  const measured = cells.filter(({ auc }) => !Number.isNaN(auc));
  return groups(measured, ({ set, method, k }) => JSON.stringify([set, method, k])).map((group) => {
    const { set, method, k } = group[0] as ComparedCell;
    const mean = average(group.map(({ auc }) => auc));
    const sd = Math.sqrt(average(group.map(({ auc }) => (auc - mean) ** 2)));
    return { set, method, k, seeds: group.length, mean, sd };
  });
}

export function macroMeans(means: readonly SetMean[]): MacroMean[] {
  return groups(means, ({ method, k }) => JSON.stringify([method, k])).map((group) => {
    const { method, k } = group[0] as SetMean;
    const seeds = Math.min(...group.map((mean) => mean.seeds));
    return { method, k, sets: group.length, seeds, mean: average(group.map(({ mean }) => mean)) };
  });
}

function groups<Item>(items: readonly Item[], key: (item: Item) => string): Item[][] {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    const group = found.get(key(item));
    if (group) group.push(item);
    else found.set(key(item), [item]);
  }
  return [...found.values()];
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
