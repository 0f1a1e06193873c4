/** The column of a database that an expression names. */
import { type Column, findColumn, findTable, fold, type Schema } from '../schema/schema.ts';
import type { Expression, From } from './ast.ts';

/** @returns undefined where no table that is read has such a column */
export function columnOf(
  { table, column }: Extract<Expression, { type: 'column_ref' }>,
  from: readonly From[],
  schema: Schema,
): Column | undefined {
  const named = from.filter(
    (entry) => table === null || fold(entry.as ?? entry.table ?? '') === fold(table),
  );
  const owners = named.flatMap(({ table: name }) => {
    const owner = name === undefined ? undefined : findTable(schema, name);
    return owner === undefined ? [] : [findColumn(owner, column)];
  });
  return owners.find((owner) => owner !== undefined);
}
