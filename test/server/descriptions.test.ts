/** What tables and columns mean: said over HTTP, counted from the next question on. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KeyStore, openKeyStore } from '../../apps/server/src/access/key-store.ts';
import { type CalledBody, type CalledServer, startCalledServer } from './called-server.ts';

/** Shares no word with the names and comments of the database. */
const QUESTION = 'Which quokka hopped furthest?';
const MONTHS = { table: 'fund_value', column: 'month', text: 'quokka that hopped | 短尾矮袋鼠' };
/** Its table, as long as nothing tells that it has to do with the question. */
const UNTOUCHED = { name: 'fund_value', score: 0 };

let called: CalledServer;
let keys: KeyStore;

beforeAll(async () => {
  called = await startCalledServer({
    prepare: (home) => {
      keys = openKeyStore(join(home, 'keys.json'));
    },
  });
});

afterAll(() => called.close());

const describeIt = (descriptions: unknown, name = 'fund', key?: string) =>
  called.call(
    'PATCH',
    `/api/databases/${name}/descriptions`,
    { descriptions },
    key === undefined ? {} : { Authorization: `Bearer ${key}` },
  );
const shown = async (name = 'fund') => (await called.get(`/api/databases/${name}`)).body;

interface Retrieved {
  readonly name: string;
  readonly detail: { readonly tables: readonly { name: string; score: number }[] };
}

/** The tables that a question is answered from, best first. */
async function retrieved(): Promise<Retrieved['detail']['tables']> {
  const asked = { question: QUESTION, database: 'fund' };
  const { body } = await called.call('POST', '/api/ask', asked);
  const stages = body.trace as readonly Retrieved[];
  return stages.find(({ name }) => name === 'retrieve')?.detail.tables ?? [];
}

/** A database of the folder of uploaded ones, with one table of these columns. */
function putDatabase(name: string, columns: string): void {
  const file = join(called.server.home, 'databases', `${name}.sqlite`);
  rmSync(file, { force: true });
  const database = new Database(file);
  database.exec(`CREATE TABLE things (${columns})`);
  database.close();
}

