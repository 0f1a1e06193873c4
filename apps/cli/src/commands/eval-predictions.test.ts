import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '@quaestor/finsql/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runIn } from '../testing/command-line.ts';

let folder: string;

const questions = [
  ['How many items are red?', "select count(*) from item where colour = 'red'"],
  ['Which items cost more than 10?', 'select item_name, price from item where price > 10'],
  ['Which colours are there?', 'select distinct colour from item'],
  ['What is broken?', 'select nonsense from item'],
  ['What costs nothing?', 'select item_name from item where price = 0'],
] as const;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-predictions-'));
  mkdirSync(join(folder, 'database'));
  const database = new Database(join(folder, 'database', 'shop.sqlite'));
  database.exec(`create table item (id integer primary key, item_name text, colour text, price real);
    insert into item values (1, 'Cup', 'red', 3), (2, 'Pot', 'red', 12), (3, 'Pan', 'blue', 20);`);
  database.close();
  const items = questions.map(([question, query]) => ({ question, query, db_id: 'shop' }));
  write('dev.json', JSON.stringify(items));
});
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string) => writeFileSync(join(folder, name), content);
const quaestor = (...words: string[]) =>
  runIn(folder, [
    ...['eval', 'predictions', ...words],
    ...['--questions', 'dev.json', '--databases', 'database'],
  ]);

/** Right with columns the other way round; wrong conditions; does not run; two that do not count. */
const lines = [
  'SELECT COUNT(id) FROM item WHERE colour LIKE "red"\tshop',
  'select price, item_name from item where price > 2\tshop',
  'select colours from item\tshop',
  'select 1\tshop',
  '\tshop',
];
const statements = lines.map((line) => line.split('\t')[0]);

describe('quaestor eval predictions', () => {
  it.each([
    ['lines with the name of the database', lines.join('\n')],
    ['lines of another system', `${statements.join('\r\n')}\r\n`],
    ['a list of statements', JSON.stringify(statements)],
    ['a list of objects', JSON.stringify(statements.map((sql) => ({ predicted_sql: sql })))],
    ['what eval sql writes', JSON.stringify(statements.map((sql, index) => ({ index, sql })))],
  ])('scores %s', async (_, content) => {
    write('theirs.txt', content);
    const { code, out, error } = await quaestor('theirs.txt', '--json', '--out', 'scored.json');
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(JSON.parse(out)).toMatchObject({
      ...{ items: 5, scored: 3, goldFails: 1, goldEmpty: 1, correct: 1 },
      accuracy: 100 / 3,
      executable: 200 / 3,
    });
    const scored = JSON.parse(readFileSync(join(folder, 'scored.json'), 'utf8'));
    expect(scored[1]).toMatchObject({ correct: false, errorClasses: ['literals'] });
    expect(scored[2].error).toContain('no such column');
  });

  it('tells people by database and by what is wrong', async () => {
    write('theirs.sql', lines.join('\n'));
    const { out } = await quaestor('theirs.sql');
    expect(out).toContain('theirs.sql: execution accuracy 33.3 (1 of 3), 66.7 % executable');
    expect(out).toContain('not counted: 1 whose own SQL fails, 1 without rows');
    expect(out).toMatch(/not executable +1 +50\.0/);
  });

  it('refuses another number of predictions, and files that are none', async () => {
    write('few.sql', lines.slice(2).join('\n'));
    write('broken.json', '[1, {"sql": 2}]');
    write('half.json', '["select 1"');
    expect((await quaestor('few.sql')).error).toContain('expected 5 predictions');
    expect((await quaestor('broken.json')).error).toMatch(/0: expected a statement[\s\S]*1: exp/);
    expect((await quaestor('half.json')).error).toContain('begins as a JSON list and is none');
    expect((await quaestor('absent.sql')).error).toContain('absent.sql');
    expect((await quaestor('few.sql')).code).toBe(3);
  });
});
