import { described } from '@quaestor/peft';
import * as z from 'zod';
import { adapterSchema } from '../adapters/adapter-card.ts';
import type { AdapterDesk } from '../adapters/adapter-desk.ts';
import {
  APPROVED_EXAMPLES,
  activationSchema,
  BASE_MODEL,
  scoreSchema,
} from '../adapters/adapter-records.ts';
import { defineRoute, type Route } from '../api/route.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { composeParams } from '../jobs/kinds/compose.ts';
import { evaluateParams, type SetsNow } from '../jobs/kinds/evaluate.ts';
import { searchParams } from '../jobs/kinds/search.ts';
import { trainParams } from '../jobs/kinds/train.ts';
import { jobCreated, priorityField, queueJob } from './job-created.ts';

const tag = 'adapters';
const params = z.strictObject({ name: z.string().max(100) });

export const activateBody = z.strictObject({
  force: z.boolean().default(false).apply(described, {
    en: 'even if it scores lower than the one that answers, or was not scored',
    zh: '即使它的成绩低于当前使用的适配器，或尚未评测',
  }),
});

const changed = z.object({
  active: z.string().nullable().apply(described, {
    en: 'what answers now; null: the base model alone',
    zh: '现在由谁回答；null：仅基础模型',
  }),
  by_hand: z.boolean().apply(described, {
    en: 'whether it answers questions about every database; else those that an adapter is made for are answered by that one',
    zh: '是否由它回答所有数据库的问题；否则有专用适配器的数据库由其专用适配器回答',
  }),
  before: z.string().nullable(),
  compared: z
    .array(z.object({ set: z.string(), candidate: z.number(), active: z.number() }))
    .readonly(),
});
const changeErrors = [
  ...(['conflict', 'mismatch', 'bad-file'] as const),
  ...(['model-loading', 'model-failed', 'too-busy'] as const),
] as const;
const change = {
  200: { description: { en: 'Done', zh: '已完成' }, content: { 'application/json': changed } },
};
const queued = ['too-busy', 'disk-full', 'conflict', 'key-reused', 'not-found'] as const;

export interface AdapterRouteTools {
  readonly desk: AdapterDesk;
  readonly queue: JobQueue;
  readonly sets: SetsNow;
}

