import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { explainSql } from './explain.ts';
import { unitOf } from './units.ts';

describe('unitOf', () => {
  it.each<[name: string, comment: string, en: string | undefined, zh: string | undefined]>([
    ['size', 'total assets in millions', 'millions', '百万'],
    ['annual_salary', 'yearly pay in thousand CNY | 年薪（千元）', 'thousand CNY', '千元'],
    ['close_price', 'closing price in CNY | 收盘价', 'CNY', 'CNY'],
    ['fee', 'management fee in percent a year | 管理费率', 'percent a year', '每年百分比'],
    ['weight', 'weight at the end of 2024 in percent | 权重', 'percent', '百分比'],
    ['rate', 'interest rate in percent a year | 利率（%）', 'percent a year', '%'],
    ['holding', '持股数（千股）', '千股', '千股'],
    ['total_cents', '', 'cents', '分'],
    ['change_pct', '', 'percent', '百分比'],
    ['price_usd', '', 'USD', 'USD'],
    ['spread_bps', '', 'basis points', '基点'],
    ['capital', '注册资本（单位：万元）', '万元', '万元'],
    ['capital', '注册资本，单位：万元', '万元', '万元'],
    ['capital', '注册资本（人民币万元）', '人民币万元', '人民币万元'],
    ['profit', '每股收益（元/股）', '元/股', '元/股'],
    ['assets', '总资产（亿）', '亿', '亿'],
    ['value', '市值（USD）', 'USD', 'USD'],
    ['revenue', 'revenue in thousands of US dollars', 'thousands of US dollars', '千美元'],
    ['revenue', 'revenue in USD million', 'USD million', 'USD 百万'],
    ['revenue', 'revenue, USD million', 'USD million', 'USD 百万'],
    ['price', 'closing price in RMB', 'RMB', '人民币'],
    ['dividend', 'paid in yuan per share', 'yuan per share', '每股元'],
    ['rate', '利率（%） | rate in percent a year', 'percent a year', '%'],
    ['规模（亿元）', '', '亿元', '亿元'],
    ['收益率(%)', '', '%', '%'],
    ['规模（亿元）', '规模', '亿元', '亿元'],
    ['Revenue (USD million)', '', 'USD million', 'USD 百万'],
    ['yield (%)', '', '%', '%'],
    ['size_in_millions', '', 'millions', '百万'],
    ['currency', 'code of the currency (USD, EUR)', undefined, undefined],
    ['currency', 'one of CNY, USD, EUR | 币种（人民币/美元）', undefined, undefined],
    ['world_cup', '', undefined, undefined],
    ['name', '名称（全称）', undefined, undefined],
    ['name', '单位名称', undefined, undefined],
    ['name', 'kind of units (open or closed)', undefined, undefined],
    ['founded_in', 'year in which it was founded, in China', undefined, undefined],
    ['city', 'city in USA | 城市（美国）', undefined, undefined],
    ['percent_rank', 'rank', undefined, undefined],
  ])('%s, %s', (name, comment, en, zh) => {
    expect(unitOf({ name, comment }, 'en')).toBe(en);
    expect(unitOf({ name, comment }, 'zh')).toBe(zh);
  });
});

describe('an explanation', () => {
  const { file, remove } = temporaryDatabase(`
    create table pay (
      name text,
      salary real, -- yearly pay in thousand CNY | 年薪（千元）
      bonus_usd real,
      company_id integer
    );
    create table company (id integer, share real -- share held in percent | 持股比例
    );
    create table firm (id integer, amount real -- 金额（元）
    );
    create table cost (firm_id integer, amount real -- 金额（万元）
    );`);
  afterAll(remove);
  const schema = introspect(file);

  it.each([
    ['select name, salary from pay', 'Units: salary in thousand CNY.', '单位：salary 为千元。'],
    [
      'select round(avg(p.salary), 2), max(c.share) from pay as p join company as c on c.id = p.company_id',
      'Units: pay.salary in thousand CNY, company.share in percent.',
      '单位：pay.salary 为千元，company.share 为百分比。',
    ],
    [
      'select a.amount, b.amount from firm as a join cost as b on a.id = b.firm_id',
      'Units: firm.amount in 元, cost.amount in 万元.',
      '单位：firm.amount 为元，cost.amount 为万元。',
    ],
    ['select sum(bonus_usd) from pay', 'Units: bonus_usd in USD.', '单位：bonus_usd 为 USD。'],
  ])('tells the units of what is shown: %s', (sql, en, zh) => {
    expect(explainSql(sql, schema)).toContain(en);
    expect(explainSql(sql, schema, 'zh')).toContain(zh);
  });

  it.each([
    'select count(salary), name from pay',
    'select salary / bonus_usd from pay',
    'select salary * 1000 from pay',
    'select name from pay where salary > 3',
  ])('has none for figures in something else: %s', (sql) => {
    expect(explainSql(sql, schema).join(' ')).not.toContain('Units');
  });
});
