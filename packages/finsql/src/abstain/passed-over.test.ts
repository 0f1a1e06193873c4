import { afterAll, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { prepareDatabase } from '../retrieval/context.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { passedOver } from './passed-over.ts';

const { file, remove } = temporaryDatabase(
  `create table loan (
     code text,
     principal real, -- principal in thousand USD
     growth real,
     ltv_pct real -- loan to value in percent
   );
   create table fund (name text, fee real);`,
  'loans.sqlite',
);
afterAll(remove);
const context = prepareDatabase(introspect(file));

const principal = {
  code: 'percentage-elsewhere',
  column: 'loan.principal',
  text: '80%',
};

it.each([
  ['a percentage', 'Which loans are above 80%?', 'principal > 80', [principal]],
  ['a percentage as a part of one', 'Which loans are above 80%?', 'principal > 0.8', [principal]],
  ['one in percent', 'Which loans are above 80%?', 'ltv_pct > 80', []],
  ['what is no percentage', 'Which loans are above 80?', 'principal > 80', []],
  ['a column of no known unit that is named', 'Growth above 80%?', 'growth > 80', []],
])('%s: %s %s', (_, question, condition, cautions) => {
  const sql = `select code from loan where ${condition}`;
  expect(passedOver(sql, { question, context, mentions: [] })).toEqual(cautions);
});

it('a table without a column in percent may hold one all the same', () => {
  const asked = { question: 'Which are above 5%?', context, mentions: [] };
  expect(passedOver('select name from fund where fee > 5', asked)).toEqual([]);
});
