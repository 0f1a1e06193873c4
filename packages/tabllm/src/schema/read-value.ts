import { readDate } from './date-format.ts';
import { numberOf } from './number-format.ts';
import type { ColumnSchema } from './table-schema.ts';

/** The number or the time of a cell; null for what is none. */
export function readValue(cell: string, column: ColumnSchema): number | null {
  if (column.kind === 'numeric') return numberOf(cell, column.format);
  return column.kind === 'date' ? readDate(cell, column.format) : null;
}
