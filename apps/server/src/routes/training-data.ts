import * as z from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { DatabaseCatalog } from '../database-catalog.ts';
import type { ExampleDesk } from '../examples/example-desk.ts';

const trainingData = z.object({
  questions: z.int().describe('that would be learned from now'),
  approved: z.int().describe('of these, approved examples'),
  held_out: z.int().describe('approved examples left out because their question measures accuracy'),
  databases: z.array(z.object({ name: z.string(), questions: z.int() })),
});

/** What a training that is started now would learn from. */
export function trainingDataRoute(desk: ExampleDesk, catalog: DatabaseCatalog): Route {
  return defineRoute({
    method: 'get',
    path: '/api/training-data',
    tag: 'adapters',
    summary: 'Count the questions with known SQL that a training would learn from',
    scope: 'train',
    responses: { 200: { description: 'Now', content: { 'application/json': trainingData } } },
    handle: async () => {
      const { items, approved, heldOut } = desk.trainingItems();
      const counts = new Map((await catalog.list()).map(({ name }) => [name, 0]));
      for (const { db } of items) {
        const before = counts.get(db);
        if (before !== undefined) counts.set(db, before + 1);
      }
      const databases = [...counts]
        .filter(([, questions]) => questions > 0)
        .map(([name, questions]) => ({ name, questions }));
      return {
        questions: databases.reduce((sum, { questions }) => sum + questions, 0),
        approved,
        held_out: heldOut,
        databases,
      };
    },
  });
}
