/** Folds of rows that are held out in turn; rows of a group, such as copies, share one, so that none is judged by itself. */
import type { Random } from '@quaestor/peft';

/**
 * Each holds about the same share of every class.
 * @param groups see `groupsOfCopies` and `rowGroups`; null: each row is its own @returns the fold of each row
 */
export function stratifiedFolds(
  labels: Int32Array,
  folds: number,
  random: Random,
  groups: Int32Array | null = null,
): Int32Array {
  const result = new Int32Array(labels.length);
  const nextFold = inTurn(folds, groups);
  for (const label of new Set(labels)) {
    const rows = random.shuffle([...labels.keys()].filter((i) => labels[i] === label));
    for (const row of rows) result[row] = nextFold(row);
  }
  return result;
}

/** The fold of each of so many rows in a random order. */
export function foldsInTurn(
  rows: number,
  folds: number,
  groups: Int32Array | null = null,
): Int32Array {
  const nextFold = inTurn(folds, groups);
  return Int32Array.from({ length: rows }, (_, row) => nextFold(row));
}

/** Rows of each fold that has some, and those outside. */
export function splitByFold(
  folds: Int32Array,
): { readonly inside: readonly number[]; readonly outside: readonly number[] }[] {
  const places = [...folds.keys()];
  return [...new Set(folds)].sort().map((fold) => ({
    inside: places.filter((at) => folds[at] === fold),
    outside: places.filter((at) => folds[at] !== fold),
  }));
}

/** Fold after fold, but that of its group where one has been given. */
function inTurn(folds: number, groups: Int32Array | null): (row: number) => number {
  let next = 0;
  const taken = new Map<number, number>();
  return (row) => {
    const group = groups?.[row];
    const fold = (group === undefined ? undefined : taken.get(group)) ?? next++ % folds;
    if (group !== undefined) taken.set(group, fold);
    return fold;
  };
}
