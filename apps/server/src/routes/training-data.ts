import { described } from '@quaestor/peft';
import * as z from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { DatabaseCatalog } from '../database-catalog.ts';
import type { ExampleDesk } from '../examples/example-desk.ts';

const trainingData = z.object({
  questions: z
    .int()
    .apply(described, { en: 'that would be learned from now', zh: '现在训练会学习的问题数' }),
  approved: z
    .int()
    .apply(described, { en: 'of these, approved examples', zh: '其中已批准的示例数' }),
  held_out: z.int().apply(described, {
    en: 'approved examples left out because their question measures accuracy',
    zh: '因其问题用于衡量准确率而排除的已批准示例数',
  }),
  databases: z.array(z.object({ name: z.string(), questions: z.int() })),
});

/** What a training that is started now would learn from. */
export function trainingDataRoute(desk: ExampleDesk, catalog: DatabaseCatalog): Route {
  return defineRoute({
    method: 'get',
    path: '/api/training-data',
    tag: 'adapters',
    summary: {
      en: 'Count the questions with known SQL that a training would learn from',
      zh: '统计训练会学习的已知 SQL 的问题',
    },
    scope: 'train',
    responses: {
      200: {
        description: { en: 'Now', zh: '当前的数量' },
        content: { 'application/json': trainingData },
      },
    },
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