/** Adapters: what there is and how good, new ones, and which one answers. */
export function adapterRoutes({ desk, queue, sets }: AdapterRouteTools): readonly Route[] {
  const list = defineRoute({
    method: 'get',
    path: '/api/adapters',
    tag,
    summary: { en: 'List the adapters with their scores', zh: '列出适配器及其成绩' },
    scope: 'read',
    responses: {
      200: {
        description: { en: 'All of them, by name', zh: '全部，按名称排序' },
        content: { 'application/json': z.object({ data: z.array(adapterSchema) }) },
      },
    },
    handle: () => ({ data: desk.list() }),
  });

  const show = defineRoute({
    method: 'get',
    path: '/api/adapters/{name}',
    tag,
    summary: { en: 'Show an adapter', zh: '查看一个适配器' },
    scope: 'read',
    params,
    responses: {
      200: {
        description: { en: 'It', zh: '该适配器' },
        content: { 'application/json': adapterSchema },
      },
    },
    errors: ['not-found'],
    handle: ({ params: { name } }) => desk.show(name),
  });

  const train = defineRoute({
    method: 'post',
    path: '/api/adapters',
    tag,
    summary: { en: 'Train an adapter', zh: '训练适配器' },
    description: {
      en: 'On approved examples and the questions that came with the server.',
      zh: '用已批准的示例和服务器自带的问题训练。',
    },
    scope: 'train',
    body: trainParams.extend({ priority: priorityField }),
    idempotent: true,
    responses: jobCreated.responses,
    errors: [...queued, 'no-such-database'],
    handle: ({ body: { priority, ...given }, ...call }) =>
      queueJob(queue, 'train', given, call, priority),
  });

  const compose = defineRoute({
    method: 'post',
    path: '/api/compositions',
    tag,
    summary: { en: 'Make one adapter of several', zh: '把多个适配器合成一个' },
    scope: 'train',
    body: composeParams,
    idempotent: true,
    responses: jobCreated.responses,
    errors: [...queued, 'bad-file'],
    handle: ({ body, ...call }) => queueJob(queue, 'compose', body, call),
  });

  const search = defineRoute({
    method: 'post',
    path: '/api/compositions/search',
    tag,
    summary: {
      en: 'Find the weights of adapters that suit a few examples',
      zh: '搜索适合少量示例的适配器权重',
    },
    description: {
      en: 'LoRAHub: the events of the job tell each composition that was tried, with its weights and its loss.',
      zh: 'LoRAHub：任务的事件会给出每次尝试的组合及其权重和损失。',
    },
    scope: 'train',
    body: searchParams,
    idempotent: true,
    responses: jobCreated.responses,
    errors: [...queued, 'bad-file', 'no-such-database'],
    handle: ({ body, ...call }) => queueJob(queue, 'search', body, call),
  });

  const evaluate = defineRoute({
    method: 'post',
    path: '/api/adapters/{name}/evaluate',
    tag,
    summary: {
      en: 'Score an adapter on questions with known SQL',
      zh: '用已知 SQL 的问题评测适配器',
    },
    description: {
      en: `The score is kept with the adapter. ${BASE_MODEL} is the base model alone.`,
      zh: `成绩随适配器保存。${BASE_MODEL} 表示仅用基础模型。`,
    },
    scope: 'train',
    params,
    body: evaluateParams.omit({ adapter: true }).extend({ priority: priorityField }),
    idempotent: true,
    responses: jobCreated.responses,
    errors: [...queued, 'bad-file', 'no-such-database'],
    handle: ({ params: { name }, body: { priority, ...given }, ...call }) => {
      if (name !== BASE_MODEL) desk.show(name);
      return queueJob(queue, 'evaluate', { adapter: name, ...given }, call, priority);
    },
  });

  const activate = defineRoute({
    method: 'post',
    path: '/api/adapters/{name}/activate',
    tag,
    summary: {
      en: 'Answer with this adapter from the next question on',
      zh: '从下一个问题起用这个适配器回答',
    },
    description: {
      en: `It answers questions about every database, until it is released. Refused, unless forced, for one that scores lower than the one that answers. ${BASE_MODEL} is the base model alone.`,
      zh: `它将回答所有数据库的问题，直到取消手动启用。成绩低于当前使用的适配器时会被拒绝，除非强制启用。${BASE_MODEL} 表示仅用基础模型。`,
    },
    scope: 'admin',
    params,
    body: activateBody,
    responses: change,
    errors: ['not-found', 'scores-lower', 'not-compared', ...changeErrors],
    handle: ({ params: { name }, body: { force }, client }) =>
      desk.activate(name === BASE_MODEL ? null : name, { force, author: client.id }),
  });

  const rollBack = defineRoute({
    method: 'post',
    path: '/api/activations/roll-back',
    tag,
    summary: { en: 'Answer with the adapter that answered before', zh: '恢复使用前一个适配器' },
    description: {
      en: 'Or with that of each database, if no adapter had been activated by hand before.',
      zh: '如果之前没有手动启用适配器，则恢复为各数据库由其专用适配器回答。',
    },
    scope: 'admin',
    responses: change,
    errors: changeErrors,
    handle: ({ client }) => desk.rollBack(client.id),
  });

  const release = defineRoute({
    method: 'post',
    path: '/api/activations/release',
    tag,
    summary: {
      en: 'Answer each database with its own adapter again',
      zh: '恢复由各数据库的专用适配器回答',
    },
    description: {
      en: 'Gives the choice back that was made by activating an adapter. Databases that no adapter is made for are answered by the one for all.',
      zh: '取消手动启用的适配器。没有专用适配器的数据库由通用适配器回答。',
    },
    scope: 'admin',
    responses: change,
    errors: changeErrors,
    handle: ({ client }) => desk.release(client.id),
  });

  const history = defineRoute({
    method: 'get',
    path: '/api/activations',
    tag,
    summary: {
      en: 'List which adapters have answered, newest first',
      zh: '列出先后使用过的适配器，最新的在前',
    },
    scope: 'read',
    responses: {
      200: {
        description: { en: 'The last hundred', zh: '最近一百条' },
        content: {
          'application/json': z.object({
            now: changed.pick({ active: true, by_hand: true }),
            data: z.array(activationSchema),
          }),
        },
      },
    },
    handle: () => ({
      now: desk.now(),
      data: desk.history().map(({ fingerprint: _own, ...shown }) => shown),
    }),
  });

  const evaluationSets = defineRoute({
    method: 'get',
    path: '/api/evaluation-sets',
    tag,
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

  const remove = defineRoute({
    method: 'delete',
    path: '/api/adapters/{name}',
    tag,
    summary: { en: 'Remove an adapter', zh: '删除适配器' },
    scope: 'admin',
    params,
    responses: { 204: { description: { en: 'It is gone', zh: '已删除' } } },
    errors: ['not-found', 'conflict', 'unsupported'],
    handle: ({ params: { name } }) => {
      desk.remove(name);
      return undefined;
    },
  });

  return [
    list,
    train,
    compose,
    search,
    rollBack,
    release,
    show,
    evaluate,
    activate,
    remove,
    history,
    evaluationSets,
  ];
}
