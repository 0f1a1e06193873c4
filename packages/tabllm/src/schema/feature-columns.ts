import type { ColumnSchema, TableSchema } from './table-schema.ts';

/** Columns that say something about a row, with their places. */
export function featureColumns(
  schema: TableSchema,
): readonly { readonly column: ColumnSchema; readonly index: number }[] {
  return schema.columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => column.role === 'feature');
}
