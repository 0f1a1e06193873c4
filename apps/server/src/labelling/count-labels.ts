import type { BoundedTable } from './bounded-table.ts';
import { rowLabel } from './row-label.ts';

/** Rows of each label; labels that were given count before those of the table. @param classes see `rowLabel` */
export function countLabels(
  { columns, rows }: Pick<BoundedTable, 'columns' | 'rows'>,
  target: string,
  given: ReadonlyMap<number, string>,
  classes: readonly string[],
): Map<string, number> {
  const labelOf = rowLabel(columns, target, classes);
  const counts = new Map<string, number>();
  for (const [i, row] of rows.entries()) {
    const label = labelOf(row, given.get(i + 1));
    if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}
