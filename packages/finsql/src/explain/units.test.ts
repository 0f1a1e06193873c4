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
    );`);
  afterAll(remove);
  const schema = introspect(file);

  it.each([
    ['select name, salary from pay', 'Units: salary in thousand CNY.', '单位：salary 为千元。'],
    [
      'select round(avg(p.salary), 2), max(c.share) from pay as p join company as c on c.id = p.company_id',
      'Units: salary in thousand CNY, share in percent.',
      '单位：salary 为千元，share 为百分比。',
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
