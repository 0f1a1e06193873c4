import { described, formSchema } from '@quaestor/peft';
import * as z from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import { pageFields, pageQuery, piece } from '../api/schemas/page.ts';
import { followJob } from '../jobs/follow-job.ts';
import { ENDED, jobEventSchema, jobSchema, jobState } from '../jobs/job.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { jobFor, sayEvent } from '../problem-words/job-words.ts';
import { languageOfReader } from '../problem-words/reader.ts';
import { clientGone, openEventStream } from '../sse.ts';
import { jobCreated, priorityField, queueErrors, queueJob } from './job-created.ts';

const params = z.strictObject({ id: z.string().max(64) });
const tag = 'jobs';
const found = {
  200: { description: { en: 'It', zh: '该任务' }, content: { 'application/json': jobSchema } },
};

export const newJobBody = z.strictObject({
  kind: z.string().max(64).apply(described, {
    en: 'what to do; GET /api/job-kinds lists them',
    zh: '要做什么；GET /api/job-kinds 列出全部种类',
  }),
  params: z
    .record(z.string(), z.unknown())
    .default({})
    .apply(described, { en: 'as the kind describes them', zh: '按该种类的说明' }),
  priority: priorityField,
});

export const jobListQuery = z.strictObject({
  state: jobState.optional(),
  kind: z
    .string()
    .max(64)
    .optional()
    .apply(described, { en: 'only jobs of this kind', zh: '只列此种类的任务' }),
  ...pageQuery(20, 100).shape,
});

const jobKindSchema = z.object({
  kind: z.string(),
  summary: z.string(),
  params: z
    .record(z.string(), z.unknown())
    .apply(described, { en: 'JSON schema of what it takes', zh: '其参数的 JSON Schema' }),
});

/** Work that takes longer than a request: queue it, watch it, stop it. */
export function jobRoutes(queue: JobQueue, ending: AbortSignal): readonly Route[] {
  const create = defineRoute({
    method: 'post',
    path: '/api/jobs',
    tag,
    summary: { en: 'Queue a job', zh: '提交任务，排队运行' },
    description: {
      en: 'With an Idempotency-Key, a request that is sent again makes no second job.',
      zh: '带有 Idempotency-Key 时，重复发送的请求不会产生第二个任务。',
    },
    scope: 'train',
    body: newJobBody,
    idempotent: true,
    responses: jobCreated.responses,
    errors: queueErrors,
    handle: ({ body: { kind, params: given, priority }, ...call }) =>
      queueJob(queue, kind, given, call, priority),
  });

  const list = defineRoute({
    method: 'get',
    path: '/api/jobs',
    tag,
    summary: { en: 'List the jobs, newest first', zh: '列出任务，最新的在前' },
    scope: 'train',
    query: jobListQuery,
    responses: {
      200: {
        description: { en: 'A piece', zh: '一页' },
        content: { 'application/json': z.object({ data: z.array(jobSchema), ...pageFields }) },
      },
    },
    handle: ({ query: { state, kind, limit, after }, request }) => {
      const { jobs, next } = queue.store.list({ state, kind }, limit, after);
      const data = jobs.map((job) => jobFor(job, request));
      return piece(data, next);
    },
  });

  const kinds = defineRoute({
    method: 'get',
    path: '/api/job-kinds',
    tag,
    summary: { en: 'List what jobs there can be', zh: '列出任务的种类' },
    scope: 'read',
    responses: {
      200: {
        description: { en: 'All of them', zh: '全部' },
        content: { 'application/json': z.object({ data: z.array(jobKindSchema) }) },
      },
    },
    handle: () => ({
      data: [...queue.kinds.values()].map(({ name, summary, params: schema }) => ({
        kind: name,
        summary,
        params: formSchema(schema),
      })),
    }),
  });

  const show = defineRoute({
    method: 'get',
    path: '/api/jobs/{id}',
    tag,
    summary: { en: 'Show a job', zh: '查看一个任务' },
    scope: 'train',
    params,
    responses: found,
    errors: ['not-found'],
    handle: ({ params: { id }, request }) => jobFor(queue.get(id), request),
  });

  const cancel = defineRoute({
    method: 'post',
    path: '/api/jobs/{id}/cancel',
    tag,
    summary: { en: 'Cancel a job', zh: '取消任务' },
    description: {
      en: 'One that runs keeps its work and is cancelled a little later.',
      zh: '正在运行的任务会先保存已完成的工作，稍后才取消。',
    },
    scope: 'train',
    params,
    responses: found,
    errors: ['not-found'],
    handle: ({ params: { id }, request }) => jobFor(queue.cancel(id), request),
  });

  const resume = defineRoute({
    method: 'post',
    path: '/api/jobs/{id}/resume',
    tag,
    summary: {
      en: 'Queue a job again that was cancelled, interrupted or failed',
      zh: '让已取消、已中断或失败的任务重新排队',
    },
    description: {
      en: 'It goes on after the work that it had kept.',
      zh: '从已保存的工作之后继续。',
    },
    scope: 'train',
    params,
    responses: found,
    errors: ['not-found', 'conflict'],
    handle: ({ params: { id }, request }) => jobFor(queue.resume(id), request),
  });

  const remove = defineRoute({
    method: 'delete',
    path: '/api/jobs/{id}',
    tag,
    summary: { en: 'Cancel a job, or forget one that is over', zh: '取消任务，或删除已结束的任务' },
    scope: 'train',
    params,
    responses: {
      200: {
        description: { en: 'It is being cancelled', zh: '正在取消' },
        content: { 'application/json': jobSchema },
      },
      204: { description: { en: 'It and its files are gone', zh: '任务及其文件已删除' } },
    },
    errors: ['not-found'],
    handle: ({ params: { id }, request, response }) => {
      if (!ENDED.has(queue.get(id).state)) return jobFor(queue.cancel(id), request);
      queue.remove(id);
      response.status(204);
      return undefined;
    },
  });

  const events = defineRoute({
    method: 'get',
    path: '/api/jobs/{id}/events',
    tag,
    summary: { en: 'Follow a job', zh: '跟踪任务的进展' },
    description: {
      en: 'Begins after Last-Event-ID, or with the first event, and ends with the job. 204 tells an EventSource that nothing more will come.',
      zh: '从 Last-Event-ID 之后或第一个事件开始，随任务结束。204 告诉 EventSource 不会再有事件。',
    },
    scope: 'train',
    params,
    responses: {
      200: {
        description: { en: 'Events', zh: '事件流' },
        content: { 'text/event-stream': jobEventSchema },
      },
      204: { description: { en: 'Nothing after Last-Event-ID', zh: 'Last-Event-ID 之后没有事件' } },
    },
    errors: ['not-found'],
    handle: async ({ params: { id }, request, response }) => {
      const job = queue.get(id);
      const after = lastSeen(request.get('Last-Event-ID'));
      if (ENDED.has(job.state) && queue.store.events(id, after, 1).length === 0) {
        response.status(204);
        return undefined;
      }
      const over = AbortSignal.any([clientGone(response), ending]);
      const language = languageOfReader(request);
      const stream = openEventStream(response);
      for await (const event of followJob(queue.store, id, after, over)) {
        stream.send(event.type, sayEvent(event, language), String(event.seq));
      }
      stream.end();
      return undefined;
    },
  });

  return [create, list, kinds, show, cancel, resume, remove, events];
}

/** What is no number of ours means: from the beginning. */
function lastSeen(header: string | undefined): number {
  const seq = Number(header ?? 0);
  return Number.isSafeInteger(seq) && seq > 0 ? seq : 0;
}
