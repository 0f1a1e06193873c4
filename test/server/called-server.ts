/** A server over scripted answers, and short ways to call it; every response is checked by its description. */
import { expect } from 'vitest';
import { type DemoServer, startDemoServer } from '../demo-server.ts';
import { checkedFetch } from './checked-fetch.ts';

export interface CalledBody {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly data: readonly CalledBody[];
  readonly result: { readonly [field: string]: unknown };
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: CalledBody;
}

export interface CalledServer {
  readonly server: DemoServer;
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply>;
  get(path: string): Promise<Reply>;
  /** Sends a file as it is. */
  sendFile(path: string, body: string | Uint8Array, type?: string): Promise<Reply>;
  /** Waits until a job has ended. */
  untilOver(id: string): Promise<void>;
  /** Expects a problem that gives no path away. @returns its detail */
  expectProblem(reply: Reply, status: number, code: string): string;
  /** Expects that nothing went wrong that the server did not foresee, and ends it. */
  close(): Promise<void>;
}

export async function startCalledServer(
  options: Parameters<typeof startDemoServer>[0] = {},
): Promise<CalledServer> {
  const server = await startDemoServer(options);
  await server.loaded;
  const call: CalledServer['call'] = async (method, path, body, headers = {}) => {
    const isJson = body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array);
    const response = await checkedFetch(server.url + path, {
      method,
      headers: { ...(isJson && { 'Content-Type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : (body as string) }),
    });
    const text = await response.text();
    const { status } = response;
    return { status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
  };
  const get = (path: string) => call('GET', path);
  return {
    server,
    call,
    get,
    sendFile: (path, body, type = 'application/octet-stream') =>
      call('POST', path, body, { 'Content-Type': type }),
    untilOver: (id) =>
      expect
        .poll(async () => (await get(`/api/jobs/${id}`)).body.state, { timeout: 60_000 })
        .toMatch(/succeeded|failed|cancelled/),
    expectProblem: ({ status, headers, body }, expected, code) => {
      expect({ status, code: body.code, detail: body.detail }).toMatchObject({
        status: expected,
        code,
      });
      expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(JSON.stringify(body)).not.toContain(server.home);
      return String(body.detail);
    },
    close: async () => {
      await server.close();
      expect(server.unexpected).toEqual([]);
    },
  };
}
