import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { queryBody, queryResult } from '../../api/schemas/answer.ts';
import { runQuery } from '../../ask/run-query.ts';
import { answerCall, databaseName, maxRows, readOnly, type ToolContext } from '../tool-call.ts';

/** One SELECT, bounded like those of the page. */
export function registerRunSql(server: McpServer, context: ToolContext): void {
  const { services, client } = context;
  const { query } = services;
  server.registerTool(
    'run_sql',
    {
      description: 'Run one SELECT statement (SQLite dialect). Anything else is refused.',
      inputSchema: {
        database: databaseName,
        sql: queryBody.shape.sql,
        max_rows: maxRows,
        language: queryBody.shape.language,
      },
      outputSchema: queryResult,
      annotations: readOnly,
    },
    ({ database: name, sql, max_rows, language }, { signal }) =>
      answerCall(context, () =>
        runQuery({ database: name, sql, maxRows: max_rows, language, client, signal }, query),
      ),
  );
}
