/** The tools for assistants, with the SDK's own client over HTTP. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENDLESS, startDemoServer } from '../demo-server.ts';
import { startTinyServer, type TinyServer } from './tiny-model-server.ts';

const DOCTORATE = 'Which fund managers have a doctorate?';

let server: TinyServer;
let client: Client;

beforeAll(async () => {
  server = await startTinyServer();
  client = new Client({ name: 'test', version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`));
  await client.connect(transport as Transport);
});

afterAll(async () => {
  await client.close();
  await server.close();
});

interface Result {
  readonly isError?: boolean;
  readonly structuredContent?: {
    readonly databases: readonly { readonly name: string }[];
    readonly tables: readonly object[];
    readonly classes: readonly string[];
    readonly rows: readonly { readonly label: string; readonly probabilities: readonly number[] }[];
  };
  readonly content: readonly { readonly text: string }[];
}

const call = async (name: string, args: Record<string, unknown> = {}) =>
  (await client.callTool({ name, arguments: args })) as unknown as Result;

describe('MCP over HTTP', () => {
  it('offers five tools, all of which only read', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'list_databases',
      'describe_tables',
      'ask',
      'run_sql',
      'classify',
    ]);
    for (const { annotations, outputSchema } of tools) {
      expect(annotations?.readOnlyHint).toBe(true);
      expect(outputSchema).toBeDefined();
    }
  });

  it('lists databases and describes tables', async () => {
    const listed = await call('list_databases');
    expect(listed.structuredContent?.databases.map(({ name }) => name)).toEqual(['broken', 'fund']);
    const described = await call('describe_tables', { database: 'fund', tables: ['FUND'] });
    expect(described.structuredContent?.tables).toMatchObject([{ name: 'fund', rowCount: 3 }]);
    const unknown = await call('describe_tables', { database: 'fund', tables: ['x'] });
    expect(unknown).toMatchObject({ isError: true });
    expect(unknown.content[0]?.text).toContain('it has fund_manager, fund, fund_value');
  });

  it('asks, and tells of its progress', async () => {
    const stages: (string | undefined)[] = [];
    const asked = (await client.callTool(
      { name: 'ask', arguments: { database: 'fund', question: DOCTORATE } },
      undefined,
      { onprogress: ({ message }) => stages.push(message) },
    )) as unknown as Result;
    expect(asked.structuredContent?.rows).toEqual([
      ['Chen Hao', 'PhD'],
      ['Lin Yue', 'PhD'],
    ]);
    expect(stages).toContain('generate');
    expect(JSON.parse(asked.content[0]?.text ?? '')).toEqual(asked.structuredContent);
  });

  it('runs a SELECT, and says why it runs nothing else', async () => {
    const found = await call('run_sql', { database: 'fund', sql: 'SELECT COUNT(*) FROM fund' });
    expect(found.structuredContent?.rows).toEqual([[3]]);
    const refused = await call('run_sql', { database: 'fund', sql: 'DROP TABLE fund' });
    expect(refused).toMatchObject({ isError: true });
    expect(refused.content[0]?.text).toMatch(/^refused: /);
    const elsewhere = await call('run_sql', { database: '../fund', sql: 'SELECT 1' });
    expect(elsewhere.content[0]?.text).toMatch(/^no-such-database: /);
  });

  it('labels the rows of a table from those that have a label', async () => {
    const labelled = Array.from(
      { length: 40 },
      (_, i) => `${i},${i % 2},${i % 2 ? 'odd' : 'even'}`,
    );
    const csv = ['n,rest,kind', ...labelled, '98,0,', '99,1,'].join('\n');
    const { structuredContent } = await call('classify', { csv, target: 'kind' });
    expect(structuredContent).toMatchObject({ classes: ['even', 'odd'], labelled: 40 });
    expect(structuredContent?.rows.map(({ label }) => label)).toEqual(['even', 'odd']);
  });

  it('lets the language model decide where no row has a label', async () => {
    const classes = ['yes', 'no'];
    const { structuredContent } = await call('classify', {
      csv: 'n,kind\n1,\n2,\n',
      target: 'kind',
      classes,
    });
    expect(structuredContent?.rows).toHaveLength(2);
    for (const { probabilities } of structuredContent?.rows ?? []) {
      expect((probabilities[0] ?? 0) + (probabilities[1] ?? 0)).toBeCloseTo(1, 6);
    }
  });

  it.each([
    ['a column that is not there', { csv: 'a,b\n1,2\n', target: 'c' }],
    ['a table without rows', { csv: 'a,b\n', target: 'b' }],
    ['labels of one class only', { csv: 'a,b\n1,x\n2,x\n3,\n', target: 'b' }],
    ['arguments of other types', { csv: 7, target: 'b' }],
  ])('says what is wrong with %s', async (_what, args) => {
    const failed = await call('classify', args);
    expect(failed.isError).toBe(true);
    expect(failed.content[0]?.text).not.toMatch(/internal|quaestor-classify-/);
  });

  it('answers other methods and messages as HTTP does', async () => {
    const get = await fetch(`${server.url}/mcp`);
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
    const post = await fetch(`${server.url}/mcp`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
      },
      body: '{"hello":1}',
    });
    expect(post.status).toBe(400);
    expect(server.unexpected).toEqual([]);
  });

  it('ends a call that is cancelled, where it is the only one of its number', async () => {
    const asked = await startDemoServer({ drainSeconds: 0 });
    await asked.loaded;
    const { generator } = asked;
    const post = (message: object) =>
      fetch(`${asked.url}/mcp`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Accept: 'application/json, text/event-stream',
        },
        body: JSON.stringify({ jsonrpc: '2.0', ...message }),
      });
    const ask = async (id: number) => {
      const params = { name: 'ask', arguments: { database: 'fund', question: ENDLESS } };
      return (await post({ id, method: 'tools/call', params })).text();
    };
    const cancel = async (requestId: number) => {
      const params = { requestId, reason: 'no more of it' };
      expect((await post({ method: 'notifications/cancelled', params })).status).toBe(202);
    };
    const endless = (count: number) => expect.poll(() => generator.endless).toBe(count);
    const first = ask(7);
    await endless(1);
    await cancel(8);
    expect(generator.endless).toBe(1);
    await cancel(7);
    await endless(0);
    expect(await first).toBe('');
    const twins = [ask(7), ask(7)].map((call) => call.catch(() => 'ended'));
    await endless(2);
    await cancel(7);
    expect(generator.endless).toBe(2);
    await asked.close();
    await Promise.all(twins);
    expect([generator.aborted, asked.unexpected]).toEqual([3, []]);
  });

  it('counts each message of a batch, which later versions do not have', async () => {
    const send = (messages: number, version?: string) =>
      fetch(`${server.url}/mcp`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Accept: 'application/json, text/event-stream',
          ...(version !== undefined && { 'MCP-Protocol-Version': version }),
        },
        body: JSON.stringify(
          Array.from({ length: messages }, (_, id) => ({ jsonrpc: '2.0', id, method: 'ping' })),
        ),
      });
    for (const version of ['2025-06-18', '2025-11-25']) {
      expect((await send(2, version)).status).toBe(400);
    }
    const left = (response: Response) =>
      Number(/r=(\d+)/.exec(response.headers.get('ratelimit') ?? '')?.[1]);
    const before = await send(10);
    expect(before.status).toBe(200);
    expect(left(await send(1, '2025-03-26'))).toBe(left(before) - 10);
    const tight = await startDemoServer({ ratePerMinute: 5 });
    const crowd = await fetch(`${tight.url}/mcp`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify(Array(6).fill({ jsonrpc: '2.0', id: 1, method: 'ping' })),
    });
    expect(crowd.status).toBe(429);
    expect(Number(crowd.headers.get('retry-after'))).toBeGreaterThan(0);
    await tight.close();
  });
});
