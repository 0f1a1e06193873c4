/** What stands in the columns of a table, for people who choose a target and features. */
import { type ColumnSchema, inferSchema, isTimeOfDay, missingTest } from '@quaestor/tabllm';
import type { BoundedTable } from './bounded-table.ts';
import type { ColumnDescription } from './labelling.ts';

/** Values of a column that are named. */
const NAMED = 60;

export function describeColumns({ columns, rows }: BoundedTable): readonly ColumnDescription[] {
  const isMissing = missingTest();
  return inferSchema(columns, rows).columns.map((column, index) => {
    const counts = new Map<string, number>();
    for (const row of rows) {
      const cell = (row[index] ?? '').trim();
      if (!isMissing(cell)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
    const values = [...counts]
      .sort((a, b) => b[1] - a[1])
      .slice(0, NAMED)
      .map(([value, count]) => ({ value: value.slice(0, 200), count }));
    const { name, kind, role, missing } = column;
    return { name, kind, role, missing, distinct: counts.size, values, range: rangeOf(column) };
  });
}

function rangeOf(column: ColumnSchema): readonly [string, string] | null {
  if (column.kind !== 'numeric' && column.kind !== 'date') return null;
  if (!Number.isFinite(column.min) || !Number.isFinite(column.max)) return null;
  const text = (value: number) => {
    if (column.kind === 'numeric') return String(value);
    const time = new Date(value).toISOString();
    return isTimeOfDay(column.format) ? time.slice(11, 16) : time.slice(0, 10);
  };
  return [text(column.min), text(column.max)];
}
