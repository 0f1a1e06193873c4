import { STATUS_CODES } from 'node:http';
import type { FinSqlErrorCode } from '@quaestor/finsql';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { ServerError, type ServerErrorCode } from './errors.ts';

/** The one table from what went wrong to how HTTP says it. 500 hides the message from the client. */
const STATUS: Readonly<Record<ServerErrorCode | FinSqlErrorCode, number>> = {
  'bad-request': 400,
  'bad-question': 400,
  'wrong-origin': 403,
  'no-such-database': 404,
  'not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  'too-large': 413,
  'unsupported-media-type': 415,
  'wrong-host': 421,
  'not-a-database': 422,
  unanswerable: 422,
  refused: 422,
  'sql-error': 422,
  'out-of-memory': 422,
  'too-busy': 429,
  conflict: 409,
  'bad-upload': 422,
  'disk-full': 507,
  aborted: 499,
  'bad-config': 500,
  'bad-data': 500,
  'no-free-port': 500,
  'generation-failed': 502,
  'no-generator': 503,
  'model-loading': 503,
  'model-failed': 503,
  timeout: 504,
};

/** RFC 9457 problem details, with our `code` and the id to look for in the log. */
export interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly request_id: string;
  /** Every problem of the input, when there are several. */
  readonly errors?: readonly string[];
}

/** Told about errors that nobody expected, with the id that the client was given. */
export type ReportError = (error: unknown, requestId: string) => void;

/**
 * Errors with a known code tell the client their message; anything else becomes a plain 500, because
 * its message may hold paths or code.
 */
export function toProblem(error: unknown, requestId: string): Problem {
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

/** True for errors that `toProblem` hides behind a 500. */
export function isUnexpected(error: unknown): boolean {
  return statusOf(codeOf(error)) === 500;
}

/** Answers requests that no route took. */
export const noSuchRoute: RequestHandler = (request) => {
  throw new ServerError('not-found', `There is nothing at ${request.path}.`);
};

/** The one error handler: problem+json, no stack, Retry-After where waiting helps. */
export function errorHandler(report: ReportError): ErrorRequestHandler {
  return (error, _request, response, next) => {
    const requestId: string = response.locals.requestId;
    if (isUnexpected(error)) report(error, requestId);
    if (response.headersSent) {
      next(error);
      return;
    }
    const body = toProblem(error, requestId);
    if (error instanceof ServerError && error.retryAfter !== undefined) {
      response.set('Retry-After', String(error.retryAfter));
    }
    response.status(body.status).type('application/problem+json').send(JSON.stringify(body));
  };
}

function problem(status: number, code: string, detail: string, requestId: string): Problem {
  const title = STATUS_CODES[status] ?? 'Client closed the request';
  return { type: 'about:blank', title, status, detail, code, request_id: requestId };
}

function statusOf(code: string): number {
  return Object.hasOwn(STATUS, code) ? STATUS[code as keyof typeof STATUS] : 500;
}

/** body-parser and express say what is wrong by `type` or `status` rather than by a code of ours. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'internal';
  if (error.name === 'AbortError') return 'aborted';
  if (error.name === 'TimeoutError') return 'timeout';
  if ('type' in error && error.type === 'entity.too.large') return 'too-large';
  if ('status' in error && error.status === 415) return 'unsupported-media-type';
  if ('status' in error && error.status === 400) return 'bad-request';
  return 'code' in error && typeof error.code === 'string' ? error.code : 'internal';
}

function problemsOf(error: Error): readonly string[] {
  return 'problems' in error && Array.isArray(error.problems) ? error.problems : [];
}
