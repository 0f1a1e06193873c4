import * as z from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import { descriptionSchema, descriptionsBody } from '../api/schemas/description.ts';
import type { DatabaseCatalog } from '../database-catalog.ts';

/** What tables and columns mean, in the words of those who know; `GET /api/databases/{name}` shows it. */
export function descriptionRoute(catalog: DatabaseCatalog): Route {
  return defineRoute({
    method: 'patch',
    path: '/api/databases/{name}/descriptions',
    tag: 'databases',
    summary: { en: 'Say what tables and columns mean', zh: '说明表和列的含义' },
    description: {
      en: 'Those given are changed, all or none; others stay. A meaning counts for the next question, in place of the comment of the file, which is never written to.',
      zh: '只修改给出的说明，要么全部修改，要么都不改；其他说明不变。说明从下一个问题起生效，代替文件中的注释；文件本身从不被写入。',
    },
    scope: 'train',
    params: z.strictObject({ name: z.string().max(200) }),
    body: descriptionsBody,
    bodyLimit: '1mb',
    responses: {
      200: {
        description: { en: 'All of the database, afterwards', zh: '修改后该数据库的全部说明' },
        content: { 'application/json': z.object({ data: z.array(descriptionSchema).readonly() }) },
      },
    },
    errors: [
      'no-such-database',
      'not-a-database',
      'database-in-use',
      'not-found',
      'bad-data',
      'disk-full',
    ],
    handle: async ({ params: { name }, body }) => {
      const schema = await catalog.schema(name);
      catalog.descriptions.change(schema, body.descriptions);
      return { data: catalog.described(schema) };
    },
  });
}
