/**
 * Statements that attack and statements that only look so, the whole way: over HTTP as a statement of
 * one's own, and as what a model that was talked into it writes.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createFinSql, type Generator, refusal } from '@quaestor/finsql';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forbiddenOperation } from '../../packages/finsql/src/database/opcodes.ts';
import { openReadOnly } from '../../packages/finsql/src/database/open.ts';
import { type DemoServer, startDemoServer } from '../demo-server.ts';
import { type Body, bodyOf, send } from './requests.ts';

interface Attack {
  readonly id: number;
  readonly sql?: string;
  /** Instead of a long `sql`: parts and how often each is repeated. */
  readonly build?: readonly (readonly [text: string, times: number])[];
  readonly expect: 'refused' | 'bounded';
}

interface Legit {
  readonly id: number;
  readonly sql: string;
  readonly rows: number;
}

const golden = (name: string): string =>
  readFileSync(new URL(`../golden/guard/${name}`, import.meta.url), 'utf8');

const attacks = (JSON.parse(golden('attacks.json')) as Attack[]).map(
  ({ id, sql, build, ...rest }) => ({
    id,
    sql: sql ?? (build ?? []).map(([text, times]) => text.repeat(times)).join(''),
    ...rest,
  }),
);
const legit: readonly Legit[] = JSON.parse(golden('legit.json'));

const MOST_ROWS = 500;
/** Of a statement; long enough for a fresh query process to open the file. */
const STATEMENT_SECONDS = 1;
/** Of those that a limit has to end, every so many-th is tried; all with QUAESTOR_TEST_ALL. */
const EVERY = process.env.QUAESTOR_TEST_ALL ? 1 : 6;
/** What may be said of a statement that was not run, or not run to its end. */
const NOT_RUN = /^(?:refused|sql-error|bad-request|too-large|generation-failed)$/;
const BOUNDED = /^(?:refused|sql-error|bad-request|out-of-memory|timeout)$/;

let server: DemoServer;
let folder: string;
let before: readonly string[];
/** What the model writes next. */
let written = '';

beforeAll(async () => {
  const generator: Generator = {
    name: 'persuaded',
    countTokens: (text) => Math.ceil(text.length / 4),
    async *generate() {
      const text = written;
      yield { prompt: 0, candidate: 0, text, logProbability: 0, tokens: 9, finish: 'stop' };
    },
  };
  server = await startDemoServer({
    ratePerMinute: 1_000_000,
    maxWaiting: 1000,
    statementSeconds: STATEMENT_SECONDS,
    prepare: (home) => {
      const database = new Database(join(home, 'databases', 'guard.sqlite'));
      database.exec(golden('schema.sql'));
      database.close();
    },
    load: async () => {
      // What fails is to be told as such, not as a question without an answer.
      const finSql = createFinSql({ generator, abstain: false, samples: 2, wordByWord: false });
      return { name: generator.name, finSql, close: () => finSql.close() };
    },
  });
  await server.loaded;
  folder = join(server.home, 'databases');
  before = contentOf(folder);
});

afterAll(() => server.close());

/** Names and hashes of the files of a folder. */
function contentOf(place: string): string[] {
  return readdirSync(place).map(
    (name) =>
      `${name} ${createHash('sha256')
        .update(readFileSync(join(place, name)))
        .digest('hex')}`,
  );
}

interface Reply extends Body {
  readonly responded: number;
}

async function query(sql: string): Promise<Reply> {
  const response = await send(server.url, '/api/databases/guard/query', {
    body: { sql, max_rows: MOST_ROWS },
  });
  return { ...(await bodyOf(response)), responded: response.status };
}

async function ask(sql: string): Promise<Reply> {
  written = sql;
  const body = { question: 'Which employees are there?', database: 'guard', max_rows: MOST_ROWS };
  const response = await send(server.url, '/api/ask', { body });
  return { ...(await bodyOf(response)), responded: response.status };
}

/** By SQLite's own plan. */
function readsTable(sql: string): boolean {
  const database = openReadOnly(join(folder, 'guard.sqlite'));
  try {
    const plan = database.prepare<[], { opcode: string }>(`EXPLAIN ${sql}`).all();
    return plan.some(({ opcode }) => opcode === 'OpenRead');
  } finally {
    database.close();
  }
}

const failures = (found: readonly { readonly id: number; readonly reply: Reply }[]) =>
  found.map(
    ({ id, reply }) => `${id}: ${reply.responded} ${reply.code ?? ''} ${reply.detail ?? ''}`,
  );

describe.each([
  ['as a statement of one’s own', query],
  ['as what the model writes', ask],
] as const)('%s', (_how, put) => {
  it('attacks are refused', async () => {
    const through = [];
    for (const { id, sql } of attacks.filter((attack) => attack.expect === 'refused')) {
      const reply = await put(sql);
      // What a model writes is read and mended first: then another statement, and a sound one, ran.
      const mended = reply.sql !== undefined && reply.sql !== sql;
      const refused = reply.responded >= 400 && NOT_RUN.test(String(reply.code));
      if (!refused && !(mended && refusal(String(reply.sql)) === undefined)) {
        through.push({ id, reply });
      }
    }
    expect(failures(through)).toEqual([]);
  });

  it('what only looks like an attack runs, with its rows', async () => {
    const refused = [];
    for (const { id, sql, rows } of legit) {
      const reply = await put(sql);
      // No question about data is answered by a statement that reads none.
      const isIdle = put === ask && !readsTable(sql);
      const asItShould = isIdle
        ? /reads no table/.test(String(reply.detail))
        : reply.responded === 200 && reply.rows.length === Math.min(rows, MOST_ROWS);
      if (!asItShould) refused.push({ id, reply });
    }
    expect(failures(refused)).toEqual([]);
  });
});

it('what would never end is ended, and the next statement runs', async () => {
  const unbounded = [];
  const endless = attacks.filter((attack) => attack.expect === 'bounded');
  for (const { id, sql } of endless.filter((_, index) => index % EVERY === 0)) {
    const began = performance.now();
    const reply = await query(sql);
    const seconds = (performance.now() - began) / 1000;
    const bounded =
      reply.responded === 200 ? reply.rows.length <= MOST_ROWS : BOUNDED.test(String(reply.code));
    // A new query process may have to start first.
    if (!bounded || seconds > STATEMENT_SECONDS + 10) unbounded.push({ id, reply });
    await expect.poll(async () => (await query('SELECT 1')).responded).toBe(200);
  }
  expect(failures(unbounded)).toEqual([]);
}, 240_000);

it('has changed no file and made none', () => {
  expect(contentOf(folder)).toEqual(before);
  expect(readdirSync(dirname(folder)).filter((name) => /vacuum|copy|\.db$/.test(name))).toEqual([]);
  expect(server.unexpected).toEqual([]);
});

it('takes no more than 0.3 ms a statement', () => {
  const database = openReadOnly(join(folder, 'guard.sqlite'));
  // The best of some rounds: a busy machine holds some of them up.
  const rounds = Array.from({ length: 9 }, () => {
    const began = performance.now();
    for (const { sql } of legit) refusal(sql) ?? forbiddenOperation(database, sql);
    return (performance.now() - began) / legit.length;
  });
  database.close();
  expect(Math.min(...rounds)).toBeLessThan(0.3);
});
