import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../../database/introspect.ts';
import { temporaryDatabase } from '../../testing/fund-database.ts';
import { prepareDatabase } from '../context.ts';
import { retrieve } from '../retrieve.ts';
import { buildValueIndex } from '../values.ts';

const database = temporaryDatabase(
  `create table office (id integer primary key, city text, head text, country text, currency text, motto text);
   insert into office values
     (1, 'Wuhan', 'Gao Guanlin', 'Germany', 'Euro', 'Hang'),
     (2, 'Chongqing', 'Li Na', 'United States', 'US Dollar', 'Ling'),
     (3, 'Hong Kong', 'Ouyang Zhen', 'Hong Kong', 'Hong Kong Dollar', '武汉热干面');`,
  'offices.sqlite',
);
const index = buildValueIndex(database.file, introspect(database.file));
afterAll(database.remove);

const linked = (question: string) =>
  index.find(question).map(({ column, value }) => `${column}=${value}`);

describe('names in Latin letters that are said in characters', () => {
  it.each([
    ['武汉有哪些公司？', ['city=Wuhan']],
    // 重 has two readings.
    ['总部在重庆的公司有哪些', ['city=Chongqing']],
    ['高冠霖管理哪些基金？', ['head=Gao Guanlin']],
    ['欧阳振是谁', ['head=Ouyang Zhen']],
    ['德国和美国各有几家？', ['country=United States', 'country=Germany']],
    ['以欧元计价', ['currency=Euro']],
    ['以港元计价', ['currency=Hong Kong Dollar']],
    ['香港的办事处', ['city=Hong Kong', 'country=Hong Kong']],
  ])('%s', (question, values) => {
    expect([...linked(question)].sort()).toEqual([...values].sort());
  });

  it.each([
    // Four letters: the sound of many words.
    '零售行业',
    'Which offices are in Wu Han?',
    '',
  ])('invents nothing in "%s"', (question) => {
    expect(linked(question).filter((value) => value.startsWith('motto'))).toEqual([]);
  });

  it('leaves what is stored in characters to its own spelling', () => {
    expect(linked('谁爱吃武汉热干面？')).toEqual(['motto=武汉热干面']);
  });

  it('finds them in very long text without signs', () => {
    const before = performance.now();
    expect(linked('一'.repeat(2000))).toEqual([]);
    expect(performance.now() - before).toBeLessThan(2000);
    const long = `${'一'.repeat(600)}武汉${'一'.repeat(600)}美利坚合众国${'一'.repeat(600)}高冠霖`;
    expect(linked(long)).toEqual(['head=Gao Guanlin', 'city=Wuhan']);
  });

  it('counts as evidence', () => {
    const context = prepareDatabase(introspect(database.file), { values: index });
    expect(retrieve(context, '武汉有哪些公司？').evidence).toMatchObject([
      { column: 'city', value: 'Wuhan', derived: true },
    ]);
  });
});
