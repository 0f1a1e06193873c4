/**
 * What a key may read, as it is written: `database`, `database.table` or `database.table.column`. A name
 * with dots stands in double quotes, as in SQL: `"sales.2024"."Open.Price"`.
 */
import { quoteIdentifier } from '@quaestor/finsql/sqlite';

const NAME = String.raw`("(?:[^"\0]|"")+"(?=\.|$)|[^.\0]+)`;

/** What an item may look like. */
export const ALLOWED: RegExp = new RegExp(String.raw`^${NAME}(?:\.${NAME})?(?:\.${NAME})?$`);

export interface AllowedItem {
  readonly database: string;
  /** Undefined: the whole database. */
  readonly table: string | undefined;
  /** Undefined: the whole table. */
  readonly column: string | undefined;
}

/** The names of an item; undefined for what is none. */
export function readAllowedItem(item: string): AllowedItem | undefined {
  const names = ALLOWED.exec(item)?.slice(1) as (string | undefined)[] | undefined;
  const [database, table, column] = names?.map((name) => name && unquoted(name)) ?? [];
  return database === undefined ? undefined : { database, table, column };
}

/** A name as an item has it. */
export function allowedName(name: string): string {
  return /^"|\./.test(name) ? quoteIdentifier(name) : name;
}

function unquoted(name: string): string {
  return /^".+"$/s.test(name) ? name.slice(1, -1).replaceAll('""', '"') : name;
}
