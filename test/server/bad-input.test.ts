/** Every operation of the description × every bad input: the right status, said in the right way. */
import { randomBytes } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKeyStore } from '../../apps/server/src/access/key-store.ts';
import { type DemoServer, startDemoServer } from '../demo-server.ts';
import { type Document, documentOf } from './checked-fetch.ts';
import { startTinyServer } from './tiny-model-server.ts';

interface Operation {
  readonly name: string;
  readonly method: string;
  /** With sound parameters. */
  readonly path: string;
  readonly template: string;
  readonly hasBody: boolean;
  readonly hasQuery: boolean;
  readonly hasContent: boolean;
  readonly needsKey: boolean;
}

interface Bad {
  readonly what: string;
  readonly status: number;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

const PARAMETERS: Readonly<Record<string, string>> = { name: 'fund', id: 'none' };
const OPEN_BODIES = new Set(['/mcp']);
const JSON_TYPE = { 'Content-Type': 'application/json' };
const GZIP = { ...JSON_TYPE, 'Content-Encoding': 'gzip' };
/** For operations that look at the body before the name. */
const SOUND: Readonly<Record<string, string>> = {
  '/api/databases/{name}/query': '{"sql":"SELECT 1"}',
  '/api/databases/{name}/descriptions': '{"descriptions":[{"table":"fund","text":"a"}]}',
  '/api/adapters/{name}/activate': '{}',
  '/api/examples/{id}/approve': '{}',
  '/api/adapters/{name}/evaluate': '{"set":"dev"}',
  '/api/examples/{id}/edit': '{"question":"a","sql":"SELECT 1"}',
  '/api/labellings/{id}/settings': '{"target":"a"}',
  '/api/labellings/{id}/labels': '{"labels":[{"row":1,"label":null}]}',
  '/api/classifications/{id}/save': '{"name":"a"}',
  '/api/classifiers/{name}/check': `{"upload":"upload_${'0'.repeat(18)}"}`,
};
/** The same for queries. */
const SOUND_QUERY: Readonly<Record<string, string>> = {
  '/api/labellings/{id}/opinions': '?rows=1',
};
const BOMB = gzipSync(Buffer.alloc(30_000_000, ' '));

let server: DemoServer;
let closed: DemoServer;
let operations: readonly Operation[];

beforeAll(async () => {
  server = await startTinyServer({ ratePerMinute: 1_000_000 });
  closed = await startDemoServer({
    requireKey: 'always',
    ratePerMinute: 1_000_000,
    prepare: (home) => openKeyStore(join(home, 'keys.json')).add({ name: 'one' }),
  });
  operations = operationsOf(await documentOf(server.url));
});

afterAll(async () => {
  await server.close();
  await closed.close();
});

function operationsOf({ paths }: Document): Operation[] {
  return Object.entries(paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const { parameters, requestBody, responses, ...rest } = operation as unknown as {
        readonly parameters: readonly { readonly in: string }[];
        readonly requestBody?: object;
        readonly responses: Record<string, { readonly content?: object }>;
        readonly 'x-scope'?: string;
      };
      return {
        name: `${method.toUpperCase()} ${template}`,
        method: method.toUpperCase(),
        template,
        path: template.replaceAll(/\{(\w+)\}/g, (_, name: string) => PARAMETERS[name] ?? 'none'),
        hasBody: requestBody !== undefined,
        hasQuery: parameters.some((parameter) => parameter.in === 'query'),
        hasContent: responses[200]?.content !== undefined,
        needsKey: rest['x-scope'] !== undefined,
      };
    }),
  );
}

const body = (what: string, status: number, content: string | Buffer, headers = {}): Bad => ({
  what,
  status,
  body: content,
  headers: { ...JSON_TYPE, ...headers },
});

