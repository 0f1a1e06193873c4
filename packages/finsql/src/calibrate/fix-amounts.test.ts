import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { prepareDatabase } from '../retrieval/context.ts';
import { buildExemplarIndex } from '../retrieval/exemplars.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { calibrate } from './calibrate.ts';
import { fixAmounts } from './fix-amounts.ts';

const { file, remove } = temporaryDatabase(
  `create table company (name text, revenue real, profit real, staff integer);
   insert into company values ('Alpha', 20500, 310, 12000);`,
  'companies.sqlite',
);
afterAll(remove);

const item = (question: string, sql: string) => ({ question, sql, db: 'companies' });
const schema = introspect(file, 'companies');
const context = prepareDatabase(schema, {
  exemplars: buildExemplarIndex([
    item(
      'Which companies sold for over 3 billion?',
      'SELECT name FROM company WHERE revenue > 3000',
    ),
    item('营业收入低于5亿元的公司', 'SELECT name FROM company WHERE revenue < 500'),
    item('More than 20,000 people?', 'SELECT name FROM company WHERE staff > 20000'),
    item('Staff of 30,000 and more?', 'SELECT name FROM company WHERE staff >= 30000'),
  ]),
});

const fixed = (question: string, sql: string) => fixAmounts.apply(sql, { ...context, question });

describe('the unit of an amount', () => {
  it.each([
    ['Who sold for more than 20 billion?', 'revenue > 20', 'revenue > 20000'],
    ['Who sold for more than 20 billion?', 'revenue > 20000000000', 'revenue > 20000'],
    ['营业收入超过200亿元的公司有哪些？', 'revenue > 200', 'revenue > 20000'],
    ['Who sold for more than 20 billion?', 'revenue > 20000', 'revenue > 20000'],
    ['Who sold for over two hundred fifty million?', 'revenue > 250000000', 'revenue > 250'],
    ['营业收入超过3亿5000万元的公司', 'revenue > 3500', 'revenue > 350'],
    ['Who has over 40,000 people?', 'staff > 4000', 'staff > 40000'],
  ])('is that of known questions: %s %s', (question, before, after) => {
    const select = 'select name from company where';
    expect(fixed(question, `${select} ${before}`)).toBe(`${select} ${after}`);
  });

  it('of a column that nobody asked of is left alone where others of its table disagree', () => {
    const sql = 'select name from company where profit > 2';
    expect(fixed('Who earned more than 2 billion?', sql)).toBe(sql);
  });

  it('is told among what was repaired', () => {
    const { sql, repairs } = calibrate('SELECT name FROM company WHERE revenue > 20', {
      ...context,
      question: 'Who sold for more than 20 billion?',
    });
    expect(sql).toBe('select name from company where revenue > 20000');
    expect(repairs.map(({ rule }) => rule)).toEqual(['fix-amounts']);
  });
});

describe('without known questions', () => {
  const commented = temporaryDatabase(
    `create table firm (
       name text,
       reg_capital real, -- 注册资本（万元）
       loan real, -- outstanding loan in thousand USD
       assets real, -- total assets in millions | 总资产
       paid real, -- 实缴资本（元）
       fee_cents integer, -- fee in cents
       price_cents integer,
       charge integer, -- 手续费（单位：分）
       rebate integer -- rebate in pence
     );
     insert into firm values ('Alpha', 10000, 5000, 3, 7, 8, 9, 10, 11);`,
    'firms.sqlite',
  );
  afterAll(commented.remove);
  const firms = prepareDatabase(introspect(commented.file, 'firms'));
  const select = 'select name from firm where';

  it.each([
    ['注册资本超过1亿元的公司有哪些？', 'reg_capital > 100000000', 'reg_capital > 10000'],
    ['注册资本超过1亿元的公司有哪些？', 'reg_capital > 1', 'reg_capital > 10000'],
    ['注册资本超过5000万的公司', 'reg_capital > 5000', 'reg_capital > 5000'],
    ['Which firms have loans of more than 5 million?', 'loan > 5', 'loan > 5000'],
    ['Which firms have loans of more than 5 million?', 'loan > 5000000', 'loan > 5000'],
    ['Which firms own more than 2 billion?', 'assets > 2', 'assets > 2000'],
    ['实缴资本超过三千万的公司', 'paid > 3000', 'paid > 30000000'],
    ['Fees above 5 million?', 'fee_cents > 5000000', 'fee_cents > 500000000'],
    ['Prices over 10,000 dollars?', 'price_cents > 1000000', 'price_cents > 1000000'],
    ['Prices over 10,000 dollars?', 'price_cents > 10000', 'price_cents > 1000000'],
    ['Prices over $20,000?', 'price_cents > 20000', 'price_cents > 2000000'],
    ['Prices over $20 million?', 'price_cents > 20', 'price_cents > 2000000000'],
    ['Prices over 500 dollars?', 'price_cents > 50000', 'price_cents > 50000'],
    ['Prices over 500 dollars?', 'price_cents > 500', 'price_cents > 50000'],
    ['手续费超过1万元的公司', 'charge > 1000000', 'charge > 1000000'],
    ['手续费超过1万元的公司', 'charge > 10000', 'charge > 1000000'],
    ['Rebates of 2 million?', 'rebate >= 2000000', 'rebate >= 200000000'],
  ])('the unit is that of the comment: %s %s', (question, before, after) => {
    const sql = `${select} ${before}`;
    expect(fixAmounts.apply(sql, { ...firms, question })).toBe(`${select} ${after}`);
  });

  it.each([
    ['a number as it stands may be in that unit', '注册资本超过20000的公司', 'reg_capital > 20000'],
    ['an amount may be said in cents', 'Fees above 5 million cents?', 'fee_cents > 5000000'],
    ['a plain number may be in cents', 'Prices over 10,000?', 'price_cents > 10000'],
    ['a plain number may be no cents', 'Prices over 10,000?', 'price_cents > 1000000'],
  ])('%s', (_, question, condition) => {
    const sql = `${select} ${condition}`;
    expect(fixAmounts.apply(sql, { ...firms, question })).toBe(sql);
  });
});
