/** Commands whose output replaces what lies there: never a file that they read, by whatever name. */
import { linkSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TemporaryHome, temporaryHome } from './testing/command-line.ts';

let home: TemporaryHome;
const path = (name: string) => join(home.folder, name);
const contents = () => FILES.map((name) => readFileSync(path(name)));

const FILES = [
  'shop.sqlite',
  'questions.json',
  'known.json',
  'held.json',
  'tables.json',
  'unanswerable.json',
  'predictions.sql',
  'rows.csv',
  'task.json',
  'seeds.jsonl',
  'patterns/own.json',
];

beforeAll(async () => {
  home = await temporaryHome();
  for (const folder of ['databases', 'patterns']) mkdirSync(path(folder));
  for (const name of FILES) if (name !== 'shop.sqlite') writeFileSync(path(name), `[]\n`);
  const database = new Database(path('shop.sqlite'));
  database.exec('create table item (name text)');
  database.close();
});
afterAll(() => home.remove());

const set = ['--questions', 'questions.json', '--databases', 'databases'];
const withTables = [...set, '--tables', 'tables.json'];
const scored = [...withTables, '--exemplars', 'known.json'];
const SCORED = { '--questions': 'questions.json', '--tables': 'tables.json' };

/** Every command, and the files that it reads by their flags. */
const contract: readonly [words: readonly string[], reads: Readonly<Record<string, string>>][] = [
  [
    ['augment', 'sql', '--db', 'shop.sqlite', '--known', 'known.json', '--held', 'held.json'],
    { '--db': 'shop.sqlite', '--known': 'known.json', '--held': 'held.json' },
  ],
  [
    ['augment', 'sql', '--db', 'shop.sqlite', '--patterns', 'patterns'],
    { '--patterns': 'patterns/own.json' },
  ],
  [['augment', 'sql', ...withTables], SCORED],
  [['instructions', 'expand', 'seeds.jsonl'], { '<seeds>': 'seeds.jsonl' }],
  [
    ['instructions', 'from-csv', 'rows.csv', '--task', 'task.json'],
    { '<file>': 'rows.csv', '--task': 'task.json' },
  ],
  [
    ['instructions', 'from-questions', ...withTables, '--task', 'task.json'],
    { ...SCORED, '--task': 'task.json' },
  ],
  [['eval', 'sql', ...scored], { ...SCORED, '--exemplars': 'known.json' }],
  [
    ['eval', 'predictions', 'predictions.sql', ...withTables],
    { ...SCORED, '<predictions>': 'predictions.sql' },
  ],
  [
    ['eval', 'abstain', ...scored, '--unanswerable', 'unanswerable.json'],
    { ...SCORED, '--exemplars': 'known.json', '--unanswerable': 'unanswerable.json' },
  ],
  [['bench', 'ablation', ...scored], { ...SCORED, '--exemplars': 'known.json' }],
  [['bench', 'transfer', '--experiment', 'task.json'], { '--experiment': 'task.json' }],
  [['bench', 'methods', '--settings', 'task.json'], { '--settings': 'task.json' }],
];
const cases = contract.flatMap(([words, reads]) =>
  Object.entries(reads).map(([flag, file]) => ({ words, flag, file })),
);

it.each(cases)('$words writes over no $flag', async ({ words, flag, file }) => {
  const before = contents();
  symlinkSync(path(file), path('symbolic'));
  linkSync(path(file), path('hard'));
  try {
    for (const out of [file, `./${file}`, path(file), 'symbolic', 'hard']) {
      const { code, error } = await home.quaestor(...words, '--out', out);
      const said = `--out would replace ${resolve(home.folder, out)}, which ${flag} names`;
      expect([code, error]).toEqual([2, expect.stringContaining(said)]);
    }
  } finally {
    for (const name of ['symbolic', 'hard']) rmSync(path(name));
  }
  expect(contents()).toEqual(before);
});

it.each(contract.map(([words]) => words))(
  '%s %s %s … writes over no database',
  async (...words) => {
    const other = new Database(path('other.sqlite'));
    other.exec('create table if not exists account (name text)');
    other.close();
    const before = readFileSync(path('other.sqlite'));
    const { code, error } = await home.quaestor(...words, '--out', 'other.sqlite');
    expect([code, error]).toEqual([
      2,
      expect.stringContaining(`--out: ${path('other.sqlite')} is a SQLite database`),
    ]);
    expect(readFileSync(path('other.sqlite'))).toEqual(before);
  },
);
