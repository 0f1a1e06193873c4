import { foldedWord } from './boolean-words.ts';
import { readDate } from './date-format.ts';
import { numberOf } from './number-format.ts';
import type { ColumnSchema, TableSchema } from './table-schema.ts';

/** The number or the time of a cell; null for what is none. */
export function readValue(cell: string, column: ColumnSchema): number | null {
  if (column.kind === 'numeric') {
    const value = numberOf(cell, column.format);
    if (value !== null || column.alike === undefined) return value;
    const learned = column.alike[foldedWord(cell)];
    return learned === undefined ? null : numberOf(learned, column.format);
  }
  return column.kind === 'date' ? timeOf(cell, column) : null;
}

/** The numbers or times of a column; null where there is none. @param rows cells in the schema's order */
export function readColumn(
  index: number,
  { columns }: TableSchema,
  rows: readonly (readonly string[])[],
): (number | null)[] {
  const column = columns[index] as ColumnSchema;
  return rows.map((row) => readValue(row[index] ?? '', column));
}

/** The time of a cell, by the first of its column's formats that it has. */
export function timeOf(
  cell: string,
  { format, others }: Pick<Extract<ColumnSchema, { kind: 'date' }>, 'format' | 'others'>,
): number | null {
  const time = readDate(cell, format);
  if (time !== null || others === undefined) return time;
  for (const other of others) {
    const read = readDate(cell, other);
    if (read !== null) return read;
  }
  return null;
}
