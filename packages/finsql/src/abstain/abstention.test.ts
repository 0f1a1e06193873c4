import { afterAll, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { prepareDatabase } from '../retrieval/context.ts';
import { retrieve } from '../retrieval/retrieve.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { abstainConfig, beforeWriting, measureCoverage } from './abstention.ts';

const config = abstainConfig.parse({});

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
    return measureCoverage(context, retrieve(context, question, {}), config).share;
  };
  expect(shareIn(english.file, '北京的天气怎么样？')).toBe(1);
  expect(shareIn(chinese.file, '北京的天气怎么样？')).toBe(0);
  expect(shareIn(english.file, 'How is the weather in Beijing?')).toBe(0);
});

it('takes no question for off the topic that a statement is read off, whatever its words are', () => {
  const withCodes = temporaryDatabase(`
    create table visit (
      visit_id integer primary key,
      visit_status integer -- 1 = completed, 2 = no-show
    );
    insert into visit values (1, 2), (2, 1);`);
  const context = prepareDatabase(introspect(withCodes.file));
  const refusalOf = (question: string) =>
    beforeWriting(
      context,
      measureCoverage(context, retrieve(context, question, {}), config),
      config,
    );
  expect(refusalOf('How many no-shows did we have?')).toBeUndefined();
  expect(refusalOf('How many seagulls did we have?')).toMatchObject({
    code: 'off-topic',
    unknown: ['seagulls'],
  });
  withCodes.remove();
});
