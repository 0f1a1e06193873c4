import { STATUS_CODES } from 'node:http';
import { resolve } from 'node:path';
import type { FinSqlErrorCode, Language } from '@quaestor/finsql';
import { described, type PeftErrorCode, reasonOf } from '@quaestor/peft';
import type { TabLlmErrorCode } from '@quaestor/tabllm';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import * as z from 'zod';
import { component } from './api/component.ts';
import { diskFull } from './disk-full.ts';
import { ServerError, type ServerErrorCode } from './errors.ts';
import { DETAILS, TITLES } from './problem-words/chinese.ts';
import { chineseOf } from './problem-words/chinese-of.ts';
import { languageOfReader } from './problem-words/reader.ts';

/** The one table from what went wrong to how HTTP says it. 500 hides the message from the client. */
const STATUS = {
  'bad-request': 400,
  'bad-question': 400,
  unauthorized: 401,
  forbidden: 403,
  'wrong-origin': 403,
  'no-such-answer': 404,
  'no-such-database': 404,
  'no-such-model': 404,
  'not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  conflict: 409,
  'in-progress': 409,
  'not-compared': 409,
  'scores-lower': 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  'wrong-host': 421,
  'bad-csv': 422,
  'bad-file': 422,
  'bad-upload': 422,
  'key-reused': 422,
  'bad-data': 422,
  mismatch: 422,
  'not-a-database': 422,
  refused: 422,
  'sql-error': 422,
  'out-of-memory': 422,
  unsupported: 422,
  'rate-limited': 429,
  'too-busy': 429,
  aborted: 499,
  'bad-config': 500,
  'no-free-port': 500,
  'generation-failed': 502,
  'database-in-use': 503,
  'no-generator': 503,
  stopping: 503,
  'model-loading': 503,
  'model-failed': 503,
  timeout: 504,
  'disk-full': 507,
} as const satisfies Partial<
  Record<ServerErrorCode | FinSqlErrorCode | TabLlmErrorCode | PeftErrorCode, number>
>;

/** Codes that clients are told; anything else is `internal`. */
export type ErrorCode = keyof typeof STATUS;

/** RFC 9457 problem details, with our `code` and the id to look for in the log. */
export const problemSchema = component(
  'Problem',
  z.object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string().apply(described, {
      en: 'what was wrong, what was expected, what to do',
      zh: '哪里有误、应当如何、怎么办',
    }),
    code: z.string().apply(described, {
      en: 'what was wrong, in one word that programs may rely on',
      zh: '错误的代码，程序可以依赖',
    }),
    request_id: z.string().apply(described, {
      en: 'what the log of the server knows the request by',
      zh: '此请求在服务器日志中的编号',
    }),
    errors: z
      .array(z.string())
      .readonly()
      .optional()
      .apply(described, { en: 'every problem of the input', zh: '输入的每个问题' }),
  }),
);

export type Problem = z.output<typeof problemSchema>;

/** Told about errors that nobody expected, with the id that the client was given. */
export type ReportError = (error: unknown, requestId: string) => void;

/** A problem that was written, and reported, elsewhere and is now to be sent. */
export class ReadyProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/**
 * Errors with a known code tell the client their message; anything else becomes a plain 500, because
 * its message may hold paths or code.
 * @param language of title and detail; where Chinese has no words for the case, its English stands behind
 */
export function toProblem(error: unknown, requestId: string, language: Language = 'en'): Problem {
  if (error instanceof ReadyProblem) return error.problem;
  const told = diskFull(error) ?? error;
  const problem = inEnglish(told, requestId);
  return language === 'en' ? problem : inChinese(problem, told);
}

function inEnglish(error: unknown, requestId: string): Problem {
  const code = codeOf(error);
  const status = statusOf(code);
  if (status === 500 || !(error instanceof Error)) {
    return problem(
      500,
      'internal',
      `Something went wrong in the server. Its log has more under ${requestId}.`,
      requestId,
    );
  }
  const errors = problemsOf(error);
  return {
    ...problem(status, code, error.message, requestId),
    ...(errors.length > 1 ? { errors } : {}),
  };
}

