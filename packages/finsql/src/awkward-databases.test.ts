/** From question to rows over databases that nobody would design. */
import { afterAll, describe, expect, it } from 'vitest';
import { createSqlExecutor } from './database/execute.ts';
import { Database } from './database/sqlite.ts';
import { createFinSql } from './pipeline.ts';
import { type TemporaryDatabase, temporaryDatabase } from './testing/fund-database.ts';
import { scriptedGenerator } from './testing/scripted-generator.ts';

const executor = createSqlExecutor({ workers: 1, timeoutMs: 2000 });
const made: TemporaryDatabase[] = [];
afterAll(() => {
  executor.close();
  for (const { remove } of made) remove();
});

function database(sql: string, name: string): string {
  const temporary = temporaryDatabase(sql, name);
  made.push(temporary);
  return temporary.file;
}

/** Asks one question, to which the model writes one statement. */
function ask(file: string, question: string, sql: string) {
  const finSql = createFinSql({ generator: scriptedGenerator({ [question]: [sql] }), executor });
  return finSql.ask(question, file);
}

const odd = database(
  `create table "it's ""odd""" ("select" integer, "größe 📏" real, "a b" text, 名称 text);
   insert into "it's ""odd""" values (1, 2.5, 'x y', '甲'), (2, 3.5, 'z', '乙');
   create view "the view" as select "a b", "größe 📏" from "it's ""odd""";
   create virtual table notes using fts5(body);
   insert into notes values ('first note'), ('second remark');`,
  'odd.sqlite',
);

describe('names with quotes, spaces, emoji and keywords, views and virtual tables', () => {
  it.each([
    [
      'Which 名称 has the a b x y?',
      `select 名称 from "it's ""odd""" where "a b" = 'x y'`,
      [['甲']],
    ],
    ['What is the größe in the view?', 'select "größe 📏" from "the view"', [[2.5], [3.5]]],
    [
      'What is the größe in the view of z?',
      "select größe 📏 from the view where a b = 'z'",
      [[3.5]],
    ],
    [
      'Which notes have a remark in the body?',
      "select body from notes where notes match 'remark'",
      [['second remark']],
    ],
    ['What is the select of the odd?', `select o.select from "it's ""odd""" as o`, [[1], [2]]],
  ])('%s', async (question, sql, rows) => {
    const answer = await ask(odd, question, sql);
    expect(answer.abstained).toBeNull();
    expect(answer.rows).toEqual(rows);
  });
});

it('answers over a table of 2,000 columns', async () => {
  const columns = Array.from({ length: 2000 }, (_, index) => `measure_${index} real`);
  const wide = database(
    `create table reading (${columns.join(', ')}); insert into reading (measure_1234) values (5)`,
    'wide.sqlite',
  );
  const answer = await ask(
    wide,
    'What is the measure 1234 of the reading?',
    'select measure_1234 from reading',
  );
  expect(answer.rows).toEqual([[5]]);
  const prompt = answer.trace.find(({ name }) => name === 'prompt')?.detail;
  expect(prompt).toMatchObject({ omitted: expect.arrayContaining(['reading.measure_1777']) });
});

it('answers over a database without any text', async () => {
  const numbers = database(
    'create table point (x integer, y integer); insert into point values (1, 2), (3, 4)',
    'numbers.sqlite',
  );
  const answer = await ask(numbers, 'Which x has the y 4?', 'select x from point where y = 4');
  expect(answer.rows).toEqual([[3]]);
  expect(answer.trace[0]).toMatchObject({ detail: { values: { held: 0 } } });
});

it('sees what changed since the last question, and a table that is new', async () => {
  const file = database(
    "create table fund (name text); insert into fund values ('Old')",
    'a.sqlite',
  );
  const question = 'Which fund is called new?';
  const finSql = createFinSql({
    generator: scriptedGenerator({
      [question]: ["select name from fund where name = 'new'"],
      'Which bonds are there?': ['select name from bond'],
    }),
    executor,
  });
  expect((await finSql.ask(question, file)).abstained?.code).toBe('no-such-value');
  const writer = new Database(file);
  writer.exec("insert into fund values ('New'); create table bond (name text)");
  writer.exec("insert into bond values ('B')");
  writer.close();
  expect((await finSql.ask(question, file)).rows).toEqual([['New']]);
  expect((await finSql.ask('Which bonds are there?', file)).rows).toEqual([['B']]);
});

it('takes questions in another language than the data’s', async () => {
  const fund = database(
    "create table fund (name text, size real); insert into fund values ('A', 2)",
    'f.sqlite',
  );
  const chinese = await ask(
    fund,
    '规模最大的基金是哪只？',
    'select name from fund order by size desc limit 1',
  );
  expect(chinese.rows).toEqual([['A']]);
  const french = await ask(fund, 'Quel temps fait-il à Brest ?', 'select 1');
  expect(french.abstained).toMatchObject({ code: 'off-topic' });
  expect(french.abstained?.reason).toContain('fund');
});