/** What is wrong with a request whatever the operation means. */
function badInputs(operation: Operation): readonly Bad[] {
  const { method, template, hasBody, hasQuery, hasContent } = operation;
  const strict = !OPEN_BODIES.has(template);
  return [
    { what: 'another method', status: 405, method: method === 'PUT' ? 'POST' : 'PUT' },
    { what: 'a method that browsers ask with', status: 405, method: 'OPTIONS' },
    { what: 'another host', status: 421, headers: { Host: 'evil.example' } },
    { what: 'a page of another site', status: 403, headers: { Origin: 'http://evil.example' } },
    {
      what: 'a request from another site',
      status: 403,
      headers: { 'Sec-Fetch-Site': 'cross-site' },
    },
    ...(hasContent && !hasBody
      ? [{ what: 'an image wanted', status: 406, headers: { Accept: 'image/png' } }]
      : []),
    ...(hasQuery
      ? ['nonsense=1', 'limit=-1', 'limit=1e9', 'after=%00', 'limit[]=1', '__proto__=1']
      : []
    ).map((query) => ({ what: `?${query}`, status: 400, path: `${operation.path}?${query}` })),
    ...(template.includes('{')
      ? [
          '..%2f..%2fetc%2fpasswd',
          '%00',
          'C%3A%5Cboot.ini',
          'x'.repeat(63),
          '__proto__',
          'constructor',
          '%F0%9F%92%A5',
        ].map((value) => ({
          what: `the name ${value.slice(0, 30)}`,
          status: 404,
          path: template.replaceAll(/\{\w+\}/g, value) + (SOUND_QUERY[template] ?? ''),
          ...(SOUND[template] !== undefined && { headers: JSON_TYPE, body: SOUND[template] }),
        }))
      : []),
    ...(template.includes('{')
      ? [
          {
            what: 'a name that is no UTF-8',
            status: 400,
            path: template.replaceAll(/\{\w+\}/g, '%ff'),
          },
        ]
      : []),
    ...(!hasBody
      ? []
      : [
          body('half of JSON', 400, '{"question":'),
          body('a list', 400, '[1]'),
          body('a word', 400, '"question"'),
          body('null', 400, 'null'),
          body('nesting', 400, `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`),
          body('bytes that are no text', 400, randomBytes(500)),
          body('another type', 415, 'question=a', { 'Content-Type': 'text/plain' }),
          body('a form', 415, 'a=b', { 'Content-Type': 'application/x-www-form-urlencoded' }),
          body('another charset', 415, '{}', {
            'Content-Type': 'application/json; charset=latin1',
          }),
          body('another encoding', 415, '{}', { 'Content-Encoding': 'zip' }),
          body('a body over the limit', 413, `{"a":"${'x'.repeat(3_000_000)}"}`),
          body('a small body that unpacks to a huge one', 413, BOMB, GZIP),
          body('half of a gzip', 400, gzipSync('{"question":1}').subarray(0, 20), GZIP),
          // Where nothing has to be said, nothing may be said.
          ...(SOUND[template] === '{}'
            ? []
            : [body('no body', 400, ''), body('an empty object', 400, '{}')]),
          ...(strict
            ? [
                body('a prototype', 400, '{"__proto__":{"isAdmin":true}}'),
                body('another constructor', 400, '{"constructor":{"prototype":{}}}'),
                body('fields nobody knows', 400, '{"nonsense":1}'),
              ]
            : []),
        ]),
  ];
}

/** fetch sets Host and normalises paths itself, so these are plain requests. */
function sendBad(to: string, operation: Operation, bad: Bad): Promise<IncomingMessage> {
  const { hostname, port } = new URL(to);
  return new Promise((resolve, reject) => {
    request(
      {
        hostname,
        port,
        method: bad.method ?? operation.method,
        path: bad.path ?? operation.path,
        headers: {
          ...bad.headers,
          ...(bad.body === undefined ? {} : { 'Content-Length': Buffer.byteLength(bad.body) }),
        },
      },
      resolve,
    )
      .on('error', reject)
      .end(bad.body);
  });
}

async function expectRefused(to: string, operation: Operation, bad: Bad): Promise<void> {
  const response = await sendBad(to, operation, bad);
  const content = await text(response);
  const what = `${operation.name} with ${bad.what}: ${content.slice(0, 300)}`;
  expect(response.statusCode, what).toBe(bad.status);
  const answer = JSON.parse(content);
  const openai = operation.template.startsWith('/v1/') && answer.error !== undefined;
  expect(response.headers['content-type'], what).toMatch(
    openai ? /^application\/json/ : /^application\/problem\+json/,
  );
  expect(openai ? answer.error.request_id : answer.request_id, what).toBe(
    response.headers['x-request-id'],
  );
  expect(openai ? answer.error.code : answer.code, what).toMatch(/^[a-z-]+$/);
  expect(content, what).not.toMatch(/node_modules|\.ts:\d|\/tmp\//);
  if (bad.status === 405) expect(response.headers.allow, what).toBeDefined();
}

describe('bad input', () => {
  it('gets the right status from every operation', async () => {
    let tried = 0;
    for (const operation of operations) {
      for (const bad of badInputs(operation)) {
        await expectRefused(server.url, operation, bad);
        tried++;
      }
    }
    expect(operations.length).toBeGreaterThan(15);
    expect(tried).toBeGreaterThan(200);
    expect(server.unexpected).toEqual([]);
  });

  it('gets 401 from every operation that needs a key, before anything is looked at', async () => {
    const guarded = operations.filter(({ needsKey }) => needsKey);
    expect(guarded.length).toBeGreaterThan(10);
    for (const operation of guarded) {
      await expectRefused(closed.url, operation, { what: 'no key', status: 401 });
      await expectRefused(closed.url, operation, {
        what: 'a forged key',
        status: 401,
        headers: { Authorization: `Bearer quaestor_${'A'.repeat(43)}`, ...JSON_TYPE },
        ...(operation.hasBody && { body: '{' }),
      });
    }
  });

  it('in headers is refused by the server itself', async () => {
    const operation = operations[0] as Operation;
    const response = await sendBad(server.url, operation, {
      what: 'huge headers',
      status: 431,
      headers: { 'X-Long': 'x'.repeat(20_000) },
    });
    response.resume();
    expect(response.statusCode).toBe(431);
  });
});
