/** The column of a database that an expression names. */
import { type Column, findColumn, findTable, fold, type Schema } from '../schema/schema.ts';
import type { Expression, From, Select } from './ast.ts';

type Reference = Extract<Expression, { type: 'column_ref' }>;

/** @returns undefined where no table that is read has such a column */
export function columnOf(
  { table, column }: Reference,
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

/**
 * The columns that a SELECT shows, each by what it is called, the last of one name.
 * @param referenceIn the column of an expression that is shown; undefined where it shows none
 * @param nameOf how a column is called
 */
export function columnsShown(
  { columns, from }: Pick<Select, 'columns' | 'from'>,
  schema: Schema,
  referenceIn: (expression: Expression) => Reference | undefined,
  nameOf: (table: string | null, column: string) => string,
): ReadonlyMap<string, Column> {
  const shown = new Map<string, Column>();
  for (const { expr } of columns) {
    const reference = referenceIn(expr);
    const column = reference && columnOf(reference, from ?? [], schema);
    if (reference && column) shown.set(nameOf(reference.table, reference.column), column);
  }
  return shown;
}
