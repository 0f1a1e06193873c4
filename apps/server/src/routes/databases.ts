import type { TextToSqlItem } from '@quaestor/finsql';
import { Router } from 'express';
import type { DatabaseCatalog } from '../database-catalog.ts';
import { questionsFromSchema } from '../example-questions.ts';
import { allowOnly } from './methods.ts';

/**
 * GET /api/databases: names with their counts.
 * GET /api/databases/:name: tables, columns, comments, and questions to start with.
 */
export function databasesRoute(
  catalog: DatabaseCatalog,
  examples: readonly TextToSqlItem[],
): Router {
  const router = Router();
  router
    .route('/api/databases')
    .get(async (_request, response) => {
      response.set('Cache-Control', 'no-store').json({ data: await catalog.list() });
    })
    .all(allowOnly('GET'));
  router
    .route('/api/databases/:name')
    .get(async (request, response) => {
      const { name } = request.params;
      const schema = await catalog.schema(name);
      const known = examples.filter(({ db }) => db === name).map(({ question }) => question);
      response.set('Cache-Control', 'no-store').json({
        ...schema,
        examples: known.length > 0 ? known : questionsFromSchema(schema),
      });
    })
    .all(allowOnly('GET'));
  return router;
}
