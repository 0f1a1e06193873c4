/** What a job is, as clients see it. */
import { text } from '@quaestor/peft';
import * as z from 'zod';

export const jobState = z
  .enum(['queued', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted'])
  .describe(
    'queued → running → succeeded, failed or cancelled; interrupted: stopped from outside, can be resumed',
  );

export type JobState = z.output<typeof jobState>;

/** States that a job does not leave by itself. */
export const ENDED: ReadonlySet<JobState> = new Set([
  'succeeded',
  'failed',
  'cancelled',
  'interrupted',
]);

const time = z.string().describe('ISO 8601');

export const jobSchema = z
  .object({
    id: z.string().describe('name of the job, made by the server'),
    kind: z.string().describe('what it does'),
    state: jobState,
    priority: z.int().describe('higher ones run first'),
    params: z.record(z.string(), z.unknown()).describe('as they were given, with defaults'),
    created_at: time,
    started_at: time.nullable().describe('of the first attempt'),
    finished_at: time.nullable(),
    attempts: z.int().describe('how often a process was started for it'),
    progress: z
      .object({
        text: text.describe('what it is doing, in words'),
        fraction: z.number().min(0).max(1).nullable().describe('share that is done'),
      })
      .nullable(),
    result: z.unknown().describe('null until it has succeeded'),
    error: z
      .object({
        code: z.string(),
        message: z.string().describe('in Chinese where Accept-Language wants it, else English'),
      })
      .nullable()
      .describe('why it failed or was interrupted'),
  })
  .describe('a piece of work that runs in a process of its own');

/** Why a job failed, as it is kept: with its own words in Chinese, where it has some. */
export type JobError = NonNullable<z.output<typeof jobSchema>['error']> & {
  readonly chinese?: string | undefined;
};

/** As it is kept; `sayJob` puts it into the words of a reader. */
export type Job = Readonly<Omit<z.output<typeof jobSchema>, 'error'>> & {
  readonly error: JobError | null;
};

export const jobEventSchema = z
  .object({
    seq: z.int().describe('counted from 1 within the job; the id of the server-sent event'),
    at: time,
    type: z
      .enum(['state', 'progress', 'step', 'checkpoint', 'log'])
      .describe('state: it changed; step: figures of a training step; log: a line for people'),
    data: z.record(z.string(), z.unknown()),
  })
  .describe('something that happened to a job');

export type JobEvent = Readonly<z.output<typeof jobEventSchema>>;
export type NewEvent = Pick<JobEvent, 'type' | 'data'>;
