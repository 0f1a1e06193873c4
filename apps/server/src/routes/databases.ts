import type { TextToSqlItem } from '@quaestor/finsql';
import * as z from 'zod';
import { allowedPart } from '../access/allowed-part.ts';
import { defineRoute, type Route } from '../api/route.ts';
import { queryBody, queryResult } from '../api/schemas/answer.ts';
import { databaseDetail, databaseSummary } from '../api/schemas/database.ts';
import { knownDatabases } from '../ask/known-databases.ts';
import { type QueryTools, runQuery } from '../ask/run-query.ts';
import type { ProfileStore } from '../databases/profile-store.ts';
import { questionsFromSchema } from '../example-questions.ts';
import { clientGone } from '../sse.ts';

const params = z.strictObject({ name: z.string() });
const tag = 'databases';

/** Databases: names with counts; tables, columns and questions to start with; statements of one's own. */
export function databaseRoutes(
  tools: QueryTools,
  examples: readonly TextToSqlItem[],
  profiles: ProfileStore,
): readonly Route[] {
  const { catalog } = tools;
  const list = defineRoute({
    method: 'get',
    path: '/api/databases',
    tag,
    summary: 'List the databases',
    scope: 'read',
    responses: {
      200: {
        description: 'All of them, by name',
        content: { 'application/json': z.object({ data: z.array(databaseSummary).readonly() }) },
      },
    },
    handle: async ({ client }) => ({ data: await knownDatabases(catalog, client) }),
  });
  const show = defineRoute({
    method: 'get',
    path: '/api/databases/{name}',
    tag,
    summary: 'Show tables, columns and questions to start with',
    scope: 'read',
    params,
    responses: { 200: { description: 'It', content: { 'application/json': databaseDetail } } },
    errors: ['no-such-database', 'not-a-database'],
    handle: async ({ params: { name }, client }) => {
      const allow = allowedPart(client, name);
      const schema = await catalog.schema(name, allow);
      // Known questions may be about tables that the client is not to know of.
      const asked = allow === null ? examples.filter(({ db }) => db === name) : [];
      return {
        ...schema,
        // Without those of what the client may not read.
        descriptions: catalog.described(schema).filter(({ known }) => known || allow === null),
        profiled: allow === null ? profiles.has(name, await catalog.path(name)) : null,
        examples:
          asked.length > 0 ? asked.map(({ question }) => question) : questionsFromSchema(schema),
      };
    },
  });
  const query = defineRoute({
    method: 'post',
    path: '/api/databases/{name}/query',
    tag,
    summary: 'Run a SELECT statement',
    description: 'Behind the same guard and limits as statements of the language model.',
    scope: 'read',
    params,
    body: queryBody,
    responses: { 200: { description: 'Rows', content: { 'application/json': queryResult } } },
    errors: [
      'no-such-database',
      'not-a-database',
      'refused',
      'sql-error',
      'out-of-memory',
      'timeout',
      'aborted',
    ],
    handle: ({ params: { name }, body: { sql, max_rows, language }, client, response }) =>
      runQuery(
        { database: name, sql, maxRows: max_rows, language, client, signal: clientGone(response) },
        tools,
      ),
  });
  return [list, show, query];
}
