/** The names of a schema as the grammar looks them up. */
import type { Schema } from '../schema/schema.ts';
import { anyOf, type NameSet, nameSet, toBytes } from './name-set.ts';

export interface SchemaNames {
  readonly tables: NameSet;
  readonly columns: NameSet;
  /** The columns of a table; undefined when there is none of that name. */
  columnsOf(table: string): NameSet | undefined;
  /** What a table that has all of these columns may have besides. */
  besides(columns: readonly string[]): NameSet;
}

/** Prepares a schema's names; they are folded. */
export function schemaNames(schema: Schema): SchemaNames {
  const byTable = new Map(
    schema.tables.map((table) => [
      toBytes(table.name),
      nameSet(table.columns.map((column) => toBytes(column.name))),
    ]),
  );
  const sets = [...byTable.values()];
  const all = nameSet(sets.flatMap(({ names }) => names));
  const known = new Map<string, NameSet>();
  return {
    tables: nameSet(byTable.keys()),
    columns: all,
    columnsOf: (table) => byTable.get(table),
    besides: (columns) => {
      if (columns.length === 0) return all;
      const key = [...new Set(columns)].sort().join('\n');
      const found = known.get(key);
      if (found) return found;
      const owners = sets.filter((set) => columns.every((column) => set.has(column, true)));
      const made = nameSet(anyOf(owners).names);
      known.set(key, made);
      return made;
    },
  };
}
