import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runIn } from '../testing/command-line.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-augment-'));
  mkdirSync(join(folder, 'database'));
  const database = new Database(join(folder, 'database', 'shop.sqlite'));
  database.exec(`create table item (id integer primary key, item_name text, colour text, price real);
    insert into item values (1, 'Cup', 'red', 3), (2, 'Pot', 'red', 12), (3, 'Pan', 'blue', 20),
      (4, 'Lid', 'blue', 5);`);
  database.close();
  write('train.json', [
    {
      question: 'How many items are red?',
      db_id: 'shop',
      query: "select count(*) from item where colour = 'red'",
    },
    { question: 'how many items are red', db_id: 'shop', query: 'select count(*) from item' },
    {
      question: 'Which items cost more than 10?',
      db_id: 'shop',
      query: 'select item_name from item where price > 10',
    },
    { question: 'What is broken?', db_id: 'shop', query: 'select nonsense from item' },
  ]);
  write('dev.json', [
    {
      question: 'Dear items?',
      db_id: 'shop',
      query: 'SELECT item_name FROM item WHERE price > 10',
    },
  ]);
  write('empty.json', []);
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown) {
  writeFileSync(join(folder, name), JSON.stringify(content));
}

function read(name: string): Record<string, string>[] {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

const quaestor = (...words: string[]) => runIn(folder, ['augment', 'sql', ...words]);

it('makes the same questions over a database for the same seed', async () => {
  const words = ['--db', 'database/shop.sqlite', '--count', '40', '--out'];
  const first = await quaestor(...words, 'a.json');
  await quaestor(...words, 'b.json');
  expect(first).toMatchObject({ code: 0, error: '' });
  expect(first.out).toMatch(/^\d+ questions in a\.json, from \d+ of \d+ patterns\n/);
  expect(read('b.json')).toEqual(read('a.json'));
  expect(read('a.json').length).toBeGreaterThan(20);
  expect(read('a.json')[0]).toMatchObject({ db_id: 'shop', lang: 'en' });
});

it('augments a set, and names what it left out', async () => {
  const words = ['--questions', 'train.json', '--databases', 'database', '--held', 'dev.json'];
  const { code, out } = await quaestor(
    ...words,
    '--parts',
    'skeleton,templates',
    '--out',
    'c.json',
  );
  expect(code).toBe(0);
  expect(out).toMatch(/3 items in c\.json: 1 of 4 questions/);
  expect(out).toMatch(/does not run: 1\n {2}shop: What is broken\? \(no such column: nonsense\)/);
  expect(out).toMatch(/asked before: 1[\s\S]*held out: 1/);
  expect(read('c.json')[1]?.answer).toMatch(/^select count \( \* \) from _ where _ = _\n```sql\n/);
  const json = await quaestor(...words, '--parts', 'skeleton', '--out', 'c.json', '--json');
  expect(JSON.parse(json.out)).toMatchObject({
    kept: 1,
    parts: { skeleton: { added: 1, rejected: {} } },
  });
});

it.each([
  ['nothing to start from', ['--out', 'd.json'], /Expected --db, or --questions with --databases/],
  [
    'an unknown part',
    [
      '--questions',
      'train.json',
      '--databases',
      'database',
      '--parts',
      'poetry',
      '--out',
      'd.json',
    ],
    /no part poetry; the parts are skeleton/,
  ],
  [
    'an empty set',
    ['--questions', 'empty.json', '--databases', 'database', '--out', 'd.json'],
    /got an empty list/,
  ],
])('refuses %s', async (_, words, message) => {
  const { code, error } = await quaestor(...words);
  expect(code).not.toBe(0);
  expect(error).toMatch(message);
});
