/** Conversations typed at a terminal, over an asking that answers by rote. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFinSql, type Generator } from '@quaestor/finsql';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import type { Terminal } from '../command.ts';
import { EXIT } from '../errors.ts';
import { askLines } from './ask-lines.ts';
import { Conversation } from './conversation.ts';
import { askInteractively } from './interactive.ts';
import type { Asking } from './open-asking.ts';

const ENDLESS = 'Which fund never ends?';
const TOO_LONG = `How many ${'funds '.repeat(1000)}?`;
const KEYS = { interrupt: '\x03', end: '\x04', up: '\x1b[A', enter: '\r' };

const before = process.env.QUAESTOR_HOME;
let home = '';
let file = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'quaestor-ask-'));
  process.env.QUAESTOR_HOME = home;
  file = join(home, 'funds.sqlite');
  const database = new Database(file);
  database.exec(
    "create table fund (fund_name text, assets real); insert into fund values ('River\u001b[2J Bond', 830), ('Summit', 12.5)",
  );
  database.close();
});

afterEach(() => {
  if (before === undefined) delete process.env.QUAESTOR_HOME;
  else process.env.QUAESTOR_HOME = before;
  rmSync(home, { recursive: true });
});

/** The whole pipeline; its model knows two statements. One for all tests: its query process takes a moment. */
const asking = rote();

beforeEach(() => {
  asking.threads.length = 0;
});

afterAll(() => asking.close());

function rote(): Asking & { readonly threads: number[] } {
  const generator: Generator = {
    name: 'rote',
    countTokens: (text) => text.length,
    async *generate([prompt = ''], { signal } = {}) {
      if (prompt.includes(ENDLESS)) {
        await new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        });
      }
      const text = prompt.includes('How many')
        ? 'SELECT count(*) FROM fund'
        : 'SELECT fund_name, assets FROM fund ORDER BY assets';
      yield { prompt: 0, candidate: 0, text, logProbability: 0, tokens: 9, finish: 'stop' };
    },
  };
  const finSql = createFinSql({ generator });
  const threads: number[] = [];
  return {
    threads,
    ask: (question, path, { signal, thread = [] }) => {
      threads.push(thread.length);
      return finSql.ask(question, path, { signal, thread });
    },
    close: async () => finSql.close(),
  };
}

interface Session {
  readonly ended: Promise<unknown>;
  readonly out: () => string;
  readonly said: () => string;
  type(keys: string): void;
  /** Waits until it says that. */
  until(stream: 'out' | 'said', text: string, times?: number): Promise<void>;
}

function startSession(start: (terminal: Terminal) => Promise<unknown>): Session {
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const texts = { out: '', said: '' };
  stdout.on('data', (chunk) => {
    texts.out += chunk;
  });
  stderr.on('data', (chunk) => {
    texts.said += chunk;
  });
  const { signal } = new AbortController();
  return {
    ended: start({ stdin, stdout, stderr, signal, cwd: home, env: {} }),
    out: () => texts.out,
    said: () => texts.said,
    type: (keys) => stdin.write(keys),
    until: (stream, text, times = 1) =>
      expect
        .poll(() => texts[stream].split(text).length - 1, { timeout: 20_000 })
        .toBeGreaterThanOrEqual(times),
  };
}

const converse = () => startSession((terminal) => askInteractively(asking, file, false, terminal));

it('answers, tells more about the answer, and keeps what was typed', async () => {
  const session = converse();
  await session.until('said', 'funds> ');
  session.type(`Which funds are there?${KEYS.enter}`);
  await session.until('out', '2 rows');
  session.type(
    `:sql${KEYS.enter}:why${KEYS.enter}:tables${KEYS.enter}:run select 6 * 7 as n${KEYS.enter}`,
  );
  await session.until('out', '42');
  session.type(`:nonsense${KEYS.enter}`);
  await session.until('said', 'There is no :nonsense. There are :sql');
  session.type(`How many funds are there?${KEYS.enter}`);
  await session.until('out', '1 row in');
  session.type(`:quit${KEYS.enter}`);
  await session.ended;
  const out = session.out();
  expect(out).toContain('SELECT fund_name, assets FROM fund ORDER BY assets');
  expect(out).toContain('fund_name, assets');
  expect(out).not.toContain('\x1b[2J');
  expect(asking.threads).toEqual([0, 1]);
  const history = readFileSync(join(home, 'ask-history'), 'utf8').split('\n');
  expect(history.slice(0, 2)).toEqual(['Which funds are there?', ':sql']);
});

