import { afterAll, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { prepareDatabase } from '../retrieval/context.ts';
import { retrieve } from '../retrieval/retrieve.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { measureCoverage } from './abstention.ts';

const english = temporaryDatabase('create table orders (id integer primary key, total real);');
const chinese = temporaryDatabase(`
  create table orders ( -- 订单
    id integer primary key,
    total real
  );`);
afterAll(() => {
  english.remove();
  chinese.remove();
});

it('cannot tell what a schema in English covers of a Chinese question', () => {
  const shareIn = (file: string, question: string) => {
    const context = prepareDatabase(introspect(file));
    return measureCoverage(context, retrieve(context, question, {})).share;
  };
  expect(shareIn(english.file, '北京的天气怎么样？')).toBe(1);
  expect(shareIn(chinese.file, '北京的天气怎么样？')).toBe(0);
  expect(shareIn(english.file, 'How is the weather in Beijing?')).toBe(0);
});
