import { described } from '@quaestor/peft';
import * as z from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import { fitSchema, importanceSchema, opinionSchema } from '../labelling/fit.ts';
import type { LabellingDesk } from '../labelling/labelling-desk.ts';
import { clientGone } from '../sse.ts';
import { labellingParams, MOST_ROWS, rowNumbers } from './labellings.ts';

const tag = 'classify';
const errors = ['not-found', 'conflict', 'bad-data', 'timeout', 'model-failed'] as const;

export const opinionsQuery = z.strictObject({
  rows: rowNumbers.apply(described, {
    en: `numbers of rows with commas, at most ${MOST_ROWS}`,
    zh: `用逗号分隔的行号，最多 ${MOST_ROWS} 个`,
  }),
  reasons: z
    .enum(['true', 'false'])
    .default('false')
    .apply(described, { en: 'whether to tell why', zh: '是否说明理由' }),
});

/** What a model that follows each label says of a table. */
export function labellingOpinionRoutes(desk: LabellingDesk): readonly Route[] {
  const fit = defineRoute({
    method: 'get',
    path: '/api/labellings/{id}/fit',
    tag,
    summary: {
      en: 'Learn from the labels so far: how good it is, and what to label next',
      zh: '从目前的标签学习：效果如何，接下来标注哪些行',
    },
    description: {
      en: 'A quick look at up to 200 labelled rows. A language model that is loaded is asked about the columns once; without any labels, what it expects of them decides alone. It waits until it is done.',
      zh: '只快速看至多 200 个已标注的行。语言模型已加载时，会就各列询问它一次；没有标签时，仅由它对各列的预期决定。完成后才返回。',
    },
    scope: 'train',
    params: labellingParams,
    responses: {
      200: {
        description: { en: 'It', zh: '学习的结果' },
        content: { 'application/json': fitSchema },
      },
    },
    errors,
    handle: ({ params: { id }, response }) => desk.fit(id, clientGone(response)),
  });

  const opinions = defineRoute({
    method: 'get',
    path: '/api/labellings/{id}/opinions',
    tag,
    summary: {
      en: 'Ask what the labels so far say of some rows, and why',
      zh: '询问目前的标签对某些行的判断及理由',
    },
    scope: 'train',
    params: labellingParams,
    query: opinionsQuery,
    responses: {
      200: {
        description: {
          en: 'In the order asked for; rows that there are not are left out',
          zh: '按请求的顺序；不存在的行略去',
        },
        content: { 'application/json': z.object({ data: z.array(opinionSchema) }) },
      },
    },
    errors,
    handle: async ({ params: { id }, query, response }) => ({
      data: await desk.opinions(id, query.rows, query.reasons === 'true', clientGone(response)),
    }),
  });

  const importance = defineRoute({
    method: 'get',
    path: '/api/labellings/{id}/importance',
    tag,
    summary: { en: 'Show which columns the labels so far lean on', zh: '查看目前的标签依靠哪些列' },
    description: {
      en: 'Permutation importance on the labelled rows that were learned from.',
      zh: '在学习所用的已标注行上计算的置换重要性。',
    },
    scope: 'train',
    params: labellingParams,
    responses: {
      200: {
        description: { en: 'The most important first', zh: '最重要的在前' },
        content: { 'application/json': z.object({ data: z.array(importanceSchema) }) },
      },
    },
    errors,
    handle: async ({ params: { id }, response }) => ({
      data: await desk.importance(id, clientGone(response)),
    }),
  });

  return [fit, opinions, importance];
}
