import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFinSql } from '../pipeline.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../testing/fund-database.ts';
import { scriptedGenerator } from '../testing/scripted-generator.ts';
import { restrictSchema } from './allow-list.ts';
import { createSqlExecutor } from './execute.ts';
import { introspect } from './introspect.ts';
import { Database } from './sqlite.ts';

const ALLOW = { Fund: 'all', manager: ['id', 'MANAGER_NAME'], big_fund: 'all' } as const;
const executor = createSqlExecutor();
let fund: TemporaryDatabase;

beforeAll(() => {
  fund = temporaryDatabase();
});

afterAll(() => {
  executor.close();
  fund.remove();
});

const rowsOf = async (sql: string) =>
  (await executor.execute(fund.file, sql, { allow: ALLOW })).rows;

describe('an allow-list', () => {
  it.each([
    ['select count(*) from fund', 3],
    ['select count(*) from "FUND" f join manager m on m.id > 0', 9],
    ['select count(*) from big_fund', 2],
    ['with company as (select 1) select count(*) from company', 1],
    ['select manager_name from manager where id = 1', 'Li Na'],
    ["select 'main.company'", 'main.company'],
  ])('lets %s read', async (sql, first) => {
    expect((await rowsOf(sql))[0]?.[0]).toBe(first);
  });

  it.each([
    'select * from company',
    'select * from [Company]',
    'select (select city from company limit 1)',
    'select 1 where 1 in company',
    'select code from fund union select company_name from company',
    'with x as (select * from "company") select * from x',
    'select * from "Net Value"',
    'select company(1)',
    "select * from company('x')",
    'select * from COMPANY',
    'select 1 as COMPANY from company',
    'select unheard(1) from fund, company c',
    'select * from nowhere, company',
  ])('answers %s as if there were no such name', async (sql) => {
    const told = (text: string) => rowsOf(text).catch(({ code, message }) => `${code}: ${message}`);
    // A name of the same length that nothing has.
    const unknown = sql.replaceAll(/company|Net Value/gi, (name) =>
      name.replace(/^./, (first) => (first < 'a' ? 'X' : 'x')),
    );
    const [hidden, absent] = [await told(sql), await told(unknown)];
    expect(hidden).toMatch(/^sql-error: no such /);
    const fold = (text: unknown) => String(text).replaceAll(/xompany|xet Value/gi, 'it');
    expect(String(hidden).replaceAll(/company|Net Value/gi, 'it')).toBe(fold(absent));
  });

  it('hides a view whose table may be read in part', async () => {
    const read = executor.execute(fund.file, 'select size from big_fund', {
      allow: { fund: ['code'] },
    });
    await expect(read).rejects.toThrow('no such table: big_fund');
  });

  it('lets an error say no other spelling of a hidden name than the statement', async () => {
    await expect(rowsOf('select * from ComPany')).rejects.toThrow('no such table: ComPany');
  });

  it.each([
    'select * from main.company',
    'select * from "main" . company',
    "select * from 'main'.'company'",
    'select * from MAIN/**/.manager',
    'select code from main.fund',
  ])('refuses %s', async (sql) => {
    await expect(rowsOf(sql)).rejects.toMatchObject({ code: 'refused' });
  });

  it.each([
    'select degree from manager',
    'select m.degree from manager m',
    'select manager_name from manager order by degree',
    'select manager_name from manager where degree is not null',
    'select * from manager natural join fund_manager',
  ])('knows no hidden column or table in %s', async (sql) => {
    await expect(rowsOf(sql)).rejects.toThrow(/no such (?:column|table)/);
  });

  it('hides tables that come while the file is open, in write-ahead mode, too', async () => {
    const file = join(dirname(fund.file), 'growing.sqlite');
    const owner = new Database(file);
    owner.pragma('journal_mode = wal');
    owner.exec("create table fund (code text); insert into fund values ('A')");
    const read = async (sql: string) =>
      (await executor.execute(file, sql, { allow: { fund: 'all', plan: ['goal'] } })).rows;
    try {
      expect(await read('select * from fund')).toEqual([['A']]);
      owner.exec("create table salaries (pay int); insert into salaries values (9), ('x')");
      await expect(read('select * from fund join nowhere')).rejects.toMatchObject({
        code: 'sql-error',
      });
      await expect(read('select * from salaries')).rejects.toThrow('no such table: salaries');
      owner.exec("create table plan (goal text, boss text); insert into plan values ('up', 'Li')");
      expect(await read('select * from plan')).toEqual([['up']]);
      owner.exec(
        'drop table fund; create table fund (code text, fee int); alter table salaries rename to wages',
      );
      expect(await read('select count(*) from fund')).toEqual([[0]]);
      await expect(read('select * from wages')).rejects.toThrow('no such table: wages');
      await expect(read('select * from salaries')).rejects.toThrow(/no such table/);
    } finally {
      owner.close();
    }
  });

  it('allows of a table in several spellings what they say together', () => {
    const allow = {
      manager: ['id'],
      Manager: ['manager_name'],
      FUND: ['code'],
      fund: 'all',
    } as const;
    const schema = restrictSchema(introspect(fund.file), allow);
    expect(schema.tables.map(({ name, columns }) => [name, columns.length])).toEqual([
      ['fund', 5],
      ['manager', 2],
    ]);
  });

  it('says why a prefix is refused in codes', async () => {
    await expect(rowsOf('select * from main.manager')).rejects.toMatchObject({
      refused: { code: 'schema-prefix', prefix: 'main' },
    });
  });

  it('hides columns from *, and does not disturb those without a list', async () => {
    expect(await rowsOf('select * from manager where id = 2')).toEqual([[2, 'Wang Wei']]);
    const all = await executor.execute(fund.file, 'select * from manager where id = 2');
    expect(all.columns).toEqual(['id', 'manager_name', 'degree']);
  });

  it('keeps hidden tables, columns and keys out of the schema', () => {
    const schema = restrictSchema(introspect(fund.file), ALLOW);
    expect(schema.tables.map(({ name, columns }) => [name, columns.length])).toEqual([
      ['fund', 5],
      ['manager', 2],
      ['big_fund', 5],
    ]);
    expect(schema.tables[0]?.foreignKeys).toEqual([]);
  });

  it('keeps them out of prompts and traces', async () => {
    const question = 'Which company has the manager Li Na with a Doctorate degree?';
    const generator = scriptedGenerator({ [question]: ['select company_name from company'] });
    const exemplar = {
      question: 'Which city is the company in?',
      sql: 'select city from company',
      db: 'fund',
    };
    const finSql = createFinSql({ generator, executor, samples: 0, exemplars: [exemplar] });
    const answer = await finSql.ask(question, { file: fund.file, allow: ALLOW });
    expect(answer).toMatchObject({ kind: 'abstained', rows: [] });
    const prompt = generator.requests[0]?.prompts[0] ?? '';
    expect(prompt).toContain('manager_name');
    expect(prompt.replace(question, '')).not.toMatch(/company_name|city|degree|Doctorate|Shanghai/);
  });

  it('is held against a statement that is not run', async () => {
    const generator = scriptedGenerator({
      'Which companies are there?': ['select company_name from company'],
      'Which managers are there?': ['select manager_name from manager'],
      'Which funds are there?': ['select code from main.fund'],
    });
    const finSql = createFinSql({
      ...{ generator, executor, samples: 0, abstain: false, wordByWord: false },
    });
    const asked = (question: string, allow?: typeof ALLOW) =>
      finSql.ask(question, { file: fund.file, ...(allow && { allow }) }, { dryRun: true });
    const told = await asked('Which companies are there?', ALLOW);
    expect([told.sql, told.rows]).toEqual(['select company_name from company', []]);
    expect(told.warnings).toContainEqual(
      expect.objectContaining({
        code: 'would-fail',
        text: 'This SQL would fail over what may be read of the database (no such table: company).',
      }),
    );
    const allowed = await asked('Which managers are there?', ALLOW);
    expect([allowed.rows, allowed.warnings]).toEqual([[], []]);
    expect((await asked('Which companies are there?')).warnings).toEqual([]);
    await expect(asked('Which funds are there?', ALLOW)).rejects.toMatchObject({ code: 'refused' });
  });
});
