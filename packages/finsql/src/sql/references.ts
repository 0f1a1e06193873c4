/**
 * The tables and columns that a statement uses, from its tokens alone: works on statements
 * that don't run, and for every construct, at the price of not knowing scopes.
 */
import { fold, type Schema, type Table } from '../schema/schema.ts';
import { tokenizeSql } from './tokenize.ts';

export interface SqlReferences {
  /** Folded names of tables of the schema, in order of first mention. */
  readonly tables: readonly string[];
  /** `table.column`, folded; a bare column counts for each table used that has it. */
  readonly columns: ReadonlySet<string>;
}

/** What of the schema a statement uses. */
export function sqlReferences(sql: string, schema: Schema): SqlReferences {
  const byName = new Map(schema.tables.map((table) => [fold(table.name), table]));
  const tokens = tokenizeSql(sql);
  const names = tokens.map((token) =>
    token.kind === 'word' || token.kind === 'quoted' ? fold(token.value) : '',
  );

  const used = new Map<string, Table>();
  const aliases = new Map<string, string>();
  let inFrom = false;
  for (const [index, name] of names.entries()) {
    const text = fold(tokens[index]?.text ?? '');
    if (text === 'from' || text === 'join') inFrom = true;
    else if (/^(?:where|group|order|having|limit|on|select|union|intersect|except|set)$/.test(text))
      inFrom = false;
    const table = byName.get(name);
    if (
      !inFrom ||
      table === undefined ||
      !/^(?:from|join|,|\()$/.test(fold(tokens[index - 1]?.text ?? ''))
    )
      continue;
    used.set(name, table);
    const next = names[index + 1] === 'as' ? names[index + 2] : names[index + 1];
    if (next !== undefined && next !== '') aliases.set(next, name);
    aliases.set(name, name);
  }

  const columns = new Set<string>();
  for (const [index, name] of names.entries()) {
    if (name === '') continue;
    const qualifier = tokens[index - 1]?.text === '.' ? names[index - 2] : undefined;
    const owner = qualifier === undefined ? undefined : aliases.get(qualifier);
    for (const [tableName, table] of used) {
      if (owner !== undefined && owner !== tableName) continue;
      if (table.columns.some((column) => fold(column.name) === name))
        columns.add(`${tableName}.${name}`);
    }
  }
  return { tables: [...used.keys()], columns };
}
