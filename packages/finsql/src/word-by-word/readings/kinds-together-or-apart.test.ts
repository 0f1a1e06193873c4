/** Kinds that stand beside each other: each counted by itself, or nothing tells whether together. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const funds = openedDatabase(`
create table funds (fund_id integer primary key, fund_name text);
create table flows (flow_id integer primary key, fund_id integer references funds (fund_id), flow_type text, flow_date text, amount real);
create table adjusters (adjuster_id integer primary key, name text);
create table claims (claim_id integer primary key, adjuster_id integer references adjusters (adjuster_id), claim_status text, reported_date text, closed_date text);
insert into funds values (1, 'Alpha'), (2, 'Beta');
insert into flows values
  (1, 1, 'subscription', '2023-01-05', 100), (2, 1, 'redemption', '2023-02-05', -40),
  (3, 2, 'redemption', '2023-02-07', -10), (4, 2, 'redemption', '2023-03-01', -5);
insert into adjusters values (1, 'Ida Fen');
insert into claims values (1, 1, 'open', '2023-01-01', null), (2, 1, 'closed', '2023-01-02', '2023-02-02'), (3, 1, 'denied', '2023-01-03', '2023-02-03');
`);
afterAll(funds.close);

describe('kinds beside each other', () => {
  itReads(
    funds,
    `
Number of subscriptions and redemptions per fund
  select t2.fund_name, sum(case when t1.flow_type = 'subscription' then 1 else 0 end), sum(case when t1.flow_type = 'redemption' then 1 else 0 end) from flows as t1 join funds as t2 on t1.fund_id = t2.fund_id group by t2.fund_id, t2.fund_name
  [["Alpha",1,1],["Beta",0,2]]
Number of redemptions per fund
  select t2.fund_name, count(*) from flows as t1 join funds as t2 on t1.fund_id = t2.fund_id where t1.flow_type = 'redemption' group by t2.fund_id, t2.fund_name
  [["Alpha",1],["Beta",2]]
How many open or closed claims are there?
  select count(*) from claims where claim_status in ('open', 'closed')
  [[2]]
`,
  );
  itLeavesUnread(funds, [
    ['total amount of subscriptions and redemptions per fund', 'kinds together, or apart'],
    ['How many open and closed claims does each adjuster have?', 'both of two values'],
  ]);
});
