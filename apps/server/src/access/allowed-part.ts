import type { AllowList } from '@quaestor/finsql';
import { ServerError } from '../errors.ts';
import { readAllowedItem } from './allowed-item.ts';
import type { Client } from './client.ts';

/**
 * What a client may read of a database; null: all of it.
 * @throws ServerError 'no-such-database' when it may read nothing: it is not to learn what there is
 */
export function allowedPart(client: Client, database: string): AllowList | null {
  if (client.allow === null) return null;
  const tables: Record<string, 'all' | string[]> = Object.create(null);
  let any = false;
  for (const item of client.allow) {
    const found = readAllowedItem(item);
    if (found?.database !== database) continue;
    const { table, column } = found;
    if (table === undefined) return null;
    any = true;
    const known = tables[table];
    if (column === undefined || known === 'all') tables[table] = 'all';
    else tables[table] = [...(known ?? []), column];
  }
  if (any) return tables;
  throw nothingToRead(database);
}

/**
 * The same of a database that is there. To a key for parts of databases one that is gone is like one
 * that it may not read: it is not to learn the names of others.
 * @throws ServerError 'no-such-database'
 */
export async function readablePart(
  client: Client,
  database: string,
  catalog: { names(): Promise<readonly string[]> },
): Promise<AllowList | null> {
  const allow = allowedPart(client, database);
  if (client.allow === null || (await catalog.names()).includes(database)) return allow;
  throw nothingToRead(database);
}

/** Whether a client may know that the database is there. */
export function mayKnow(client: Client, database: string): boolean {
  return (
    client.allow === null ||
    client.allow.some((item) => readAllowedItem(item)?.database === database)
  );
}

function nothingToRead(database: string): ServerError {
  return new ServerError(
    'no-such-database',
    `There is no database called “${database.slice(0, 80)}” that this key may read.`,
  );
}