function inChinese(problem: Problem, error: unknown): Problem {
  const { code, detail, status, request_id: requestId } = problem;
  const { retryAfter = undefined } = error instanceof ServerError ? error : {};
  const { chinese, chineseProblems = problem.errors } = chineseOf(error);
  // A body that cannot be read is told by Node and by JSON.parse.
  const reason = status === 500 ? detail : reasonOf(error).zh;
  const say = Object.hasOwn(DETAILS, code) ? DETAILS[code as keyof typeof DETAILS] : undefined;
  return {
    ...problem,
    title: TITLES[status] ?? problem.title,
    // What hides behind a 500 hides in any language.
    detail:
      (status === 500 ? undefined : chinese) ??
      say?.({ detail: reason, requestId, retryAfter }) ??
      detail,
    ...(problem.errors === undefined ? {} : { errors: chineseProblems }),
  };
}

/** The same problem without the path of a database's file, which is no client's business. */
export function withoutPath(problem: Problem, file: string, name: string): Problem {
  return { ...problem, detail: problem.detail.replaceAll(file, name) };
}

/** The same problem without where the state folder lies, which is no client's business. */
export function withoutHome(problem: Problem, home: string): Problem {
  const hide = (text: string) => text.replaceAll(`${resolve(home)}/`, '');
  const { detail, errors } = problem;
  return { ...problem, detail: hide(detail), ...(errors && { errors: errors.map(hide) }) };
}

/** True for errors that `toProblem` hides behind a 500. */
export function isUnexpected(error: unknown): boolean {
  if (error instanceof ReadyProblem || diskFull(error) !== undefined) return false;
  return statusOf(codeOf(error)) === 500;
}

/** Answers requests that no route took. */
export const noSuchRoute: RequestHandler = (request) => {
  throw new ServerError('not-found', {
    en: `There is nothing at ${request.path}.`,
    zh: `${request.path} 处没有内容。`,
  });
};

/**
 * problem+json in the language that the client would like, no stack.
 * @param home the state folder, where problems are not to show it
 */
export function errorHandler(report: ReportError, home: string): ErrorRequestHandler {
  return answerErrors(report, (response, error, requestId) => {
    const language = languageOfReader(response.req);
    const body = withoutHome(toProblem(error, requestId, language), home);
    response.vary('Accept-Language').set('Content-Language', language);
    response.status(body.status).type('application/problem+json').send(JSON.stringify(body));
  });
}

/** The one way to handle errors: what is unexpected is reported, Retry-After is set where waiting helps. */
export function answerErrors(
  report: ReportError,
  send: (response: Response, error: unknown, requestId: string) => void,
): ErrorRequestHandler {
  return (error, _request, response, next) => {
    const requestId: string = response.locals.requestId;
    if (isUnexpected(error)) report(error, requestId);
    if (response.headersSent) {
      next(error);
      return;
    }
    setRetryAfter(response, error);
    send(response, error, requestId);
  };
}

/** Tells when the same request may succeed, where that is known. */
function setRetryAfter(response: Response, error: unknown): void {
  if (error instanceof ServerError && error.retryAfter !== undefined) {
    response.set('Retry-After', String(error.retryAfter));
  }
}

function problem(status: number, code: string, detail: string, requestId: string): Problem {
  const title = STATUS_CODES[status] ?? 'Client closed the request';
  return { type: 'about:blank', title, status, detail, code, request_id: requestId };
}

/** The HTTP status of a code; 500 for one that clients are not told. */
export function statusOf(code: string): number {
  return Object.hasOwn(STATUS, code) ? STATUS[code as ErrorCode] : 500;
}

/** body-parser and express say what is wrong by `type` or `status` rather than by a code of ours. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'internal';
  if (error.name === 'AbortError') return 'aborted';
  if (error.name === 'TimeoutError') return 'timeout';
  if ('type' in error && error.type === 'entity.too.large') return 'too-large';
  if ('status' in error && error.status === 415) return 'unsupported-media-type';
  if ('status' in error && error.status === 400) return 'bad-request';
  if ('status' in error && error.status === 413) return 'too-large';
  return 'code' in error && typeof error.code === 'string' ? error.code : 'internal';
}

/** Every problem of an input, of an error of any package or process. */
export function problemsOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  return 'problems' in error && Array.isArray(error.problems) ? error.problems : [];
}
