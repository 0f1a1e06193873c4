/** Requests with bodies that are nearly right: no answer may be a fault of the server, whatever they are. */
import type { Random } from '@quaestor/peft';
import { startDemoServer } from '../demo-server.ts';
import { mutateBytes, mutateText } from './mutate.ts';
import type { FuzzTarget } from './target.ts';

const ask = { question: 'How many funds are there?', database: 'fund', dry_run: true, max_rows: 5 };
const chat = { model: 'scripted', messages: [{ role: 'user', content: 'Hello' }], max_tokens: 4 };
const call = (method: string, params: object) => ({ jsonrpc: '2.0', id: 1, method, params });

/** Sound bodies, by where they are sent. */
const BODIES: readonly (readonly [path: string, body: unknown])[] = [
  ['/api/ask', ask],
  ['/api/databases/fund/query', { sql: 'SELECT fund_name FROM fund', max_rows: 3 }],
  [
    '/api/feedback',
    { verdict: 'down', database: 'fund', question: 'How many?', corrected_sql: 'SELECT 1' },
  ],
  ['/api/examples/1/approve', {}],
  ['/api/jobs', { kind: 'index', params: { database: 'none' }, priority: 1 }],
  ['/api/adapters', { name: '../x', max_steps: 1 }],
  ['/api/compositions', { name: 'both', adapters: ['none', 'no'], weights: [0.5, 0.5] }],
  ['/api/adapters/none/activate', { force: true }],
  ['/api/classifications', { upload: `upload_${'0'.repeat(18)}`, target: 'a', trees: 10 }],
  ['/v1/chat/completions', { ...chat, stream: false, temperature: 0, stop: ['x'], n: 1 }],
  ['/v1/completions', { model: 'scripted', prompt: 'Hello', max_tokens: 4, logprobs: 1 }],
  [
    '/mcp',
    call('tools/call', { name: 'run_sql', arguments: { database: 'fund', sql: 'SELECT 1' } }),
  ],
  ['/mcp', call('tools/list', {})],
];

const WORDS = [
  ...['null', 'true', '-1', '1e999', '0', '""', '[]', '{}', '"__proto__"', '"constructor"'],
  ...['{', '}', '[', ']', ':', ',', '"', '\\', '\\u0000', '\\ud800', '9007199254740993', '"x":1,'],
  ...['.5', '"sql"', '"question"', '"database"', '"fund"', '"../../etc"', '"__proto__":{"a":1},'],
];

/** Answers that a broken server would give; 501 and later tell of something else. */
const FAULT = 500;

/** Milliseconds that an answer to a small body may take. */
const LONGEST = 20_000;

export const bodyTarget: FuzzTarget = {
  name: 'json',
  open: async () => {
    const server = await startDemoServer({ ratePerMinute: 1e9, maxWaiting: 1000 });
    await server.loaded;
    return {
      tryOne: async (random) => {
        const [path, body] = BODIES[random.integer(BODIES.length)] as (typeof BODIES)[number];
        const response = await fetch(server.url + path, {
          method: 'POST',
          headers: {
            'Content-Type': 'application/json',
            Accept: 'application/json, text/event-stream',
          },
          body: changed(JSON.stringify(body), random),
          signal: AbortSignal.timeout(LONGEST),
        });
        const content = await response.text();
        const type = response.headers.get('content-type') ?? '';
        if (type.includes('json')) JSON.parse(content);
        if (response.status === FAULT || server.unexpected.length > 0) {
          throw new Error(`${path}: ${response.status} ${content} ${server.unexpected.join()}`);
        }
      },
      close: () => server.close(),
    };
  },
};

function changed(text: string, random: Random): Uint8Array<ArrayBuffer> {
  const bytes =
    random.integer(3) === 0
      ? mutateBytes(Buffer.from(text), random)
      : Buffer.from(mutateText(text, WORDS, random));
  return new Uint8Array(bytes);
}
