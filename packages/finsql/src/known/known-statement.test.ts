import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { prepareDatabase } from '../retrieval/context.ts';
import { buildExemplarIndex } from '../retrieval/exemplars.ts';
import { retrieve } from '../retrieval/retrieve.ts';
import { buildValueIndex } from '../retrieval/values.ts';
import { FUND_SQL, temporaryDatabase } from '../testing/fund-database.ts';
import { knownStatement } from './known-statement.ts';

const TRADES = `create table trade (buyer text, seller text, margin real, price real);
  insert into trade values ('Ann', 'Cyd', 0.08, 5), ('Eve', 'Ann', 0.1, 7), ('Bob', 'Cyd', 0.2, 9);`;
const { file, remove } = temporaryDatabase(FUND_SQL + TRADES);
afterAll(remove);
const schema = introspect(file);
const values = buildValueIndex(file, schema);

/** The statement for a question where these are known, in the order in which they became so. */
function known(question: string, ...pairs: readonly (readonly [question: string, sql: string])[]) {
  const items = pairs.map(([asked, sql]) => ({ db: 'fund', question: asked, sql }));
  const context = prepareDatabase(schema, { values, exemplars: buildExemplarIndex(items) });
  return knownStatement(context, retrieve(context, question, { today: '2026-11-30' }));
}

