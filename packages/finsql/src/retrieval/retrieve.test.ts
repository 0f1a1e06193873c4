import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { prepareDatabase } from './context.ts';
import { buildExemplarIndex, questionKey } from './exemplars.ts';
import { retrieve } from './retrieve.ts';
import { buildValueIndex } from './values.ts';
import { nameWords, stem, words } from './words.ts';

const { file, remove } = temporaryDatabase();
afterAll(remove);
const schema = introspect(file);
const values = buildValueIndex(file, schema);

const known = [
  {
    question: 'How old is the net value data that people have?',
    db: 'fund',
    sql: 'SELECT max("Order") FROM "Net Value"',
  },
  {
    question: 'Which people have a Master degree?',
    db: 'fund',
    sql: "SELECT manager_name FROM manager WHERE degree = 'Master'",
  },
  { question: 'Which people have a Master degree?', db: 'other', sql: 'SELECT 1' },
];
const exemplars = buildExemplarIndex(known);

describe('words', () => {
  it('splits text, identifiers and Chinese', () => {
    expect(words("What's the S&P500?")).toEqual(['what', 's', 'the', 's', 'p500']);
    expect(words('ROE高于基金')).toEqual(['roe', '高于', '于基', '基金']);
    expect(nameWords('fund_managerName2')).toEqual(['fund', 'manager', 'name', '2']);
    expect(nameWords('SECUCode')).toEqual(['secu', 'code']);
  });

  it('brings word forms together', () => {
    expect(new Set(['company', 'companies'].map(stem)).size).toBe(1);
    expect(new Set(['manage', 'manages', 'managed', 'managing'].map(stem)).size).toBe(1);
    expect(stem('gas')).toBe('gas');
  });
});

describe('buildExemplarIndex', () => {
  it('finds the nearest questions of the same database, best first', () => {
    const found = exemplars.nearest('Which people have a Doctorate degree?', 'fund', 5);
    expect(found.map(({ index }) => index)).toEqual([1, 0]);
    expect(found[0]?.similarity).toBeGreaterThan(0.4);
    expect(exemplars.nearest(known[1]?.question ?? '', 'fund', 1)[0]?.similarity).toBeCloseTo(
      1,
      10,
    );
    expect(exemplars.nearest('Which people?', 'unknown', 5)).toEqual([]);
  });

  it('leaves out what it is told to', () => {
    const found = exemplars.nearest(
      'Which people have a degree?',
      'fund',
      5,
      ({ question }) => questionKey(question) === 'which people have a master degree',
    );
    expect(found.map(({ index }) => index)).not.toContain(1);
  });
});

describe('buildValueIndex', () => {
  const found = (question: string) =>
    values.find(question).map(({ table, column, value }) => `${table}.${column}=${value}`);

  it('finds values whatever their case and signs, the longest first', () => {
    expect(found('Which funds does ALPHA FUND management co ltd sell?')).toEqual([
      'company.company_name=Alpha Fund Management Co., Ltd.',
    ]);
    expect(found('Is "alpha growth" a fund?')).toEqual(['fund.fund_name=Alpha Growth']);
    expect(found('how many doctorates')).toEqual(['manager.degree=Doctorate']);
    expect(found('net value of 000001')).toEqual([
      'fund.code=000001',
      'fund_manager.fund_code=000001',
      'Net Value.fund_code=000001',
    ]);
  });

  it('finds Chinese values within a sentence', () => {
    expect(found('请问华夏成长的规模是多少')).toEqual(['fund.fund_name=华夏成长']);
  });

  it('does not match stop words, short words and numbers', () => {
    const noisy = temporaryDatabase(
      "create table t (a text, b text); insert into t values ('the', '2019'), ('of', 'me'), ('CA', 'no')",
      'noisy.sqlite',
    );
    const index = buildValueIndex(noisy.file, introspect(noisy.file));
    expect(index.find('the number of rows for me in 2019')).toEqual([]);
    expect(index.find('rows in CA').map(({ value }) => value)).toEqual(['CA']);
    expect(index.find('rows in ca')).toEqual([]);
    noisy.remove();
  });

  it('caps columns that hold too much, and says so', () => {
    const small = buildValueIndex(file, schema, { perColumn: 2 });
    expect(small.capped).toContainEqual({ column: 'fund.fund_name', held: 2 });
    expect(small.capped).not.toContainEqual(expect.objectContaining({ column: 'manager.degree' }));
    expect(small.find('degree Doctorate').map(({ value }) => value)).toEqual(['Doctorate']);
  });

  it('knows the stored spelling', () => {
    expect(values.spelling('MANAGER', 'Degree', 'doctorate')).toBe('Doctorate');
    expect(values.spelling('manager', 'degree', 'Doctorate')).toBeUndefined();
    expect(values.spelling('manager', 'degree', 'Bachelor')).toBeUndefined();
  });
});

describe('retrieve', () => {
  const plain = prepareDatabase(schema, { values });
  const first = (question: string) => retrieve(plain, question).tables[0]?.name;

  it('finds tables by name, comment, column and value alone', () => {
    expect(first('How many companies are there?')).toBe('company');
    expect(first('List the people who manage funds')).toBe('manager');
    expect(first('What is the highest unit value?')).toBe('net value');
    expect(first('Who has a Doctorate?')).toBe('manager');
    expect(first('基金公司在哪个城市？')).toBe('company');
  });

  it('scores the columns that are asked for highest', () => {
    const columns = [...retrieve(plain, 'In which city is the head office?').columnsOf('company')];
    expect(columns.sort((a, b) => b.score - a.score)[0]?.name).toBe('city');
  });

  it('follows the votes of similar questions', () => {
    const guided = prepareDatabase(schema, { values, exemplars });
    const question = 'How old is the data?';
    expect(retrieve(guided, question).tables[0]).toMatchObject({ name: 'net value', votes: 1 });
    expect(retrieve(guided, question, { exemplars: false }).neighbours).toEqual([]);
  });

  it('says whether anything in the database has to do with the question', () => {
    expect(retrieve(plain, 'Will it rain tomorrow?').supported).toBe(false);
    expect(retrieve(plain, 'Tell me about Alpha Bond').supported).toBe(true);
    expect(retrieve(plain, 'What are the sizes?').supported).toBe(true);
  });
});