it('remembers lines of earlier conversations', async () => {
  const first = converse();
  first.type(`How many funds are there?${KEYS.enter}`);
  await first.until('out', '1 row in');
  first.type(KEYS.end);
  await first.ended;
  const second = converse();
  await second.until('said', 'funds> ');
  second.type(`${KEYS.up}${KEYS.enter}`);
  await second.until('out', '1 row in');
  second.type(KEYS.end);
  await second.ended;
});

it('goes on where its history cannot be kept', async () => {
  // No folder can be made under a file.
  process.env.QUAESTOR_HOME = join(file, 'home');
  const session = converse();
  session.type(`How many funds are there?${KEYS.enter}`);
  await session.until('out', '1 row in');
  session.type(KEYS.end);
  await session.ended;
});

it('stops the running answer on Ctrl-C and leaves on the second', async () => {
  const session = converse();
  session.type(`${ENDLESS}${KEYS.enter}`);
  await expect.poll(() => asking.threads.length).toBe(1);
  await sleep(50);
  session.type(KEYS.interrupt);
  await session.until('said', 'Stopped.');
  session.type(`How many funds are there?${KEYS.enter}`);
  await session.until('out', '1 row in');
  // What was stopped is no part of the conversation.
  expect(asking.threads).toEqual([0, 0]);
  session.type(`half a quest${KEYS.interrupt}`);
  session.type(KEYS.interrupt);
  await session.until('said', 'Ctrl-C again');
  session.type(KEYS.interrupt);
  await session.ended;
});

it('answers questions of standard input, one a line', async () => {
  const stdin = new PassThrough();
  stdin.end(
    `How many funds are there?\n\n \nWhich funds are there?\r\nWhy is the sky blue?\n${TOO_LONG}\n`,
  );
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const { signal } = new AbortController();
  const terminal = { stdin, stdout, stderr, signal, cwd: home, env: {} };
  const kept = { ...asking, close: async () => {} };
  const code = await askLines(async () => kept, file, true, terminal);
  stdout.end();
  const lines = (await stdout.toArray())
    .join('')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ question }) => question)).toEqual([
    'How many funds are there?',
    'Which funds are there?',
    'Why is the sky blue?',
    TOO_LONG,
  ]);
  expect(lines[0].rows).toEqual([[2]]);
  expect(lines[2].kind).toBe('abstained');
  expect(lines[3].error.code).toBe('bad-question');
  // That of the first question without an answer.
  expect(code).toBe(EXIT.abstained);
});

it('says what is missing where standard input is empty', async () => {
  const stdin = new PassThrough();
  stdin.end('\n');
  const { signal } = new AbortController();
  const terminal = {
    stdin,
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    signal,
    cwd: home,
    env: {},
  };
  const open = () => Promise.reject(new Error('not needed'));
  await expect(askLines(open, file, false, terminal)).rejects.toThrow(
    'one a line on standard input',
  );
});

it('understands a follow-up to the last of more follow-ups than are kept', async () => {
  const conversation = new Conversation(asking, file);
  const { signal } = new AbortController();
  const years = Array.from({ length: 11 }, (_, at) => 2015 + at);
  const asked: (string | null)[] = [];
  for (const year of years) {
    const question = year === 2015 ? 'How many funds were there in 2015?' : `And in ${year}?`;
    asked.push((await conversation.ask(question, signal)).standalone_question);
  }
  const whole = years.slice(1).map((year) => `How many funds were there in ${year}?`);
  expect(asked).toEqual([null, ...whole]);
});
