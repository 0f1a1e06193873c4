/**
 * Labelled rows that repeat each other far more often than rows without labels do: a table balanced by
 * drawing its rare class again and again. The copies teach nothing, and models that see a row on both sides
 * of a fold believe that they know it: on tables drawn so, one copy is worth .002 of AUC more than all.
 */
import { groupByCells, groupPlaces, repeatsBeyond, spread } from './same-rows.ts';

export interface RepeatedRows {
  /** Cells that are learned from: a running number beside them would hide every copy. */
  readonly rows: readonly (readonly string[])[];
  /** Class of each row. */
  readonly labels: Int32Array;
  /** Rows without labels, which tell how often rows of the table are the same. */
  readonly unlabelled?: readonly (readonly string[])[];
}

/**
 * The labelled rows to learn from, as places among them: all, or, where repeats are too many for chance, of
 * each row as many copies as there are without a label, one at least. Copies with different labels keep
 * their shares. Fewer rows without labels than with them tell nothing: then all stay.
 */
export function rowsWithoutSurplus({ rows, labels, unlabelled = [] }: RepeatedRows): number[] {
  const all = [...rows.keys()];
  const copies = groupByCells(rows);
  if (copies.size === rows.length || unlabelled.length < rows.length) return all;
  if (!repeatsBeyond(rows, spread(unlabelled, rows.length))) return all;
  const met = groupByCells(unlabelled);
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
