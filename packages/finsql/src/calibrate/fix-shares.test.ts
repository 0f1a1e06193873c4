import { expect, it } from 'vitest';
import type { TextToSqlItem } from '../data/text-to-sql-set.ts';
import { buildExemplarIndex } from '../retrieval/exemplars.ts';
import { NO_VALUES } from '../retrieval/values.ts';
import type { Schema } from '../schema/schema.ts';
import { fixShares } from './fix-shares.ts';

const schema: Schema = { name: 'funds', tables: [] };
const share = (factor: string) => `select sum(a) * ${factor} / sum(b) from fund`;

/** Of `all` known questions in those words, that many ask for hundredths. */
function afterKnown(
  hundreds: number,
  said: string,
  question: string,
  sql: string,
  all = 40,
): string {
  const items = Array.from({ length: all }, (_, index): TextToSqlItem => {
    const factor = index < hundreds ? '100.0' : '1.0';
    return { db: 'funds', question: `${said} ${index}`, sql: share(factor) };
  });
  const exemplars = buildExemplarIndex(items);
  return fixShares.apply(sql, { schema, links: [], values: NO_VALUES, exemplars, question });
}

it('follows the habit of questions in such words', () => {
  const ask = 'What share of the funds is closed?';
  expect(afterKnown(2, 'What fraction is it', ask, share('100.0'))).toBe(share('1.0'));
  expect(afterKnown(2, '占比是多少', ask, share('100'))).toBe(share('1.0'));
  expect(afterKnown(40, 'What fraction is it', ask, share('1.0'))).toBe(share('100.0'));
  expect(afterKnown(20, 'What fraction is it', ask, share('100.0'))).toBe(share('100.0'));
  expect(afterKnown(2, 'How many percent is it', ask, share('100.0'))).toBe(share('100.0'));
});

it('says nothing where few known questions have a quotient', () => {
  const ask = 'What share of the funds is closed?';
  expect(afterKnown(19, 'What fraction is it', ask, share('1.0'), 19)).toBe(share('1.0'));
  expect(afterKnown(20, 'What fraction is it', ask, share('1.0'), 20)).toBe(share('100.0'));
});

it('tells percentages from shares', () => {
  const ask = 'What share of the funds, in percent, is closed?';
  expect(afterKnown(40, 'How many percent is it', ask, share('1.0'))).toBe(share('100.0'));
  expect(afterKnown(0, 'What share is it', ask, share('100.0'))).toBe(share('100.0'));
});

it.each([
  ['no factor', 'select sum(a) / sum(b) from fund'],
  ['another factor beside it', 'select (1 - a * 100.0 / b) * 100.0 from fund'],
  ['a condition', 'select code from fund where a * 100.0 / b > 3'],
])('leaves alone what has %s', (_, sql) => {
  expect(afterKnown(0, 'What share is it', 'What share is it?', sql)).toBe(sql);
});
