/** The nearest of some names, by edit distance (Levenshtein), if it is near at all. */

/** Single-character insertions, deletions and replacements between two texts. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** How far a name may be off, as a part of the longer name's length. */
const FARTHEST = 0.4;

export interface Closest<Item> {
  readonly item: Item;
  /** Distance as a part of the longer name's length. */
  readonly distance: number;
}

/** The item whose name is closest; the first of equals; undefined when all are too far. */
export function closest<Item>(
  name: string,
  items: readonly Item[],
  nameOf: (item: Item) => string,
): Closest<Item> | undefined {
  let best: Closest<Item> | undefined;
  for (const item of items) {
    const other = nameOf(item);
    const distance = editDistance(name, other) / Math.max(1, name.length, other.length);
    if (distance <= FARTHEST && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) {
      best = { item, distance };
    }
  }
  return best;
}
