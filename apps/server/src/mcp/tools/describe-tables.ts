import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import { readablePart } from '../../access/allowed-part.ts';
import { databaseDetail } from '../../api/schemas/database.ts';
import { ServerError } from '../../errors.ts';
import { answerCall, databaseName, readOnly, type ToolContext } from '../tool-call.ts';

/** Tables as far as the client may read them. */
export function registerDescribeTables(server: McpServer, context: ToolContext): void {
  const { services, client } = context;
  const { catalog } = services.query;
  server.registerTool(
    'describe_tables',
    {
      description:
        'Show tables of a database: columns with types, comments and sample values, keys.',
      inputSchema: {
        database: databaseName,
        tables: z.array(z.string()).optional().describe('only these; default: all'),
      },
      outputSchema: { name: z.string(), tables: databaseDetail.shape.tables },
      annotations: readOnly,
    },
    ({ database: name, tables }) =>
      answerCall(context, async () => {
        const schema = await catalog.schema(name, await readablePart(client, name, catalog));
        const wanted = new Set(tables?.map((table) => table.toLowerCase()));
        const found = schema.tables.filter(
          (table) => tables === undefined || wanted.has(table.name.toLowerCase()),
        );
        if (found.length === 0 && wanted.size > 0) {
          const known = schema.tables.map((table) => table.name).join(', ');
          throw new ServerError('not-found', `${name} has no such tables; it has ${known}.`);
        }
        return { name: schema.name, tables: found };
      }),
  );
}
