/**
 * Rows to be predicted that nothing is known of yet. A table that holds the labelled rows as well says nothing
 * by these of how often rows repeat, or whether their customers are known: models would seem to know rows by
 * their own copies.
 */
import { rowHasher } from '../schema/row-identity.ts';
import type { TableSchema } from '../schema/table-schema.ts';

type Rows = readonly (readonly string[])[];

/** The beginning of a table that is to be predicted, and not the one that is learned from. */
export interface PredictedRows {
  /** Cells in the order of the columns that are learned from. */
  readonly rows: Rows;
  /** Of each of them whether it has a label. */
  readonly labelled: readonly boolean[];
}

export interface FreshRows {
  /** Those that are no known row; each known row stands for one of those that are the same. */
  readonly others: Rows;
  /** Those of them without a label. */
  readonly fresh: Rows;
}

export function freshRows(
  schema: TableSchema,
  { rows, labelled }: PredictedRows,
  known: Rows,
): FreshRows {
  const hashOf = rowHasher(schema, 'read-with-text');
  const left = new Map<number, number>();
  for (const row of known) {
    const hash = hashOf(row);
    left.set(hash, (left.get(hash) ?? 0) + 1);
  }
  const places = [...rows.keys()].filter((place) => {
    const hash = hashOf(rows[place] as readonly string[]);
    const count = left.get(hash) ?? 0;
    if (count > 0) left.set(hash, count - 1);
    return count === 0;
  });
  const rowsAt = (some: readonly number[]) => some.map((place) => rows[place] as readonly string[]);
  return { others: rowsAt(places), fresh: rowsAt(places.filter((place) => !labelled[place])) };
}
