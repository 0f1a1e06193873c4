import * as z from 'zod';
import { adapterSchema } from '../adapters/adapter-card.ts';
import type { AdapterDesk } from '../adapters/adapter-desk.ts';
import { BASE_MODEL } from '../adapters/adapter-records.ts';
import { defineRoute, type Route } from '../api/route.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { evaluateParams } from '../jobs/kinds/evaluate.ts';
import { trainParams } from '../jobs/kinds/train.ts';
import { jobCreated, priorityField, queueErrors, queueJob } from './job-created.ts';

const tag = 'adapters';
const params = z.strictObject({ name: z.string().max(100) });

/** Adapters: what there is and how good, new ones, and the end of old ones. */
export function adapterRoutes(desk: AdapterDesk, queue: JobQueue): readonly Route[] {
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
    errors: [...queueErrors, 'no-such-database'],
    handle: ({ body: { priority, ...given }, ...call }) =>
      queueJob(queue, 'train', given, call, priority),
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
    errors: [...queueErrors, 'bad-file', 'no-such-database'],
    handle: ({ params: { name }, body: { priority, ...given }, ...call }) => {
      if (name !== BASE_MODEL) desk.show(name);
      return queueJob(queue, 'evaluate', { adapter: name, ...given }, call, priority);
    },
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

  return [list, train, show, evaluate, remove];
}
