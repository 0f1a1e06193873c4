/** What every route that queues a job takes and gives. */
import type { Request, Response } from 'express';
import * as z from 'zod';
import type { Client } from '../access/client.ts';
import type { ResponseSpec } from '../api/route.ts';
import { type Job, jobSchema } from '../jobs/job.ts';

export const priorityField = z
  .int()
  .min(-100)
  .max(100)
  .default(0)
  .describe('higher ones run first');

const accepted: ResponseSpec = {
  description: 'It is queued; Location says where it can be watched',
  content: { 'application/json': jobSchema },
  headers: { Location: 'the job', 'Retry-After': 'seconds after which to look' },
};

export const jobCreated = {
  responses: { 202: accepted },
  answer(response: Response, job: Job): Job {
    response.status(202).set({ Location: `/api/jobs/${job.id}`, 'Retry-After': '2' });
    return job;
  },
};

/** The client's own key: what others send as theirs is another. */
export function idempotencyKey(request: Request, client: Client): string | undefined {
  const key = request.get('Idempotency-Key');
  return key === undefined ? undefined : `${client.id} ${key}`;
}
