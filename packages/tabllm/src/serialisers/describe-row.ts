/** The clean default: what a table's own headers and values say, put into words. */

import { featureColumns } from '../schema/feature-columns.ts';
import { missingTest } from '../schema/missing.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import type { Field } from './field.ts';
import { humanName } from './human-name.ts';
import { humanValue } from './human-value.ts';

/**
 * Cells in the schema's order → fields; identifiers and constants are left out.
 * @param names better names, by column
 */
export function describeRow(
  schema: TableSchema,
  names: ReadonlyMap<string, string> = new Map(),
): (cells: readonly string[]) => Field[] {
  const isMissing = missingTest(schema.missing);
  const features = featureColumns(schema).map(({ column, index }) => {
    const { name, unit } = humanName(column.name);
    return { column, index, name: names.get(column.name) ?? name, unit };
  });
  return (cells) =>
    features.map(({ column, index, name, unit }) => {
      const cell = cells[index] ?? '';
      return { name, value: isMissing(cell) ? null : humanValue(cell, column, unit) };
    });
}
