import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { prepareDatabase } from '../retrieval/context.ts';
import { retrieve } from '../retrieval/retrieve.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { coverageOf } from './coverage.ts';

const { file, remove } = temporaryDatabase(`
  create table fund_size (
    fund_id integer primary key, -- 基金
    quarter_end text, -- 年末
    net_assets real, -- 规模
    holders integer -- 持有人
  );`);
afterAll(remove);

const context = prepareDatabase(introspect(file));
const coverage = (question: string) => coverageOf(context, retrieve(context, question, {}));

describe('what a schema with Chinese comments covers', () => {
  it('is all of a question whose other pairs straddle two of its words or are grammar', () => {
    for (const question of [
      '2024年末规模最大的五只基金是哪些？', // 末规, 五只
      '规模超过平均水平的基金有多少只？', // 模超, 过平
      '列出持有人最多的十只基金及其规模。', // 列出, 出持, 其规
      '哪些基金的规模不低于一百万元？',
    ]) {
      expect(coverage(question), question).toEqual({ share: 1, unknown: [] });
    }
  });

  it('lacks the words that stand between known ones', () => {
    const { unknown } = coverage('基金的信用评级规模是多少？');
    expect(unknown).toEqual(['信用', '用评', '评级', '级规']);
    const weather = coverage('北京的天气怎么样？');
    expect(weather.share).toBe(0);
    expect(weather.unknown).not.toContain('么样');
    expect(coverage('推荐一部好看的电影').share).toBe(0);
  });

  it('counts a pair as unknown that is a seam in one place and a word in another', () => {
    // 末规 within 年末规模, and by itself.
    expect(coverage('年末规模与末规是什么？').unknown).toContain('末规');
  });
});

describe('a word of comparison that is the name of a table', () => {
  const shop = temporaryDatabase(
    'create table orders (id integer primary key, total real); create table items (order_id integer);',
  );
  afterAll(shop.remove);
  const shopContext = prepareDatabase(introspect(shop.file));

  it('is covered by it', () => {
    for (const question of ['Which orders are above 5000?', 'List the 5 largest orders']) {
      const covered = coverageOf(shopContext, retrieve(shopContext, question, {}));
      expect(covered, question).toEqual({ share: 1, unknown: [] });
    }
    const { share } = coverageOf(shopContext, retrieve(shopContext, 'The order of the moons?', {}));
    expect(share).toBeLessThan(1);
    expect(coverage('the largest orders')).toEqual({ share: 0, unknown: [] });
  });
});

describe('what a schema covers of an English question', () => {
  it('weighs words by how telling they are, without those of comparison and amount', () => {
    expect(coverage('What is the average size of the five largest funds?')).toEqual({
      share: 1,
      unknown: [],
    });
    const { share, unknown } = coverage('Which funds own a football club?');
    expect(unknown).toEqual(['own', 'football', 'club']);
    expect(share).toBeLessThan(0.5);
    expect(share).toBeGreaterThan(0);
  });
});

describe('a shortened name', () => {
  const desk = temporaryDatabase(
    'create table ctrct (ctr_no text primary key, cpty_id integer, trade_dt integer);',
  );
  afterAll(desk.remove);
  const deskContext = prepareDatabase(introspect(desk.file));
  const covered = (question: string) =>
    coverageOf(deskContext, retrieve(deskContext, question, {}));

  it('covers the word that it stands for, and no other', () => {
    expect(covered('How many contracts per month?')).toEqual({ share: 1, unknown: [] });
    expect(covered('What is the weather?').share).toBe(0);
  });
});
