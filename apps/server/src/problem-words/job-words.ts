/** Jobs in the words of a reader: what they do, what they found, why they failed. */
import type { Language } from '@quaestor/peft';
import type { Request } from 'express';
import type { Job, JobError, JobEvent } from '../jobs/job.ts';
import { DETAILS, type ProblemFacts } from './chinese.ts';
import { inLanguage } from './in-language.ts';
import { languageOfReader } from './reader.ts';

/** By code; those after the first have another meaning of a job than of a request, or none of one. */
const SAID: ReadonlyMap<string, (facts: ProblemFacts) => string> = new Map([
  ...Object.entries(DETAILS),
  ['failed', ({ detail }) => `任务失败：${detail}`],
  ['interrupted', () => '进程多次在保存进度之前被终止，可能是内存不足。请在内存充足时继续此任务。'],
  ['internal', () => '服务器内部出错，详情见服务器日志。'],
]);

/** The job as a reader of the language is shown it. */
export function sayJob(job: Job, language: Language): Job {
  const error = job.error && sayError(job.error, language);
  return inLanguage({ ...job, error }, language) as Job;
}

/** The event as a reader of the language is shown it. */
export function sayEvent(event: JobEvent, language: Language): JobEvent {
  const { error } = event.data as { readonly error?: JobError };
  const said = error && { error: sayError(error, language) };
  return inLanguage({ ...event, data: { ...event.data, ...said } }, language) as JobEvent;
}

/** For who asks. */
export function jobFor(job: Job, request: Request): Job {
  return sayJob(job, languageOfReader(request));
}

function sayError({ code, message, chinese }: JobError, language: Language): JobError {
  if (language === 'en') return { code, message };
  const facts = { detail: message, requestId: '', retryAfter: undefined };
  return { code, message: chinese ?? SAID.get(code)?.(facts) ?? `任务失败：${message}` };
}
