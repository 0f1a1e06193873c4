import { describe, expect, it } from 'vitest';
import { unusedNumbers } from './unused-numbers.ts';

describe('numbers that a statement says nothing about', () => {
  it.each([
    ['Which funds have a minimum purchase of 1000 yuan?', 'select name from fund', ['1000']],
    ['最低申购金额为1000元、管理费低于1%的基金', 'select n from f where fee < 1', ['1000']],
    ['Name the 3 smallest countries.', 'select name from country order by size limit 1', ['3']],
    ['Which bonds come due within 90 items?', "select b from bond where d < '2026-12-31'", ['90']],
    ['Funds over 10 billion in 2020', "select f from t where d like '2020-%'", ['10 billion']],
    [
      'Which of the funds stood above 5 in 2019?',
      'select f from t where y = 2020 and v > 5',
      ['2019'],
    ],
    ['Teams that scored 7 or 9', 'select t from s where g = 7', ['9']],
  ])('%s', (question, sql, expected) => {
    expect(unusedNumbers(question, sql)).toEqual(expected);
  });

  it.each([
    ['as they stand', 'Which have more than 1,250 employees?', 'select c from t where n > 1250'],
    [
      'in a text',
      'What is HK1070 at 600519?',
      "select n from c where t = 'HK1070' or u = '600519'",
    ],
    [
      'the day before that on which times end',
      'Claims notified between 1 and 15 May 2024',
      "select c from t where n >= '2024-05-01' and n < '2024-05-16'",
    ],
    ['in a quoted text', 'Accounts called 338', 'select a from t where name = "338"'],
    ['in a name', 'Sort by the 100 meter score', 'select n from t order by meter_100'],
    ['an amount in another unit', 'Above 20 billion yuan?', 'select c from t where r > 20000'],
    ['two amounts', 'Between 2 and 4 billion?', 'select c from t where r between 2000 and 4000'],
    ['an amount in Chinese', '规模超过30亿元的基金', 'select f from t where s > 3000'],
    ['a percentage', 'Margins over 20%', 'select c from t where p > 0.2 * r'],
    ['a part of a thousand', '托管费低于2‰的基金', 'select f from t where fee < 2'],
    ['a rise', 'Which gained more than 20 percent?', 'select c from t where b > 1.2 * a'],
    ['a loss', 'Which lost 30%?', 'select c from t where b < 0.7 * a or p < -30'],
    ['below zero', 'Yields lower than -30%', 'select f from t where y < -30'],
    ['a date', 'The rate on 2024-12-31?', "select r from t where d = '2024-12-31'"],
    ['a quarter', 'In the 3rd quarter of 2021', "select r from t where d = '2021-09-30'"],
    ['a span', 'Every year from 2019 to 2024', 'select f from t group by f having count(*) = 6'],
    ['an open span', 'Listed after 2010', "select c from t where d >= '2011-01-01'"],
    ['an open span in Chinese', '2019年以来规模最大的', 'select c from t order by s desc limit 1'],
    ['months', 'Over the last 6 months', "select r from t where d > '2024-06-30'"],
    ['one of a thing', '1美元兑多少人民币？', "select r from t where c = 'USD'"],
    ['no digits', 'Which two are largest?', 'select c from t order by s desc limit 2'],
  ])('are not: %s', (_, question, sql) => {
    expect(unusedNumbers(question, sql)).toEqual([]);
  });
});
