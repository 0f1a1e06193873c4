import { afterAll, describe, expect, it } from 'vitest';
import { retrieve } from '../retrieval/retrieve.ts';
import { readOffCases } from '../testing/read-off-cases.ts';
import { openedDatabase } from '../testing/shop-database.ts';
import { WORKSHOP_SQL } from '../testing/workshop-database.ts';
import { composeStatement } from './tractable.ts';
import { Unread } from './unread.ts';

const workshop = openedDatabase(WORKSHOP_SQL);
afterAll(() => workshop.close());

function composed(question: string): ReturnType<typeof composeStatement> {
  const { context } = workshop;
  return composeStatement(
    context,
    retrieve(context, question, { exemplars: false, today: '2024-06-30' }),
  );
}

/** A question, the statement read off it, and the rows of that. */
const READ = `
jobs whose cost is above their budget
  select job_name from jobs where cost > budget
  [["Door"],["Table"]]
Which jobs cost more than their budget?
  select distinct job_name from jobs where cost > budget
  [["Door"],["Table"]]
How many jobs were delivered after the due date?
  select count(*) from jobs where delivered_on > due_date
  [[1]]
jobs delivered before the due date
  select job_name from jobs where delivered_on < due_date
  [["Stairs"],["Shelf"]]
What percentage of the jobs were delivered after the due date?
  select 100.0 * sum(case when delivered_on > due_date then 1 else 0 end) / count(*) from jobs
  [[25]]
clients who paid more than 500 in total
  select t1.client_name from clients as t1 join jobs as t2 on t2.client_id = t1.client_id join payments as t3 on t3.job_id = t2.job_id group by t1.client_id, t1.client_name having sum(t3.amount) > 500
  [["Ash"]]
clients with payments of at least 250 in total
  select t1.client_name from clients as t1 join jobs as t2 on t2.client_id = t1.client_id join payments as t3 on t3.job_id = t2.job_id group by t1.client_id, t1.client_name having sum(t3.amount) >= 250
  [["Ash"],["Elm"]]
clients who have paid over 650 altogether in 2024
  select t1.client_name from clients as t1 join jobs as t2 on t2.client_id = t1.client_id join payments as t3 on t3.job_id = t2.job_id where t3.paid_on between '2024-01-01' and '2024-12-31' group by t1.client_id, t1.client_name having sum(t3.amount) > 650
  [["Ash"]]
clients with a budget over 700 in total
  select t1.client_name from clients as t1 join jobs as t2 on t2.client_id = t1.client_id group by t1.client_id, t1.client_name having sum(t2.budget) > 700
  [["Ash"]]
`;

const UNREAD: readonly (readonly [question: string, reason: string])[] = [
  ['jobs with a cost above the due date', 'compared with another kind'],
  ['jobs with a cost above the cost', 'compared with itself'],
  ['clients who paid more than 50% in total', 'a total of what'],
  ['staff with more than 100 in total', 'the total of what'],
];

describe('of a workshop', () => {
  it.each(readOffCases(READ))('$question', ({ question, sql, rows }) => {
    expect(composed(question)).toMatchObject({ sql });
    expect(JSON.stringify(workshop.run(sql))).toBe(rows);
  });

  it.each(UNREAD)('%s (%s)', (question, reason) => {
    const found = composed(question);
    expect(found instanceof Unread ? found.message : `read as ${found.sql}`).toBe(reason);
  });
});
