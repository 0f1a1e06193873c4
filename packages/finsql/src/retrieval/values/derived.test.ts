import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../../database/introspect.ts';
import { Database } from '../../database/sqlite.ts';
import { temporaryDatabase } from '../../testing/fund-database.ts';
import { prepareDatabase } from '../context.ts';
import { retrieve } from '../retrieve.ts';
import { buildValueIndex } from '../values.ts';
import { porterStems } from './porter.ts';

const COMPANIES = `
create table company (id integer primary key, industry text, province text, status text, continent text);
insert into company values
  (1, 'Insurance', 'Zhejiang Province', 'in position', 'Asia'),
  (2, 'Retail', 'Hubei Province', 'left', 'Africa'),
  (3, 'Medical Devices', 'Hunan Province', 'left', 'Europe'),
  (4, 'Property Development', 'Hainan Province', 'left', 'Asia'),
  (5, 'Industrials', 'Beijing City', 'left', '亚洲');
create table person (id integer primary key, note text);
insert into person values (1, 'Head of Sales');
`;

const database = temporaryDatabase(COMPANIES, 'companies.sqlite');
const schema = introspect(database.file);
const index = buildValueIndex(database.file, schema);
afterAll(database.remove);

const derived = (question: string, values = index) =>
  values.find(question).flatMap((link) => (link.derived === true ? [link.value] : []));

describe('porterStems', () => {
  it('gives one stem for each word, in order', () => {
    expect(porterStems(['insurers', 'Insurance', 'retailers', "o'neil", ''])).toEqual([
      'insur',
      'insur',
      'retail',
      'oneil',
      '',
    ]);
  });
});

describe('categories in another form', () => {
  it.each([
    ['What does each insurer earn?', 'Insurance'],
    ['Which retailers are large?', 'Retail'],
    ['the margins of medical device makers', 'Medical Devices'],
    ['Which property developer is the oldest?', 'Property Development'],
    ['companies in the state of Zhejiang', 'Zhejiang Province'],
    ['all European companies', 'Europe'],
    ['Which Africans are listed?', 'Africa'],
  ])('in "%s" finds %s', (question, value) => {
    expect(derived(question)).toEqual([value]);
  });

  it.each([
    // Spelled out: an exact mention.
    'Which companies are in Retail?',
    // Part of the stem of `in position`, without the other word.
    'funds with a positive return',
    // The name of a column.
    'How many industries are there?',
    'Which provinces have companies?',
    // One word of two that no other text shares.
    'Which devices do they sell?',
    'the development of prices',
    // The only text of its column: nothing shows what may be left out.
    'What are the Sales of each company?',
    '保险公司',
    '',
  ])('invents nothing in "%s"', (question) => {
    expect(derived(question)).toEqual([]);
  });

  it('counts as evidence, and tells its column', () => {
    const context = prepareDatabase(schema, { values: index });
    expect(retrieve(context, 'revenue of insurers').evidence).toMatchObject([
      {
        table: 'company',
        column: 'industry',
        value: 'Insurance',
        length: 1,
        similarity: 0.99,
        derived: true,
      },
    ]);
  });

  it('leaves columns with many texts to spelling, also when they grow into it', () => {
    const made = temporaryDatabase(COMPANIES, 'grown.sqlite');
    const open = () =>
      buildValueIndex(made.file, introspect(made.file), { folder: `${made.folder}/indexes` });
    expect(derived('revenue of insurers', open())).toEqual(['Insurance']);
    const writer = new Database(made.file);
    writer.exec(`with recursive n(i) as (select 10 union all select i + 1 from n where i < 300)
      insert into company (id, industry) select i, 'kind ' || i from n`);
    expect(derived('revenue of insurers', open())).toEqual([]);
    writer.exec('delete from company where id > 9');
    writer.exec("update company set industry = 'Insuring' where id = 1");
    writer.close();
    expect(derived('revenue of insurers', open())).toEqual(['Insuring']);
    made.remove();
  });
});
