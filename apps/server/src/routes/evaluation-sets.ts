import * as z from 'zod';
import type { AdapterDesk } from '../adapters/adapter-desk.ts';
import { APPROVED_EXAMPLES, scoreSchema } from '../adapters/adapter-records.ts';
import { defineRoute, type Route } from '../api/route.ts';
import type { SetsNow } from '../jobs/kinds/evaluate.ts';

/** The questions by which adapters are measured. */
export function evaluationSetsRoute(desk: AdapterDesk, sets: SetsNow): Route {
  return defineRoute({
    method: 'get',
    path: '/api/evaluation-sets',
    tag: 'adapters',
    summary: {
      en: 'List the questions that measure accuracy, and how the base model alone does',
      zh: '列出用于衡量准确率的问题集，以及仅用基础模型时的成绩',
    },
    description: {
      en: `Beside those of the server, “${APPROVED_EXAMPLES}”: a score on them tells how much of what it was taught an adapter knows, not how it does on new questions.`,
      zh: `除服务器自带的问题集外，还有“${APPROVED_EXAMPLES}”：它的成绩说明适配器掌握了多少教过的内容，而不是对新问题的表现。`,
    },
    scope: 'read',
    responses: {
      200: {
        description: { en: 'All of them', zh: '全部' },
        content: {
          'application/json': z.object({
            data: z.array(
              z.object({
                name: z.string(),
                questions: z.int(),
                databases: z.array(z.string()),
                base_model: z.array(scoreSchema).readonly(),
              }),
            ),
          }),
        },
      },
    },
    handle: async () => ({
      data: [...(await sets())].map(([name, items]) => ({
        name,
        questions: items.length,
        databases: [...new Set(items.map(({ db }) => db))],
        base_model: desk.scores(null).filter(({ set }) => set === name),
      })),
    }),
  });
}
