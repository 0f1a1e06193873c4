import { afterAll, expect, it } from 'vitest';
import { introspect } from '../database/introspect.ts';
import { temporaryDatabase } from '../testing/fund-database.ts';
import { examineSet } from './examine-set.ts';

const { file, remove } = temporaryDatabase();
afterAll(remove);

const item = (question: string, sql: string) => ({ question, sql, db: 'fund' });

it('tells what fails, repeats and leaks apart', () => {
  const set = {
    items: [
      item('How many funds are there?', 'select count(*) from fund'),
      item('How many funds are there', 'select count(code) from fund'),
      item('What is broken?', 'select nonsense from fund'),
      item('Throw it away', 'delete from fund'),
      item('Name the managers', 'SELECT manager_name FROM manager'),
      item(
        'What are the names of all of the fund companies there',
        'select company_name from company limit 5',
      ),
      item('How large is Alpha Bond?', "select size from fund where fund_name = 'Alpha Bond'"),
    ],
    databases: new Map([['fund', { schema: introspect(file, 'fund'), instances: [file] }]]),
  };
  const held = [
    item('Who is a manager?', 'select manager_name from manager;'),
    item('What are the names of all the fund companies there?', 'select company_name from company'),
  ];
  const found = examineSet(set, held);
  expect(found.items.map(({ question }) => question)).toEqual([
    'How many funds are there?',
    'How large is Alpha Bond?',
  ]);
  expect(found.failing.map(({ reason }) => reason)).toEqual([
    'no such column: nonsense',
    'not a query',
  ]);
  expect(found.repeated).toHaveLength(1);
  expect(found.leaking).toHaveLength(2);
  expect(examineSet({ ...set, items: [] }).items).toEqual([]);
});
