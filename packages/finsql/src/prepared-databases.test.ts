import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Database } from './database/sqlite.ts';
import { latestIndex } from './latest-index.ts';
import { createPreparedDatabases } from './prepared-databases.ts';
import { overlaySpiderTables, type SpiderTables } from './schema/spider-tables.ts';

const before = process.env.QUAESTOR_HOME;
const home = mkdtempSync(join(tmpdir(), 'quaestor-prepared-'));
const file = join(home, 'large.sqlite');

beforeAll(() => {
  process.env.QUAESTOR_HOME = home;
  const database = new Database(file);
  database.exec('create table client (name text, note text)');
  const insert = database.prepare('insert into client values (?, ?)');
  database.transaction(() => {
    // Notes are too long to be values: they make the file large, and the index stays quick to make.
    for (let i = 0; i < 2000; i++) insert.run(`Client ${i} Holdings`, 'x'.repeat(10_000));
  })();
  database.close();
});

afterAll(() => {
  if (before === undefined) delete process.env.QUAESTOR_HOME;
  else process.env.QUAESTOR_HOME = before;
  rmSync(home, { recursive: true });
});

/** Turns of the event loop while something is waited for. */
async function turnsDuring<Result>(work: Promise<Result>) {
  let turns = 0;
  let over = false;
  const ended = work.finally(() => {
    over = true;
  });
  while (!over) {
    await setImmediate();
    turns++;
  }
  return { result: await ended, turns };
}

it('reads a large database without keeping others waiting, once for all who ask', async () => {
  expect(statSync(file).size).toBeGreaterThan(16 * 2 ** 20);
  const databases = createPreparedDatabases(async () => undefined);
  const both = Promise.all([databases.get({ file }), databases.get({ file })]);
  const { result, turns } = await turnsDuring(both);
  expect(turns).toBeGreaterThan(50);
  const [first, second] = result;
  expect(first.context.values).toBe(second.context.values);
  expect(first.context.values.find('What of client 1234 holdings?')).toMatchObject([
    { table: 'client', column: 'name', value: 'Client 1234 Holdings' },
  ]);
  const sides = readdirSync(join(home, 'indexes')).filter((name) => name.endsWith('.values'));
  expect(sides).toHaveLength(1);
  expect((await databases.get({ file })).cached).toBe(true);
});

it('prepares a file anew for names that another source of it does not bring', async () => {
  const small = join(home, 'small.sqlite');
  const database = new Database(small);
  database.exec('create table cl (nm text)');
  database.close();
  const tables: SpiderTables = {
    db_id: 'small',
    table_names_original: ['cl'],
    table_names: ['client'],
    column_names_original: [
      [-1, '*'],
      [0, 'nm'],
    ],
    column_names: [
      [-1, '*'],
      [0, 'full name'],
    ],
    foreign_keys: [],
    primary_keys: [],
  };
  const databases = createPreparedDatabases(async () => undefined);
  const plain = await databases.get({ file: small });
  const named = await databases.get({ file: small, tables });
  expect(named.context.schema).toEqual(overlaySpiderTables(plain.context.schema, tables));
  expect(named.context.schema).not.toEqual(plain.context.schema);
  expect((await databases.get({ file: small })).context.schema).toEqual(plain.context.schema);
  expect((await databases.get({ file: small, tables: { ...tables } })).cached).toBe(true);
});

it('keeps what a part of it holds in an index of its own', async () => {
  const databases = createPreparedDatabases(async () => undefined);
  const hidden = await databases.get({ file, allow: { client: ['note'] } });
  expect(hidden.context.values.find('What of client 1234 holdings?')).toEqual([]);
  const [part, ...more] = readdirSync(join(home, 'indexes')).filter((name) => /^part-/.test(name));
  expect(more).toEqual([]);
  const side = readdirSync(join(home, 'indexes', part as string)).find((name) =>
    name.endsWith('.values'),
  );
  expect(readFileSync(join(home, 'indexes', part as string, side as string), 'latin1')).not.toMatch(
    /Client \d+ Holdings/,
  );
  expect((await databases.get({ file })).context.values.size).toBe(2000);
});

it('indexes many questions in turns of the event loop, once as long as they stay the same', async () => {
  const items = Array.from({ length: 500 }, (_, i) => ({
    question: `How many clients has branch ${i}?`,
    db: 'large',
    sql: 'select 1',
  }));
  let now: typeof items = items;
  const index = latestIndex(() => now);
  const { result, turns } = await turnsDuring(index());
  expect(turns).toBeGreaterThan(5);
  expect(result?.nearest('clients of branch 321', 'large', 1)).toMatchObject([{ index: 321 }]);
  expect(await index()).toBe(result);
  now = items.slice(0, 10);
  expect((await index())?.size).toBe(10);
});
