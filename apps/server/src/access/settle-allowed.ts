import type { Schema } from '@quaestor/finsql';
import { allowedName, readAllowedItem } from './allowed-item.ts';

/** Where names are looked up. */
export interface KnownNames {
  names(): Promise<readonly string[]>;
  schema(database: string): Promise<Pick<Schema, 'tables'>>;
}

/**
 * An item of a new key with its names told apart once and for all, so that a database that comes later
 * opens nothing more to the key. Dots are read as the names that are there have them: the longest database
 * first, then the longest table; what is not there is split at its dots.
 */
export async function settleAllowed(item: string, known: KnownNames): Promise<string> {
  const database = longest(await known.names(), item);
  if (database === undefined || item.endsWith('.')) return item;
  if (item === database) return allowedName(database);
  const rest = item.slice(database.length + 1);
  const tables = rest.includes('.') ? await tablesOf(known, database) : [];
  const end = longest(
    tables.map(({ name }) => lower(name)),
    lower(rest),
  )?.length;
  if (end === undefined) return `${allowedName(database)}.${rest}`;
  const names = [database, rest.slice(0, end), rest.slice(end + 1)];
  return names
    .filter((name) => name !== '')
    .map(allowedName)
    .join('.');
}

/** Whether there is now what a settled item names; of a file that cannot be read nothing is known. */
export async function matchesNow(item: string, known: KnownNames): Promise<boolean> {
  const { database, table, column } = readAllowedItem(item) ?? {};
  if (database === undefined || !(await known.names()).includes(database)) return false;
  if (table === undefined) return true;
  const found = (await tablesOf(known, database)).find(({ name }) => lower(name) === lower(table));
  if (found === undefined || column === undefined) return found !== undefined;
  return found.columns.some(({ name }) => lower(name) === lower(column));
}

/** The longest name that a text is, or begins with before a dot. */
function longest(names: readonly string[], text: string): string | undefined {
  return [...names]
    .sort((a, b) => b.length - a.length)
    .find((name) => `${text}.`.startsWith(`${name}.`));
}

/** SQLite takes tables that differ in the case of these letters for the same. */
const lower = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

async function tablesOf(known: KnownNames, database: string): Promise<Schema['tables']> {
  // Of a file that cannot be read no table is known.
  const { tables } = await known.schema(database).catch(() => ({ tables: [] }));
  return tables;
}
