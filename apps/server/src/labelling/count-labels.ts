import { missingTest } from '@quaestor/tabllm';
import type { BoundedTable } from './bounded-table.ts';

/** Rows of each label; labels that were given count before those of the table. */
export function countLabels(
  { columns, rows }: Pick<BoundedTable, 'columns' | 'rows'>,
  target: string,
  given: ReadonlyMap<number, string>,
): Map<string, number> {
  const place = columns.indexOf(target);
  const isMissing = missingTest();
  const counts = new Map<string, number>();
  for (const [i, row] of rows.entries()) {
    const label = given.get(i + 1) ?? (place < 0 ? '' : (row[place] ?? '').trim());
    if (!isMissing(label)) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}
