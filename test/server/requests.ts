/** Short ways to send requests to a server under test; every response is checked by its description. */
import { expect } from 'vitest';
import { checkedFetch } from './checked-fetch.ts';

/** A body as far as tests look at it. */
export interface Body {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly name?: string;
  readonly status?: string | number;
  readonly code?: string;
  readonly detail?: string;
  readonly request_id?: string;
  readonly error?: { readonly message: string; readonly code: string; readonly request_id: string };
  readonly problem?: Body | null;
  readonly data: readonly Body[];
  readonly has_more?: boolean;
  readonly next?: string | null;
  readonly abstained: { readonly code: string; readonly reason: string } | null;
  readonly rows: readonly (readonly unknown[])[];
  readonly language?: string;
  readonly answer?: Body;
  readonly warnings?: readonly { readonly code: string; readonly text: string }[];
  readonly explanation: readonly string[];
  readonly tables: readonly { readonly name: string; readonly columns: readonly unknown[] }[];
  readonly choices: readonly { readonly text: string }[];
  readonly queue: { readonly running: number; readonly waiting: number };
}

/** The body of a response that is there, or on its way. */
export async function bodyOf(response: Response | Promise<Response>): Promise<Body> {
  return (await (await response).json()) as Body;
}

export function send(
  url: string,
  path: string,
  options: { readonly body?: unknown; readonly key?: string } & Omit<RequestInit, 'body'> = {},
): Promise<Response> {
  const { body, key, headers, ...rest } = options;
  return checkedFetch(url + path, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    ...rest,
    headers: {
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
      ...(headers as Record<string, string> | undefined),
    },
  });
}

export async function sendJson(...request: Parameters<typeof send>): Promise<Body> {
  const response = await send(...request);
  expect(response.status).toBeLessThan(300);
  return bodyOf(response);
}

/** Expects a problem of that status and code. @returns its detail */
export async function problemOf(response: Response, status: number, code: string): Promise<string> {
  const problem = await bodyOf(response);
  expect({ status: response.status, code: problem.code ?? problem.error?.code }).toEqual({
    status,
    code,
  });
  expect(problem.request_id ?? problem.error?.request_id).toBe(
    response.headers.get('x-request-id'),
  );
  return String(problem.detail ?? problem.error?.message);
}

export interface StreamedEvent {
  readonly id: string | null;
  readonly event: string;
  readonly data: Body;
}

/** Server-sent events as they come. */
export async function* streamedEvents(response: Response): AsyncGenerator<StreamedEvent> {
  let pending = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    pending += chunk;
    const blocks = pending.split('\n\n');
    pending = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) =>
        block
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2);
      const data = field('data');
      if (data !== undefined) {
        yield { id: field('id') ?? null, event: field('event') ?? '', data: JSON.parse(data) };
      }
    }
  }
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
