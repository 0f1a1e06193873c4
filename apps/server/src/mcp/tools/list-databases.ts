import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import { databaseSummary } from '../../api/schemas/database.ts';
import { knownDatabases } from '../../ask/known-databases.ts';
import { inLanguage } from '../../problem-words/in-language.ts';
import { answerCall, readOnly, type ToolContext } from '../tool-call.ts';

/** What can be asked, and which of it cannot be read just now. */
export function registerListDatabases(server: McpServer, context: ToolContext): void {
  const { services, client } = context;
  const { catalog } = services.query;
  server.registerTool(
    'list_databases',
    {
      description: 'List the databases that can be asked.',
      inputSchema: {},
      outputSchema: {
        databases: z.array(databaseSummary.extend({ problem: z.string().nullable() })),
      },
      annotations: readOnly,
    },
    () =>
      answerCall(context, async () => ({
        databases: inLanguage(await knownDatabases(catalog, client), 'en'),
      })),
  );
}
