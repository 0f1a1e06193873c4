import { afterAll, describe, expect, it } from 'vitest';
import { openReadOnly } from '../../database/open.ts';
import { temporaryDatabase } from '../../testing/fund-database.ts';
import { questionsForDatabase, readPatternFolder } from './questions-for-database.ts';

const companies = ['Alpha', 'Beta', 'Gamma', 'Delta'];
const fund = temporaryDatabase(`
  create table company (id integer primary key, company_name text, city text, founded_year integer);
  create table stock ("Stock Code" text primary key, stock_name text, company_id integer references company (id),
    board text, price real, shares real, listed text, note text);
  create table broker (id integer primary key, broker_name text);
  create table trade (stock_code text references stock ("Stock Code"), broker_id integer references broker (id), amount real);
  create table "odd {name}" (x integer);
  insert into company values ${companies.map((name, i) => `(${i + 1}, '${name}', '${i % 2 ? 'Shanghai' : 'Beijing'}', ${1990 + i})`).join(', ')};
  insert into stock values ${Array.from({ length: 12 }, (_, i) => `('S${i}', 'Stock ${i}', ${(i % 3) + 1}, '${i % 2 ? 'Main' : 'Growth'}', ${10 + i * 3.5}, ${i + 1.5}, '20${10 + i}-0${(i % 9) + 1}-15', ${i % 4 === 0 ? 'null' : "'n'"})`).join(', ')};
  insert into broker values (1, 'North'), (2, 'South');
  insert into trade values ${Array.from({ length: 20 }, (_, i) => `('S${i % 12}', ${(i % 2) + 1}, ${i + 0.5})`).join(', ')};
  insert into "odd {name}" values (1);`);
afterAll(() => fund.remove());

describe('questionsForDatabase', () => {
  const { pairs, report } = questionsForDatabase({ files: [fund.file], count: 400 });

  it('asks about every part of SQL that the schema allows, and each statement runs', () => {
    const database = openReadOnly(fund.file);
    for (const { sql } of pairs)
      expect(database.prepare(sql).raw().all().length).toBeGreaterThan(0);
    database.close();
    const all = pairs.map(({ sql }) => sql).join('\n');
    const parts = [
      /count\(\*\)/,
      /group by .* having/,
      /order by .* limit/,
      /join .* join/,
      /between/,
      /like '20\d\d-%'/,
      /is null/,
      /> \(select avg/,
      /not in \(select/,
      /intersect/,
      /except|distinct/,
      /strftime\('%Y'/,
      /\* 1\.0 \//,
      /"stock code"/,
    ];
    expect(parts.filter((part) => !part.test(all))).toEqual([]);
    expect(report.added).toBe(pairs.length);
    expect(pairs.length).toBeGreaterThan(150);
  });

  it('says names in words', () => {
    const questions = pairs.map(({ question }) => question);
    expect(questions).toContain('How many stocks are there?');
    expect(questions.some((question) => /companies have no stocks/.test(question))).toBe(true);
    expect(questions.some((question) => /[{}[\]|_]/.test(question))).toBe(false);
  });
});

describe('questions over a described database', () => {
  const describedAs = (text: string, column: string | null = null) => {
    const { pairs } = questionsForDatabase({
      files: [fund.file],
      count: 400,
      descriptions: [{ table: 'stock', column, text }],
    });
    return pairs.map(({ question }) => question);
  };

  it('say columns as they are described, too', () => {
    const questions = describedAs('closing quote | 收盘价', 'price');
    expect(questions.some((question) => /closing quote/.test(question))).toBe(true);
    expect(questions.some((question) => /\bprice\b/.test(question))).toBe(true);
  });

  it('say tables as they are described, in number and beside their names', () => {
    const questions = describedAs('Listed securities');
    expect(questions.some((question) => /listed securities\b/.test(question))).toBe(true);
    expect(questions.some((question) => /listed security\b/.test(question))).toBe(true);
    expect(questions.some((question) => /\bstocks\b/.test(question))).toBe(true);
    expect(questions.some((question) => /[{}[\]|]/.test(question))).toBe(false);
  });

  it.each([
    'people who trade',
    'prices of a day',
    '证券',
    'one [two] three',
    'a very long text indeed',
  ])('keep the name of a table that is described as “%s”', (text) => {
    const plain = questionsForDatabase({ files: [fund.file], count: 400 });
    expect(describedAs(text)).toEqual(plain.pairs.map(({ question }) => question));
  });
});

describe('readPatternFolder', () => {
  it('names what is wrong with a folder', () => {
    expect(() => readPatternFolder(fund.folder)).toThrow(/slots\.json/);
  });
});
