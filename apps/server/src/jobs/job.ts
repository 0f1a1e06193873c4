/** What a job is, as clients see it. */
import { described, text } from '@quaestor/peft';
import * as z from 'zod';

export const jobState = z
  .enum(['queued', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted'])
  .apply(described, {
    en: 'queued → running → succeeded, failed or cancelled; interrupted: stopped from outside, can be resumed',
    zh: 'queued → running → succeeded、failed 或 cancelled；interrupted：被外部中断，可以继续',
  });

export type JobState = z.output<typeof jobState>;

/** States that a job does not leave by itself. */
export const ENDED: ReadonlySet<JobState> = new Set([
  'succeeded',
  'failed',
  'cancelled',
  'interrupted',
]);

const time = z.string().apply(described, { en: 'ISO 8601', zh: 'ISO 8601 时间' });

export const jobSchema = z
  .object({
    id: z.string().apply(described, {
      en: 'name of the job, made by the server',
      zh: '任务的名称，由服务器生成',
    }),
    kind: z.string().apply(described, { en: 'what it does', zh: '所做的事' }),
    state: jobState,
    priority: z.int().apply(described, { en: 'higher ones run first', zh: '数值大的先运行' }),
    params: z
      .record(z.string(), z.unknown())
      .apply(described, { en: 'as they were given, with defaults', zh: '所给的参数，连同默认值' }),
    created_at: time,
    started_at: time
      .nullable()
      .apply(described, { en: 'of the first attempt', zh: '首次尝试的时间' }),
    finished_at: time.nullable(),
    attempts: z
      .int()
      .apply(described, { en: 'how often a process was started for it', zh: '为它启动进程的次数' }),
    progress: z
      .object({
        text: text.apply(described, {
          en: 'what it is doing, in words',
          zh: '正在做什么，用文字表述',
        }),
        fraction: z
          .number()
          .min(0)
          .max(1)
          .nullable()
          .apply(described, { en: 'share that is done', zh: '已完成的比例' }),
      })
      .nullable(),
    result: z
      .unknown()
      .apply(described, { en: 'null until it has succeeded', zh: '成功之前为 null' }),
    error: z
      .object({
        code: z.string(),
        message: z.string().apply(described, {
          en: 'in Chinese where Accept-Language wants it, else English',
          zh: 'Accept-Language 要求中文时为中文，否则为英文',
        }),
      })
      .nullable()
      .apply(described, { en: 'why it failed or was interrupted', zh: '失败或中断的原因' }),
  })
  .apply(described, {
    en: 'a piece of work that runs in a process of its own',
    zh: '在单独的进程中运行的一项工作',
  });

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
    seq: z.int().apply(described, {
      en: 'counted from 1 within the job; the id of the server-sent event',
      zh: '在任务内从 1 计数；即服务器发送事件的 id',
    }),
    at: time,
    type: z.enum(['state', 'progress', 'step', 'checkpoint', 'log']).apply(described, {
      en: 'state: it changed; step: figures of a training step; log: a line for people',
      zh: 'state：状态有变；step：一个训练步的数据；log：供人阅读的一行',
    }),
    data: z.record(z.string(), z.unknown()),
  })
  .apply(described, { en: 'something that happened to a job', zh: '任务中发生的一件事' });

export type JobEvent = Readonly<z.output<typeof jobEventSchema>>;
export type NewEvent = Pick<JobEvent, 'type' | 'data'>;
