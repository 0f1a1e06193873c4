import { afterAll, describe, expect, it } from 'vitest';
import { createSqlExecutor } from '../database/execute.ts';
import { createFinSql } from '../pipeline.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { scriptedGenerator } from '../testing/scripted-generator.ts';

const { file, remove } = temporaryDatabase(
  `create table customer (name text, joined date, seen text, since integer);
   insert into customer values
     ('Alpha', '2019-02-01', '03/15/2021', 2019), ('Beta', '2022-12-30', '11/14/2022', 2022);`,
  'customers.sqlite',
);
const executor = createSqlExecutor({ workers: 1 });
afterAll(() => {
  executor.close();
  remove();
});

const coefficients = { intercept: 3, sureness: 0, agreement: 0, repaired: -1 };
const year = new Date().getUTCFullYear() - 1;

async function ask(question: string, sql: string) {
  const generator = scriptedGenerator({ [question]: [sql] });
  const confidence = { unfamiliar: { coefficients, questions: 100 } };
  const finSql = createFinSql({ generator, executor, confidence, samples: 0, wordByWord: false });
  const { rows, warnings, confidence: sure } = await finSql.ask(question, file);
  return { rows, confidence: sure, texts: warnings.map(({ text }) => text) };
}

const SURE = 1 / (1 + Math.exp(-3));
const LESS = 1 / (1 + Math.exp(-2));

describe('a period that is counted from today and finds nothing', () => {
  const question = 'How many customers joined last year?';

  it.each([
    [`joined between '${year}-01-01' and '${year}-12-31'`, 'joined', '2019-02-01 to 2022-12-30'],
    [`strftime('%Y', joined) = '${year}'`, 'joined', '2019-02-01 to 2022-12-30'],
    [`substr(seen, 7, 4) = '${year}'`, 'seen', '2021-03-15 to 2022-11-14'],
    [`since = ${year}`, 'since', '2019 to 2022'],
  ])('is told beside the days that there are: %s', async (condition, column, held) => {
    const sql = `select count(*) from customer where ${condition}`;
    const { rows, confidence, texts } = await ask(question, sql);
    expect(rows).toEqual([[0]]);
    expect(confidence).toBeCloseTo(LESS, 12);
    expect(texts).toEqual([
      `'last year' was read as ${year}-01-01 to ${year}-12-31, and customer.${column} holds ${held}. Name the period, if you mean another.`,
    ]);
  });

  it('is told where there is no row', async () => {
    const sql = `select name from customer where joined >= '${year}-01-01'`;
    const { rows, texts } = await ask('Which customers joined last year?', sql);
    expect([rows, texts.length]).toEqual([[], 2]);
    expect(texts[1]).toContain('customer.joined holds 2019-02-01 to 2022-12-30');
  });
});

describe('nothing is said', () => {
  it.each([
    [
      'of a period with its own year',
      'How many customers joined in 2024?',
      "select count(*) from customer where joined >= '2024-01-01'",
    ],
    [
      'where something is found',
      'How many customers joined before last year?',
      `select count(*) + 1 from customer where joined < '${year}-01-01'`,
    ],
    [
      'where the data have days of the period',
      `How many customers joined in the last ${year + 1 - 2000} years?`,
      `select count(*) from customer where joined > '${year + 1}-12-31'`,
    ],
  ])('%s', async (_, question, sql) => {
    const { confidence, texts } = await ask(question, sql);
    expect(texts).toEqual([]);
    expect(confidence).toBeCloseTo(SURE, 12);
  });
});
