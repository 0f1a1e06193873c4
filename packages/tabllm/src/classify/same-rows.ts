/**
 * Labelled rows that are the same in all that is learned from. Copies on both sides of a fold let a model
 * be judged by rows that it knows, so they share one, unless rows of the table are the same by nature: a few
 * columns of a few values.
 */
import { seededRandom } from '@quaestor/peft';
import { readCells } from '../schema/row-identity.ts';
import type { TableSchema } from '../schema/table-schema.ts';

type Rows = readonly (readonly string[])[];

/** Standard deviations between chance and more repeats than the table has. */
const BEYOND_CHANCE = 2;

/** The cells that are learned from, as they are read. @param identity `read`: by earlier models, without text */
export function learnedCells(
  schema: TableSchema,
  rows: Rows,
  identity: 'read' | 'read-with-text' = 'read-with-text',
): Rows {
  return readCells(schema, rows, identity);
}

/** Places of the rows with the same cells. */
export function groupByCells(rows: Rows): Map<string, number[]> {
  return groupPlaces(rows.keys(), (place) => JSON.stringify(rows[place]));
}

export function groupPlaces<Key>(
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

/** Rows that are the same as one before. */
export function countRepeats(rows: Rows): number {
  return rows.length - groupByCells(rows).size;
}

/** Whether rows repeat each other more often than others of the same number, by more than chance. */
export function repeatsBeyond(rows: Rows, others: Rows): boolean {
  const natural = countRepeats(others);
  return countRepeats(rows) > natural + BEYOND_CHANCE * Math.sqrt(natural + 1);
}

/** So many of the rows, evenly spread: a file may be sorted. */
export function spread(rows: Rows, count: number): Rows {
  const step = rows.length / count;
  return Array.from({ length: count }, (_, i) => rows[Math.floor(i * step)] as readonly string[]);
}

/**
 * For each labelled row the number of its copies' group; null where no rows repeat, or no more than rows
 * without labels do or, where these are fewer and tell nothing, than the columns' values do in any order.
 */
export function groupsOfCopies(rows: Rows, unlabelled: Rows): Int32Array | null {
  const copies = groupByCells(rows);
  if (copies.size === rows.length) return null;
  const others =
    unlabelled.length >= rows.length ? spread(unlabelled, rows.length) : eachColumnShuffled(rows);
  if (!repeatsBeyond(rows, others)) return null;
  const groups = new Int32Array(rows.length);
  for (const [group, places] of [...copies.values()].entries()) {
    for (const place of places) groups[place] = group;
  }
  return groups;
}

/** Rows of groups that are the same as one before. */
export function countCopies(groups: Int32Array | null): number {
  return groups === null ? 0 : groups.length - new Set(groups).size;
}

/** Labels of different rows: a row counts once for each label it has. */
export function labelsOfGroups(labels: Int32Array, groups: Int32Array | null): Int32Array {
  if (groups === null) return labels;
  const met = new Set<string>();
  return labels.filter((label, i) => {
    const before = met.size;
    return met.add(`${groups[i]} ${label}`).size > before;
  });
}

function eachColumnShuffled(rows: Rows): Rows {
  const random = seededRandom(0);
  const columns = Array.from({ length: rows[0]?.length ?? 0 }, (_, j) =>
    random.shuffle(rows.map((row) => row[j] as string)),
  );
  return rows.map((_, i) => columns.map((column) => column[i] as string));
}
