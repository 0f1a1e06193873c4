import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FinSqlError } from '../errors.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { readTextToSqlSet } from './text-to-sql-set.ts';

const fund = temporaryDatabase();
const folder = mkdtempSync(join(tmpdir(), 'quaestor-set-'));
const databases = join(folder, 'database');
afterAll(() => {
  fund.remove();
  rmSync(folder, { recursive: true });
});

mkdirSync(join(databases, 'spider'), { recursive: true });
mkdirSync(join(databases, 'bull'));
for (const file of [
  'flat.sqlite',
  'spider/spider.sqlite',
  'bull/bull_10.sqlite',
  'bull/bull_9.db',
]) {
  copyFileSync(fund.file, join(databases, file));
}
writeFileSync(join(databases, 'broken.sqlite'), 'this is not a database at all');

function write(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const tables = write('tables.json', [
  {
    db_id: 'flat',
    table_names_original: ['Manager', 'fund_manager'],
    table_names: ['Fund manager', 'fund manager'],
    column_names_original: [
      [-1, '*'],
      [0, 'DEGREE'],
      [1, 'Fund_Code'],
      [0, 'id'],
    ],
    column_names: [
      [-1, '*'],
      [0, 'Highest degree'],
      [1, 'code of the fund'],
      [0, 'id'],
    ],
    foreign_keys: [[2, 3]],
    primary_keys: [3],
  },
]);

describe('readTextToSqlSet', () => {
  it('reads both shapes of questions and all three layouts of databases', () => {
    const questions = write('questions.json', [
      { question: 'How many?', db_id: 'flat', query: 'SELECT 1', more: 'ignored' },
      { question: 'How many?', db_name: 'bull', sql_query: 'SELECT 2' },
      { question: 'How many?', db_id: 'spider', query: 'SELECT 3' },
    ]);
    const set = readTextToSqlSet({ questions, databases, tables });
    expect(set.items).toEqual([
      { question: 'How many?', db: 'flat', sql: 'SELECT 1' },
      { question: 'How many?', db: 'bull', sql: 'SELECT 2' },
      { question: 'How many?', db: 'spider', sql: 'SELECT 3' },
    ]);
    expect(
      set.databases.get('bull')?.instances.map((file) => file.slice(databases.length + 1)),
    ).toEqual(['bull/bull_9.db', 'bull/bull_10.sqlite']);
    const flat = set.databases.get('flat')?.schema;
    expect(flat?.name).toBe('flat');
    const manager = flat?.tables.find(({ name }) => name === 'manager');
    expect(manager?.comment).toBe('people who manage funds | 基金经理');
    const link = flat?.tables.find(({ name }) => name === 'fund_manager');
    expect(link).toMatchObject({
      comment: 'fund manager',
      columns: [{ comment: 'code of the fund' }, { comment: '' }],
    });
    expect(link?.foreignKeys).toContainEqual({
      column: 'Fund_Code',
      table: 'Manager',
      target: 'id',
    });
  });

  it('describes a database as told where nothing lies beside it', () => {
    const questions = write('described.json', [
      { question: 'How many?', db_id: 'flat', query: 'SELECT 1' },
    ]);
    const own = { table: 'manager', column: null, text: 'who decides' };
    const told: string[] = [];
    const describe = (file: string) => {
      told.push(file);
      return [own];
    };
    const read = () => readTextToSqlSet({ questions, databases, describe }).databases.get('flat');
    const commentOf = (found: ReturnType<typeof read>) =>
      found?.schema.tables.find(({ name }) => name === 'manager')?.comment;
    expect(commentOf(read())).toBe('who decides');
    expect(read()?.descriptions).toEqual([own]);
    expect(told[0]).toBe(join(databases, 'flat.sqlite'));
    const beside = { ...own, text: 'who manages' };
    const file = join(databases, 'flat.descriptions.json');
    writeFileSync(file, JSON.stringify({ descriptions: [beside] }));
    expect(commentOf(read())).toBe('who manages');
    rmSync(file);
  });

  it('names every problem at once', () => {
    const questions = write('bad.json', [
      { question: ' ', db_id: 'flat', query: 'SELECT 1' },
      { question: 'Where?', query: 'SELECT 1' },
      { question: 'Who?', db_id: 'nowhere', query: 'SELECT 1' },
      { question: 'Who?', db_id: 'broken', query: 'SELECT 1' },
      'text',
    ]);
    let error: unknown;
    try {
      readTextToSqlSet({
        questions,
        databases,
        tables: write('bad-tables.json', '[{"db_id": 1}]'),
      });
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(FinSqlError);
    const { code, problems, chineseProblems } = error as FinSqlError;
    expect(code).toBe('bad-data');
    expect(problems).toHaveLength(6);
    expect(chineseProblems).toContain('bad.json 第 1 项：应有 db_id 或 db_name');
    expect(problems.join('\n')).toMatch(
      /item 0[\s\S]*item 1[\s\S]*db_id or db_name[\s\S]*item 4[\s\S]*bad-tables[\s\S]*nowhere[\s\S]*not a SQLite database/,
    );
  });

  it.each([
    ['no file', 'none.json', databases, /none\.json/],
    ['no JSON', 'text.json', databases, /text\.json/],
    ['no list', 'object.json', databases, /expected a list/],
    ['no folder', 'empty.json', join(folder, 'nothing'), /expected a folder/],
  ])('refuses %s', (_title, name, place, message) => {
    write('text.json', '{ not json');
    write('object.json', {});
    write('empty.json', []);
    expect(() => readTextToSqlSet({ questions: join(folder, name), databases: place })).toThrow(
      message,
    );
  });
});
