import { allowedPart, mayKnow } from '../access/allowed-part.ts';
import type { Client } from '../access/client.ts';
import type { DatabaseCatalog, DatabaseSummary } from '../database-catalog.ts';

/** The databases that a client may know of, with counts of what it may read. */
export async function knownDatabases(
  catalog: DatabaseCatalog,
  client: Client,
): Promise<readonly DatabaseSummary[]> {
  const known = (await catalog.list()).filter(({ name }) => mayKnow(client, name));
  return Promise.all(
    known.map(async (summary) => {
      const allow = allowedPart(client, summary.name);
      if (allow === null || summary.problem !== null) return summary;
      const { tables } = await catalog.schema(summary.name, allow);
      const rows = tables.reduce((sum, table) => sum + (table.rowCount ?? 0), 0);
      return { ...summary, tables: tables.length, rows };
    }),
  );
}
