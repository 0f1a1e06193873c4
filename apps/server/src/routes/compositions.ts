import { defineRoute, type Route } from '../api/route.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { composeParams } from '../jobs/kinds/compose.ts';
import { searchParams } from '../jobs/kinds/search.ts';
import { jobCreated, queueErrors, queueJob } from './job-created.ts';

const tag = 'adapters';

/** Adapters that are made of others. */
export function compositionRoutes(queue: JobQueue): readonly Route[] {
  const compose = defineRoute({
    method: 'post',
    path: '/api/compositions',
    tag,
    summary: { en: 'Make one adapter of several', zh: '把多个适配器合成一个' },
    scope: 'train',
    body: composeParams,
    idempotent: true,
    responses: jobCreated.responses,
    errors: [...queueErrors, 'bad-file'],
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
    errors: [...queueErrors, 'bad-file', 'no-such-database'],
    handle: ({ body, ...call }) => queueJob(queue, 'search', body, call),
  });

  return [compose, search];
}
