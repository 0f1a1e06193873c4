import type { TextToSqlItem } from '@quaestor/finsql';
import * as z from 'zod';
import { readablePart } from '../access/allowed-part.ts';
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
    summary: { en: 'List the databases', zh: '列出数据库' },
    scope: 'read',
    responses: {
      200: {
        description: { en: 'All of them, by name', zh: '全部，按名称排序' },
        content: { 'application/json': z.object({ data: z.array(databaseSummary).readonly() }) },
      },
    },
    handle: async ({ client }) => ({ data: await knownDatabases(catalog, client) }),
  });
  const show = defineRoute({
    method: 'get',
    path: '/api/databases/{name}',
    tag,
    summary: {
      en: 'Show tables, columns and questions to start with',
      zh: '查看表、列和可以先问的问题',
    },
    scope: 'read',
    params,
    responses: {
      200: {
        description: { en: 'It', zh: '该数据库' },
        content: { 'application/json': databaseDetail },
      },
    },
    errors: ['no-such-database', 'not-a-database', 'database-in-use'],
    handle: async ({ params: { name }, client }) => {
      const allow = await readablePart(client, name, catalog);
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
    summary: { en: 'Run a SELECT statement', zh: '运行一条 SELECT 语句' },
    description: {
      en: 'Behind the same guard and limits as statements of the language model.',
      zh: '与语言模型写出的语句受同样的检查和限制。',
    },
    scope: 'read',
    params,
    body: queryBody,
    responses: {
      200: {
        description: { en: 'Rows', zh: '查到的行' },
        content: { 'application/json': queryResult },
      },
    },
    errors: [
      'no-such-database',
      'not-a-database',
      'database-in-use',
      'refused',
      'sql-error',
      'out-of-memory',
      'too-busy',
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
