/** What every route that queues a job takes and gives. */

import { described } from '@quaestor/peft';
import type { Request, Response } from 'express';
import * as z from 'zod';
import type { Client } from '../access/client.ts';
import type { ResponseSpec } from '../api/route.ts';
import { type Job, jobSchema } from '../jobs/job.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { jobFor } from '../problem-words/job-words.ts';

export const priorityField = z
  .int()
  .min(-100)
  .max(100)
  .default(0)
  .apply(described, { en: 'higher ones run first', zh: '数值大的先运行' });

const accepted: ResponseSpec = {
  description: {
    en: 'It is queued; Location says where it can be watched',
    zh: '已排队；可在 Location 处查看进展',
  },
  content: { 'application/json': jobSchema },
  headers: {
    Location: { en: 'the job', zh: '该任务' },
    'Retry-After': { en: 'seconds after which to look', zh: '多少秒后再来查看' },
  },
};

export const jobCreated = {
  responses: { 202: accepted },
  answer(response: Response, job: Job): Job {
    response.status(202).set({ Location: `/api/jobs/${job.id}`, 'Retry-After': '2' });
    return jobFor(job, response.req);
  },
};

/** How every route that queues a job may fail. */
export const queueErrors = [
  'too-busy',
  'disk-full',
  'conflict',
  'key-reused',
  'not-found',
] as const;

/** Queues a job for a request, once for each Idempotency-Key, and answers with it. */
export async function queueJob(
  queue: JobQueue,
  kind: string,
  params: object,
  call: { readonly client: Client; readonly request: Request; readonly response: Response },
  priority?: number,
): Promise<Job> {
  const key = idempotencyKey(call.request, call.client);
  const options = { idempotencyKey: key, ...(priority !== undefined && { priority }) };
  return jobCreated.answer(call.response, await queue.submit(kind, params, options));
}

/** The client's own key: what others send as theirs is another. */
function idempotencyKey(request: Request, client: Client): string | undefined {
  const key = request.get('Idempotency-Key');
  return key === undefined ? undefined : `${client.id} ${key}`;
}
