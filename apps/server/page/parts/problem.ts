import { problemText } from './problem-text.ts';

/** What went wrong, as the server says it: problem+json, RFC 9457. */
export class Problem extends Error {
  readonly title: string;
  readonly detail: string;
  readonly status: number;
  /** One word that programs may rely on; `unreachable` when no answer came at all. */
  readonly code: string;
  readonly requestId: string | null;
  /** Every problem of the input, where there are several. */
  readonly errors: readonly string[];

  constructor(body: Readonly<Record<string, unknown>>) {
    const text = (name: string) => (typeof body[name] === 'string' ? body[name] : null);
    const detail = text('detail') ?? problemText().unexpected;
    super(detail);
    this.name = 'Problem';
    this.detail = detail;
    this.title = text('title') ?? detail;
    this.status = typeof body.status === 'number' ? body.status : 0;
    this.code = text('code') ?? 'internal';
    this.requestId = text('request_id');
    this.errors = Array.isArray(body.errors) ? body.errors.map(String) : [];
  }
}

/** Any error as a problem that can be shown. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({ detail: error instanceof Error ? error.message : String(error) });
}

/** Whether an error only says that something was called off. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
