import type { ErrorRequestHandler } from 'express';
import {
  answerErrors,
  problemsOf,
  type ReportError,
  toProblem,
  withoutHome,
} from '../http-error.ts';

/** An error as OpenAI's clients read it; the code and request id are ours. */
export interface OpenaiError {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string;
    readonly request_id: string;
  };
}

/** What clients of OpenAI's API tell kinds of errors by. */
const TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  429: 'rate_limit_error',
};

/** The same facts as `toProblem`, in OpenAI's shape. @param home as of `errorHandler` */
export function toOpenaiError(
  error: unknown,
  requestId: string,
  home: string,
): OpenaiError & { status: number } {
  const { status, detail, code } = withoutHome(toProblem(error, requestId), home);
  const type = TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'server_error');
  // What hides behind a 500 hides here, too.
  const [problem] = status === 500 ? [] : problemsOf(error);
  const param = problem === undefined ? null : (/^[\w.]+/.exec(problem)?.[0] ?? null);
  return { status, error: { message: detail, type, param, code, request_id: requestId } };
}

/** Error handler of the OpenAI-compatible paths. @param home as of `errorHandler` */
export function openaiErrors(report: ReportError, home: string): ErrorRequestHandler {
  return answerErrors(report, (response, error, requestId) => {
    const { status, ...body } = toOpenaiError(error, requestId, home);
    response.status(status).json(body);
  });
}