describe('the statement of a known question', () => {
  const doctors = "SELECT manager_name FROM manager WHERE degree = 'Doctorate' -- ours";

  it('is as it was said, of the same words', () => {
    const found = known('which managers have a doctorate', [
      'Which managers have a Doctorate?',
      doctors,
    ]);
    expect(found).toMatchObject({ sql: doctors, changes: [] });
  });

  it('is the latest of several, and of other words none', () => {
    const latest = "select id from manager where degree = 'Doctorate'";
    const question = 'Which managers have a Doctorate?';
    expect(known(question, [question, doctors], [question, latest])?.sql).toBe(latest);
    expect(known('Which managers have no Doctorate?', [question, doctors])).toBeUndefined();
    expect(known('Which managers have a Doctorate?')).toBeUndefined();
  });

  it.each([
    [
      'a text',
      ['Which managers have a Doctorate?', doctors],
      'Which managers have a Master?',
      "SELECT manager_name FROM manager WHERE degree = 'Master' -- ours",
    ],
    [
      'a text in Chinese',
      [
        '哪些经理的学历是 Doctorate？',
        "select manager_name from manager where degree in ('Doctorate')",
      ],
      '请问哪些经理的学历是 Master？',
      "select manager_name from manager where degree in ('Master')",
    ],
    [
      'a number',
      ['Funds larger than 100', 'select fund_name from fund where size > 100 limit 10'],
      'Funds larger than 250.5',
      'select fund_name from fund where size > 250.5 limit 10',
    ],
    [
      'a number in another unit',
      ['Funds larger than 100 million', 'select fund_name from fund where size > 100'],
      'funds larger than 2 billion',
      'select fund_name from fund where size > 2000',
    ],
    [
      'a share',
      ['Funds above 5% of all', 'select code from fund where size > 0.05 * 310'],
      'Funds above 12.5% of all',
      'select code from fund where size > 0.125 * 310',
    ],
    [
      'a year, wherever it stands',
      [
        'Funds opened in 2018',
        "select code from fund where opened >= '2018-01-01' and opened < '2019-01-01'",
      ],
      'Funds opened in 2020',
      "select code from fund where opened >= '2020-01-01' and opened < '2021-01-01'",
    ],
    [
      'a year by its first digits',
      ['Funds opened in 2018', "select code from fund where opened like '2018%'"],
      'funds opened in 2015?',
      "select code from fund where opened like '2015%'",
    ],
    [
      'a quarter',
      [
        'Funds opened in Q1 2018',
        "select code from fund where opened between '2018-01-01' and '2018-03-31'",
      ],
      'Funds opened in Q4 2020',
      "select code from fund where opened between '2020-10-01' and '2020-12-31'",
    ],
    [
      'both, each in its place',
      [
        'Funds larger than 100 opened after June 2018',
        "select code from fund where size > 100 and strftime('%Y-%m', opened) > '2018-06'",
      ],
      'Funds larger than 50 opened after May 2015',
      "select code from fund where size > 50 and strftime('%Y-%m', opened) > '2015-05'",
    ],
    [
      'a text that two columns hold, the other of one',
      [
        'How many trades did Ann take part in?',
        "select count(*) from trade where buyer = 'Ann' or seller = 'Ann'",
      ],
      'How many trades did Bob take part in?',
      "select count(*) from trade where buyer = 'Bob' or seller = 'Bob'",
    ],
    [
      'a number beside a factor',
      ['Share of trades above 1', 'select 100.0 * sum(price > 1.0) / count(*) from trade'],
      'Share of trades above 6',
      'select 100.0 * sum(price > 6.0) / count(*) from trade',
    ],
    [
      'how many are shown',
      ['The 2 largest funds', 'select code from fund order by size desc limit 2'],
      'The 3 largest funds',
      'select code from fund order by size desc limit 3',
    ],
  ] as const)('is that of a question with another one of %s', (_, pair, question, sql) => {
    expect(known(question, pair)?.sql).toBe(sql);
  });

  it('tells what is another one', () => {
    const found = known('Which managers have a Master?', [
      'Which managers have a Doctorate?',
      doctors,
    ]);
    expect(found?.changes.map(({ from, to }) => [from.text, to.text])).toEqual([
      ['Doctorate', 'Master'],
    ]);
  });

  it.each([
    [
      'where a number stands twice',
      ['The 3 funds larger than 3', 'select code from fund where size > 3 limit 3'],
      'The 2 funds larger than 3',
    ],
    [
      'of a text in another column',
      ['Which managers have a Doctorate?', doctors],
      'Which managers have a Shanghai?',
    ],
    [
      'where no condition has the text',
      ['Which managers have a Doctorate?', 'select manager_name from manager where id < 4'],
      'Which managers have a Master?',
    ],
    [
      'of a year beside the one before it, which the question does not state',
      [
        'Growth of funds in 2018',
        "select sum(opened like '2018%') - sum(opened like '2017%') from fund",
      ],
      'Growth of funds in 2020',
    ],
    [
      'of a month for a year',
      ['Funds opened in 2018', "select code from fund where opened like '2018%'"],
      'Funds opened in June 2018',
    ],
    [
      'that shows the first of all for a number that says no such thing',
      ['Funds of level 1', 'select code from fund order by size limit 1'],
      'Funds of level 2',
    ],
    [
      'where a text stands in no condition as well',
      ['Trades that Ann took part in', "select 'Ann', price from trade where buyer = 'Ann'"],
      'Trades that Bob took part in',
    ],
    [
      'where two columns hold another text each',
      [
        'Trades of Ann or sold by Ann',
        "select price from trade where buyer = 'Ann' or seller = 'Ann'",
      ],
      'Trades of Bob or sold by Ann',
    ],
    [
      'of a share for none at all, which tells no unit',
      ['Trades with a margin above 0%', 'select price from trade where margin > 0'],
      'Trades with a margin above 5%',
    ],
    [
      'of a share for a number',
      ['The top 2 funds by size', 'select code from fund order by size desc limit 2'],
      'The top 3% funds by size',
    ],
    [
      'of a size for a number',
      ['Funds larger than 2', 'select code from fund where size > 2'],
      'Funds larger than 3 million',
    ],
    [
      'that shows less than one row',
      ['The top 2 funds by size', 'select code from fund order by size desc limit 2'],
      'The top -1 funds by size',
    ],
    [
      'that shows a part of a row',
      ['The top 2 funds by size', 'select code from fund order by size desc limit 2'],
      'The top 2.5 funds by size',
    ],
    [
      'that makes another factor of percent',
      [
        'What share of the trades has one price?',
        'select 100.0 * sum(price) / count(*) from trade',
      ],
      'What share of the trades has two price?',
    ],
    [
      'that begins a comment',
      ['Trades priced above 5', 'select price from trade where price-5 > 0'],
      'Trades priced above -5',
    ],
  ] as const)('is none %s', (_, pair, question) => {
    expect(known(question, pair)).toBeUndefined();
  });

  it.each([
    ['手续费≥2的基金', 'select code from fund where size >= 2', '手续费≤2的基金'],
    ['Funds of size ≥ 2', 'select code from fund where size >= 2', 'Funds of size > 2'],
    ['Funds of size = 2', 'select code from fund where size = 2', 'Funds of size != 2'],
    ['size + id of funds', 'select size + id from fund', 'size - id of funds'],
    ['size / id of funds', 'select size / id from fund', 'size * id of funds'],
  ])('of %s, %s, is none of %s', (question, sql, asked) => {
    expect(known(asked, [question, sql])).toBeUndefined();
    expect(known(question.replace('≥', '>='), [question, sql])?.sql).toBe(sql);
  });

  it('that names days is none where the question counts them from today, unless they are still those', () => {
    const question = 'Which funds opened last year?';
    const of = (year: string) => `select code from fund where opened like '${year}%'`;
    expect(known(question, [question, of('2024')])).toBeUndefined();
    expect(known(question, [question, of('2025')])?.sql).toBe(of('2025'));
    const compared = `${question} And in 2023?`;
    expect(known(compared, [compared, of('2023')])?.sql).toBe(of('2023'));
    // Beside a year, it is the one before that.
    const both = `${of('2023')} or opened like '2022%'`;
    expect(known(compared, [compared, both])?.sql).toBe(both);
    expect(known(compared, [compared, `${both} or opened like '2020%'`])).toBeUndefined();
    const today = "select code from fund where opened > date('now', '-1 year')";
    expect(known(question, [question, today])?.sql).toBe(today);
  });
});