describe('PATCH /api/databases/{name}/descriptions', () => {
  it('changes what the next question is answered from, and what is shown', async () => {
    expect(await retrieved()).toContainEqual(expect.objectContaining(UNTOUCHED));
    const file = join(called.server.home, 'databases', 'fund.sqlite');
    const bytes = readFileSync(file);
    const said = await describeIt([MONTHS]);
    expect(said).toMatchObject({ status: 200, body: { data: [{ ...MONTHS, known: true }] } });
    const [best, next] = await retrieved();
    expect(best?.name).toBe('fund_value');
    expect(best?.score).toBeGreaterThan(next?.score ?? 0);
    const { tables, descriptions } = await shown();
    expect(descriptions).toEqual([{ ...MONTHS, known: true }]);
    const values = (tables as readonly CalledBody[]).find(({ name }) => name === 'fund_value');
    expect(values).toMatchObject({ columns: [{ name: 'month', comment: MONTHS.text }, {}] });
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('is what assistants are told, as text', async () => {
    const text = '<img src=x onerror="alert(1)"> & more';
    await describeIt([{ table: 'fund_value', text }]);
    const client = new Client({ name: 'test', version: '1' });
    const transport = new StreamableHTTPClientTransport(new URL(`${called.server.url}/mcp`));
    await client.connect(transport as Transport);
    const { structuredContent } = await client.callTool({
      name: 'describe_tables',
      arguments: { database: 'fund', tables: ['fund_value'] },
    });
    await client.close();
    expect(structuredContent).toMatchObject({
      tables: [{ comment: text, columns: [{ name: 'month', comment: MONTHS.text }, {}] }],
    });
  });

  it('gives the comment of the file back when it is taken away', async () => {
    const column = { table: 'FUND_VALUE', column: 'MONTH' };
    const { body } = await describeIt([
      { ...column, text: null },
      { table: 'fund_value', text: null },
    ]);
    expect(body.data).toEqual([]);
    expect(JSON.stringify(await shown())).toContain('first day of the month');
    expect(await retrieved()).toContainEqual(expect.objectContaining(UNTOUCHED));
    expect(existsSync(join(called.server.home, 'descriptions', 'fund.json'))).toBe(false);
  });

  it('names everything that is wrong, and changes nothing then', async () => {
    const unknown = await describeIt([
      MONTHS,
      { table: 'fond', text: 'x' },
      { table: 'fund', column: 'fees', text: 'x' },
    ]);
    expect(called.expectProblem(unknown, 404, 'not-found')).toMatch(
      /there is no table fond; fund has no column fees; it has fund_id/,
    );
    expect(unknown.body.errors).toHaveLength(2);
    const wrong = await describeIt([
      { ...MONTHS, text: 'two\nlines' },
      { ...MONTHS, text: 'a'.repeat(501) },
      { ...MONTHS, text: ' ' },
      { table: 'fund' },
    ]);
    called.expectProblem(wrong, 400, 'bad-request');
    expect(wrong.body.errors).toEqual([
      'descriptions.0.text has line breaks or other control characters',
      'descriptions.1.text is longer than 500 characters',
      'descriptions.2.text is empty',
      expect.stringContaining('descriptions.3.text'),
    ]);
    called.expectProblem(await describeIt([MONTHS], 'none'), 404, 'no-such-database');
    called.expectProblem(await describeIt([MONTHS], 'broken'), 422, 'not-a-database');
    expect((await shown()).descriptions).toEqual([]);
  });

  it('is for keys that may change whole databases; others see what they may read', async () => {
    await describeIt([MONTHS, { table: 'fund', text: 'funds of the house' }]);
    const { key: reader } = keys.add({ name: 'reader' });
    const allow = ['fund.fund'];
    const { key: part } = keys.add({ name: 'part', scope: 'train', allow });
    called.expectProblem(await describeIt([MONTHS], 'fund', reader), 403, 'forbidden');
    called.expectProblem(await describeIt([MONTHS], 'fund', part), 403, 'forbidden');
    const { body } = await called.call('GET', '/api/databases/fund', undefined, {
      Authorization: `Bearer ${part}`,
    });
    expect(body.descriptions).toEqual([
      { table: 'fund', column: null, text: 'funds of the house', known: true },
    ]);
    expect(JSON.stringify(body)).not.toContain('quokka');
  });
});

describe('descriptions of an uploaded database', () => {
  it('stay when a column vanishes, count for nothing meanwhile, and go with the database', async () => {
    putDatabase('stock', 'a TEXT, b TEXT');
    const described = { table: 'things', column: 'b', text: 'what it costs' };
    expect((await describeIt([described], 'stock')).status).toBe(200);
    putDatabase('stock', 'a TEXT, c TEXT');
    expect((await shown('stock')).descriptions).toEqual([{ ...described, known: false }]);
    expect(JSON.stringify((await shown('stock')).tables)).not.toContain('what it costs');
    putDatabase('stock', 'a TEXT, b TEXT');
    expect((await shown('stock')).descriptions).toEqual([{ ...described, known: true }]);
    putDatabase('stock', 'a TEXT, c TEXT');
    expect((await describeIt([{ ...described, text: null }], 'stock')).body.data).toEqual([]);
    await describeIt([{ table: 'things', text: 'parts' }], 'stock');
    expect((await called.call('DELETE', '/api/databases/stock')).status).toBe(204);
    putDatabase('stock', 'a TEXT, b TEXT');
    expect((await shown('stock')).descriptions).toEqual([]);
  });

  it('may be of names with dots', async () => {
    putDatabase('dotted', '"a.b" TEXT');
    const described = { table: 'things', column: 'a.b', text: 'a name with a dot' };
    expect((await describeIt([described], 'dotted')).status).toBe(200);
    expect((await shown('dotted')).descriptions).toEqual([{ ...described, known: true }]);
  });
});

it('says what is damaged without telling where the state folder lies', async () => {
  putDatabase('torn', 'a');
  const told = { table: 'things', column: 'a', text: 'a thing' };
  await describeIt([told], 'torn');
  writeFileSync(join(called.server.home, 'descriptions', 'torn.json'), '{');
  const detail = called.expectProblem(await describeIt([told], 'torn'), 422, 'bad-data');
  expect(detail).toMatch(/^descriptions\/torn\.json is damaged/);
});
