/** What the command line starts of the server: keys, and the tools for assistants over stdio. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKeyStore } from '../../apps/server/src/access/key-store.ts';

const binary = fileURLToPath(new URL('../../apps/cli/bin/quaestor.mjs', import.meta.url));
let home: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'quaestor-programs-'));
  mkdirSync(join(home, 'databases'));
  const database = new Database(join(home, 'databases', 'shop.sqlite'));
  database.exec(
    "CREATE TABLE sale (id INTEGER, note TEXT); INSERT INTO sale VALUES (1, '\u009b2J')",
  );
  database.close();
});

afterAll(() => rmSync(home, { recursive: true, force: true }));

const environment = () => ({
  ...process.env,
  QUAESTOR_HOME: home,
  QUAESTOR_MODEL: home,
});

async function quaestor(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const options = { env: environment() };
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [binary, ...words],
      options,
    );
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

describe('quaestor keys', () => {
  it('makes a key that is shown once, lists it and revokes it', async () => {
    const made = await quaestor('keys', 'add', 'me', '--scope', 'train', '--allow', 'shop.sale');
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^quaestor_[\w-]{43}\n$/) });
    const keys = openKeyStore(join(home, 'keys.json'));
    expect(keys.find(made.out.trim())).toMatchObject({ name: 'me', scope: 'train' });
    const listed = await quaestor('keys', 'list');
    expect(listed.out).toMatch(/me +train +shop\.sale/);
    expect(listed.out).not.toContain(made.out.trim());
    expect((await quaestor('keys', 'revoke', 'me')).code).toBe(0);
    expect(keys.find(made.out.trim())).toBeNull();
  });

  it('reads dots as the names have them that are there', async () => {
    for (const name of ['ledger', 'ledger.2024']) {
      const database = new Database(join(home, 'databases', `${name}.sqlite`));
      database.exec('create table fund (a); create table "Open.Price" (a)');
      database.close();
    }
    const items = [
      'ledger.2024',
      'ledger.fund.a',
      'ledger.open.price.a',
      'ledger.2024.fund',
      'n.m',
    ];
    const words = items.flatMap((item) => ['--allow', item]);
    const made = JSON.parse((await quaestor('keys', 'add', 'dots', ...words, '--json')).out);
    expect(made.allow).toEqual([
      '"ledger.2024"',
      'ledger.fund.a',
      'ledger."open.price".a',
      '"ledger.2024".fund',
      'n.m',
    ]);
    expect(made.warnings).toEqual(['There is no n.m now; the key may read it once it is there.']);
  });

  it('says what is wrong', async () => {
    const twice = await quaestor('keys', 'revoke', 'nobody');
    expect(twice).toMatchObject({ code: 3, err: expect.stringContaining('no key nobody') });
    const odd = await quaestor('keys', 'add', 'x', '--allow', 'a.b.c.d');
    expect(odd).toMatchObject({ code: 3, err: expect.stringContaining('database.table.column') });
  });

  it('are read by no server that finds them damaged', async () => {
    writeFileSync(join(home, 'keys.json'), '{');
    expect((await quaestor('keys', 'list')).err).toContain('keys add');
    rmSync(join(home, 'keys.json'));
  });
});

describe('quaestor mcp', () => {
  it('speaks the protocol over stdio, even without a model', async () => {
    const client = new Client({ name: 'test', version: '1' });
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [binary, 'mcp'],
      env: environment() as Record<string, string>,
      stderr: 'ignore',
    });
    await client.connect(transport);
    const call = async (name: string, args: Record<string, unknown>) =>
      (await client.callTool({ name, arguments: args })) as unknown as {
        readonly isError?: boolean;
        readonly structuredContent?: { readonly rows: unknown };
        readonly content: readonly { readonly text: string }[];
      };
    const rows = await call('run_sql', { database: 'shop', sql: 'SELECT * FROM sale' });
    expect(rows.structuredContent?.rows).toEqual([[1, '\u009b2J']]);
    const asked = await call('ask', { database: 'shop', question: 'How many sales?' });
    expect(asked.isError).toBe(true);
    expect(asked.content[0]?.text).toMatch(/^model-failed: /);
    await client.close();
  });
});
