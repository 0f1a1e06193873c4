/**
 * What the columns of a view hold. Reading a view may cost as much as any query, even for one row of it,
 * and its rows may be all that somebody is allowed to see; preparing it reads nothing, and tells of which
 * columns of tables its columns are.
 */
import { quoteIdentifier } from '../schema/identifiers.ts';
import { findColumn, findTable, type Schema, type Table } from '../schema/schema.ts';
import { isLocked } from './in-use.ts';
import type { Database } from './sqlite.ts';

/** The schema whose views have the kinds of the columns that they show; what they compute keeps its own. */
export function withViewKinds(database: Database, schema: Schema): Schema {
  const tables = schema.tables.map((table) =>
    table.rowCount === undefined ? likeTables(database, table, schema) : table,
  );
  return { ...schema, tables };
}

function likeTables(database: Database, view: Table, schema: Schema): Table {
  const kinds = new Map(
    originsOf(database, view.name).flatMap(({ name, table, column }) => {
      const found = table === null ? undefined : findTable(schema, table);
      const origin = found && column !== null ? findColumn(found, column) : undefined;
      return origin === undefined ? [] : [[name, origin.kind] as const];
    }),
  );
  const columns = view.columns.map((column) => ({
    ...column,
    kind: kinds.get(column.name) ?? column.kind,
  }));
  return { ...view, columns };
}

/** None of a view that cannot be prepared: its table is gone, or it asks for what is not allowed. */
function originsOf(database: Database, view: string) {
  try {
    return database.prepare(`select * from ${quoteIdentifier(view)}`).columns();
  } catch (error) {
    if (isLocked(error)) throw error;
    return [];
  }
}
