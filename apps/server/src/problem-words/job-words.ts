/** Jobs in the words of a reader: what they do, what they found, why they failed. */
import { type Language, type Text, textIn } from '@quaestor/peft';
import type { Request, Response } from 'express';
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
export function sayJob({ progress, result, error, ...job }: Job, language: Language): Job {
  return {
    ...job,
    progress: progress && { ...progress, text: textIn(progress.text, language) },
    result: inLanguage(result, language),
    error: error && sayError(error, language),
  };
}

/** The event as a reader of the language is shown it. */
export function sayEvent(event: JobEvent, language: Language): JobEvent {
  const { error, text, ...others } = event.data as {
    readonly error?: JobError;
    readonly text?: Text;
  };
  return {
    ...event,
    data: {
      ...others,
      ...(text !== undefined && { text: textIn(text, language) }),
      ...(error !== undefined && { error: sayError(error, language) }),
    },
  };
}

/** For the reader of a response. */
export function jobFor(job: Job, request: Request, response: Response): Job {
  response.vary('Accept-Language');
  return sayJob(job, languageOfReader(request));
}

function sayError({ code, message, chinese }: JobError, language: Language): JobError {
  if (language === 'en') return { code, message };
  const facts = { detail: message, requestId: '', retryAfter: undefined };
  return { code, message: chinese ?? SAID.get(code)?.(facts) ?? `任务失败：${message}` };
}
