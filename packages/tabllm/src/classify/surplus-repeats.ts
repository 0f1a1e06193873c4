/**
 * Labelled rows that repeat each other far more often than rows without labels do: a table balanced by
 * drawing its rare class again and again. The copies teach nothing, and models that see a row on both sides
 * of a fold believe that they know it: on tables drawn so, one copy is worth .002 of AUC more than all.
 */

export interface RepeatedRows {
  /** Cells in the schema's order. */
  readonly rows: readonly (readonly string[])[];
  /** Class of each row. */
  readonly labels: Int32Array;
  /** Rows without labels, which tell how often rows of the table are the same. */
  readonly unlabelled?: readonly (readonly string[])[];
}

/** Standard deviations between chance and more repeats than the table has. */
const BEYOND_CHANCE = 2;

/**
 * The labelled rows to learn from, as places among them: all, or, where repeats are too many for chance, of
 * each row as many copies as there are without a label, one at least. Copies with different labels keep
 * their shares. Fewer rows without labels than with them tell nothing: then all stay.
 */
export function rowsWithoutSurplus({ rows, labels, unlabelled = [] }: RepeatedRows): number[] {
  const all = [...rows.keys()];
  const copies = groupByKey(rows);
  const repeats = rows.length - copies.size;
  if (repeats === 0 || unlabelled.length < rows.length) return all;
  const natural = rows.length - groupByKey(spread(unlabelled, rows.length)).size;
  if (repeats <= natural + BEYOND_CHANCE * Math.sqrt(natural + 1)) return all;
  const met = groupByKey(unlabelled);
  const kept = new Set<number>();
  for (const [key, places] of copies) {
    const share = Math.min(1, Math.max(1, met.get(key)?.length ?? 0) / places.length);
    for (const same of groupPlaces(places, (place) => labels[place]).values()) {
      for (const place of same.slice(0, Math.max(1, Math.round(share * same.length)))) {
        kept.add(place);
      }
    }
  }
  return all.filter((place) => kept.has(place));
}

/** So many of the rows, evenly spread: a file may be sorted. */
function spread(
  rows: readonly (readonly string[])[],
  count: number,
): readonly (readonly string[])[] {
  const step = rows.length / count;
  return Array.from({ length: count }, (_, i) => rows[Math.floor(i * step)] as readonly string[]);
}

/** Places of the rows with the same cells. */
function groupByKey(rows: readonly (readonly string[])[]): Map<string, number[]> {
  return groupPlaces(rows.keys(), (place) => JSON.stringify(rows[place]));
}

function groupPlaces<Key>(
  places: Iterable<number>,
  keyOf: (place: number) => Key,
): Map<Key, number[]> {
  const groups = new Map<Key, number[]>();
  for (const place of places) {
    const key = keyOf(place);
    const group = groups.get(key) ?? [];
    if (group.push(place) === 1) groups.set(key, group);
  }
  return groups;
}
