import { afterAll, describe, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { prepareDatabase } from './context.ts';
import { buildExemplarIndex } from './exemplars.ts';
import { learnedNames, learnNamesInTurns } from './learned-names.ts';
import { retrieve } from './retrieve.ts';
import { buildValueIndex } from './values.ts';

const { file, remove } = temporaryDatabase(
  `create table company (name text, industry text, chair text);
   insert into company values ('Alpha', 'Electric Utilities', 'Female'), ('Beta', 'Banking', 'Male');`,
  'companies.sqlite',
);
afterAll(remove);
const schema = introspect(file, 'companies');
const values = buildValueIndex(file, schema);

const item = (question: string, sql: string) => ({ question, sql, db: 'companies' });
const power = "select name from company where industry = 'Electric Utilities'";
const items = [
  item('Which power companies are there?', power),
  item('How large are the power companies?', power),
  item('List power companies.', power),
  item('电力公司有哪些？', power),
  item('有几家电力公司？', power),
  item('列出电力公司', power),
  // Twice is chance.
  item('Which lenders are there?', "select name from company where industry = 'Banking'"),
  item('List the lenders.', "select name from company where industry = 'Banking'"),
  // Means something else as often.
  item('Which women lead?', "select name from company where chair = 'Female'"),
  item('What women chair?', "select name from company where chair = 'Female'"),
  item('Name the women.', "select name from company where chair = 'Female'"),
  item('How many men and women are there?', 'select chair, count(*) from company group by chair'),
  // Nothing that is stored.
  item('Which insurers are there?', "select name from company where industry = 'Insurance'"),
  item('How many insurers?', "select name from company where industry = 'Insurance'"),
  item('List insurers.', "select name from company where industry = 'Insurance'"),
];
const exemplars = buildExemplarIndex(items);
const context = prepareDatabase(schema, { values, exemplars });
const linked = (question: string, options = {}) =>
  retrieve(context, question, options).evidence.map(({ column, value }) => `${column}=${value}`);

describe('names that known questions teach', () => {
  it.each([
    ['What do the power companies earn?', ['industry=Electric Utilities']],
    ['利润最高的电力公司是哪家？', ['industry=Electric Utilities']],
    ['Which power companies lead in Electric Utilities?', ['industry=Electric Utilities']],
    ['Which lenders are the largest?', []],
    ['How many women are there?', []],
    ['Which insurers are there?', []],
    ['Which companies are there?', []],
    ['', []],
  ])('%s', (question, expected) => {
    expect(linked(question)).toEqual(expected);
  });

  it('are evidence like categories in another form', () => {
    expect(retrieve(context, 'power companies').evidence).toEqual([
      {
        table: 'company',
        column: 'industry',
        value: 'Electric Utilities',
        length: 2,
        similarity: 0.98,
        derived: true,
      },
    ]);
  });

  it('are left out where exemplars are', () => {
    expect(linked('What do the power companies earn?', { exemplars: false })).toEqual([]);
  });

  it('are learnt once, at once or in turns', async () => {
    const index = buildExemplarIndex(items);
    await Promise.all([learnNamesInTurns(index, schema), learnNamesInTurns(index, schema)]);
    const names = learnedNames(index, schema);
    expect(names).toBe(learnedNames(index, schema));
    const question = 'power companies and 电力公司';
    expect(names.find(question)).toEqual(learnedNames(exemplars, schema).find(question));
  });
});
