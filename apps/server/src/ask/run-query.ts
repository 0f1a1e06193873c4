import { explainSql, type Language, type QueryResult } from '@quaestor/finsql';
import { readablePart } from '../access/allowed-part.ts';
import type { Client } from '../access/client.ts';
import type { DatabaseCatalog } from '../database-catalog.ts';
import { calledByName } from '../databases/called-by-name.ts';
import type { ClientStatements } from './client-statements.ts';

export interface QueryTools {
  readonly catalog: DatabaseCatalog;
  readonly statements: ClientStatements;
}

export interface Query {
  readonly database: string;
  readonly sql: string;
  readonly maxRows: number;
  /** Of the explanation. */
  readonly language: Language;
  readonly client: Client;
  readonly signal: AbortSignal;
}

/** A statement of the user's own, behind the same guard and limits as the model's. */
export async function runQuery(
  { database, sql, maxRows, language, client, signal }: Query,
  { catalog, statements }: QueryTools,
): Promise<QueryResult & { readonly explanation: readonly string[] }> {
  const allow = await readablePart(client, database, catalog);
  const schema = await catalog.schema(database, allow);
  const file = await catalog.path(database);
  const options = { maxRows, signal, ...(allow !== null && { allow }) };
  try {
    const result = await statements.execute(client.id, file, sql, options);
    return { ...result, explanation: explainSql(sql, schema, language) };
  } catch (error) {
    throw calledByName(error, file, database);
  }
}
