import { describe, expect, it } from 'vitest';
import { wordsOf } from '../columns/name-words.ts';
import { translatedVerbs, translationsOf } from './han-translations.ts';

describe('translationsOf', () => {
  it.each([
    ['credit_score', '信用分 信用评分 信用分数'],
    ['cust_nm', '客户名称 客户姓名 客户名字 顾客名称 顾客姓名 顾客名字'],
    ['orders', '订单'],
    ['order_frobnication', ''],
    ['', ''],
  ])('%s: %s', (name, chinese) => {
    expect(translationsOf(wordsOf(name)).join(' ')).toBe(chinese);
  });
});

it.each([
  ['hire', '入职'],
  ['check in', '入住'],
  ['frobnicate', ''],
])('what is done on the day of %s: %s', (words, done) => {
  expect(translatedVerbs(words.split(' ')).join(' ')).toBe(done);
});
