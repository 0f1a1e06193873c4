import { formSchema, text } from '@quaestor/peft';
import * as z from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import { idCursor, pageFields } from '../api/schemas/page.ts';
import { followJob } from '../jobs/follow-job.ts';
import { ENDED, jobEventSchema, jobSchema, jobState } from '../jobs/job.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { jobFor, sayEvent } from '../problem-words/job-words.ts';
import { languageOfReader } from '../problem-words/reader.ts';
import { clientGone, openEventStream } from '../sse.ts';
import { jobCreated, priorityField, queueJob } from './job-created.ts';

const params = z.strictObject({ id: z.string().max(64) });
const tag = 'jobs';
const found = { 200: { description: 'It', content: { 'application/json': jobSchema } } };

export const newJobBody = z.strictObject({
  kind: z.string().max(64).describe('what to do; GET /api/job-kinds lists them'),
  params: z.record(z.string(), z.unknown()).default({}).describe('as the kind describes them'),
  priority: priorityField,
});

export const jobListQuery = z.strictObject({
  state: jobState.optional(),
  kind: z.string().max(64).optional().describe('only jobs of this kind'),
  limit: z.coerce.number().int().min(1).max(100).default(20).describe('jobs of a piece'),
  after: idCursor,
});

const jobKindSchema = z.object({
  kind: z.string(),
  summary: text,
  params: z.record(z.string(), z.unknown()).describe('JSON schema of what it takes'),
});

/** Work that takes longer than a request: queue it, watch it, stop it. */
export function jobRoutes(queue: JobQueue, ending: AbortSignal): readonly Route[] {
  const create = defineRoute({
    method: 'post',
    path: '/api/jobs',
    tag,
    summary: 'Queue a job',
    description: 'With an Idempotency-Key, a request that is sent again makes no second job.',
    scope: 'train',
    body: newJobBody,
    idempotent: true,
    responses: jobCreated.responses,
    errors: ['too-busy', 'disk-full', 'conflict', 'key-reused', 'not-found'],
    handle: ({ body: { kind, params: given, priority }, ...call }) =>
      queueJob(queue, kind, given, call, priority),
  });

  const list = defineRoute({
    method: 'get',
    path: '/api/jobs',
    tag,
    summary: 'List the jobs, newest first',
    scope: 'train',
    query: jobListQuery,
    responses: {
      200: {
        description: 'A piece',
        content: { 'application/json': z.object({ data: z.array(jobSchema), ...pageFields }) },
      },
    },
    handle: ({ query: { state, kind, limit, after }, request }) => {
      const { jobs, next } = queue.store.list({ state, kind }, limit, after);
      const data = jobs.map((job) => jobFor(job, request));
      return { data, has_more: next !== null, next };
    },
  });

  const kinds = defineRoute({
    method: 'get',
    path: '/api/job-kinds',
    tag,
    summary: 'List what jobs there can be',
    scope: 'read',
    responses: {
      200: {
        description: 'All of them',
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
    summary: 'Show a job',
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
    summary: 'Cancel a job',
    description: 'One that runs keeps its work and is cancelled a little later.',
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
    summary: 'Queue a job again that was cancelled, interrupted or failed',
    description: 'It goes on after the work that it had kept.',
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
    summary: 'Cancel a job, or forget one that is over',
    scope: 'train',
    params,
    responses: {
      200: { description: 'It is being cancelled', content: { 'application/json': jobSchema } },
      204: { description: 'It and its files are gone' },
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
    summary: 'Follow a job',
    description:
      'Begins after Last-Event-ID, or with the first event, and ends with the job. 204 tells an EventSource that nothing more will come.',
    scope: 'train',
    params,
    responses: {
      200: { description: 'Events', content: { 'text/event-stream': jobEventSchema } },
      204: { description: 'Nothing after Last-Event-ID' },
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
