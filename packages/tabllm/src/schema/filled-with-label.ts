/**
 * Columns that are filled in only where the label is: known after it, or the label itself in other words.
 * Whatever such a column tells, the rows to be predicted do not have it.
 */
import type { Translated } from '@quaestor/peft';
import { featureColumns } from './feature-columns.ts';
import { missingTest } from './missing.ts';
import type { TableSchema } from './table-schema.ts';

/** Rows without a label that are empty by chance as well leave a column as it is. */
const CHANCE = 0.01;

/** Places of the columns. @param rows labelled ones, in the schema's order like those without a label */
export function filledWithLabel(
  schema: TableSchema,
  rows: readonly (readonly string[])[],
  unlabelled: readonly (readonly string[])[],
): number[] {
  const isMissing = missingTest(schema.missing);
  const isEmpty = (index: number) => (row: readonly string[]) => isMissing(row[index] ?? '');
  return featureColumns(schema)
    .filter(({ index }) => unlabelled.length > 0 && unlabelled.every(isEmpty(index)))
    .filter(({ index }) => {
      const empty = rows.filter(isEmpty(index)).length / Math.max(1, rows.length);
      return empty < 1 && empty ** unlabelled.length < CHANCE;
    })
    .map(({ index }) => index);
}

/** The schema with these columns as ones that say nothing. */
export function withoutColumns(schema: TableSchema, places: readonly number[]): TableSchema {
  if (places.length === 0) return schema;
  const columns = schema.columns.map((column, i) =>
    places.includes(i) ? { ...column, role: 'constant' as const } : column,
  );
  return { ...schema, columns };
}

export function emptyWithoutLabel(name: string, target: string): Translated {
  return {
    en: `column ${name} is filled in only where ${target} is, and is left out: the rows to be predicted do not have it`,
    zh: `列“${name}”只在“${target}”有值的行中才有值，待预测的行中没有，因此不使用`,
  };
}
