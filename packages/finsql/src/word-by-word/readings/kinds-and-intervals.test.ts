/** Kinds with the most of an amount, kinds of intervals, rows in a state, and what is there of none. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const gym = openedDatabase(`
create table tariffs (tariff_code text primary key, tariff_name text, billing_interval text, price real);
create table members (member_id integer primary key, member_name text, town text);
create table memberships (
  membership_id integer primary key, member_id integer references members (member_id),
  tariff_code text references tariffs (tariff_code), trial_ends_on text, started_on text, discount_pct real
);
create table visits (
  visit_id integer primary key, membership_id integer references memberships (membership_id), spent_amt real
);
create table requests (request_id integer primary key, title text);
create table decisions (
  decision_id integer primary key, request_id integer references requests (request_id), decided_on text
);
create table book_period (period_id integer primary key, first_day text, status text);
insert into tariffs values ('M', 'Basic', 'month', 20), ('Y', 'Plus', 'year', 200);
insert into members values (1, 'Ann', 'Linz'), (2, 'Bob', 'Graz'), (3, 'Cid', 'Linz');
insert into memberships values
  (1, 1, 'M', null, '2024-01-01', null), (2, 2, 'Y', '2024-02-15', '2024-02-01', 0), (3, 3, 'M', null, '2024-03-01', 10);
insert into visits values (1, 1, 6), (2, 2, 9), (3, 3, 5);
insert into requests values (1, 'Towels'), (2, 'Towels'), (3, 'Lockers');
insert into decisions values (1, 1, '2024-03-01'), (2, 1, '2024-03-02'), (3, 2, '2024-03-05'), (4, 3, '2023-01-01');
insert into book_period values (1, '2024-01-01', 'Closed'), (2, '2024-02-01', 'Open');
`);
afterAll(gym.close);

describe('kinds, intervals and states', () => {
  itReads(
    gym,
    `
town with the highest spent amount
  select t1.town from members as t1 join memberships as t2 on t2.member_id = t1.member_id join visits as t3 on t3.membership_id = t2.membership_id group by t1.town order by sum(t3.spent_amt) desc limit 1
  [["Linz"]]
members on monthly tariffs
  select distinct t1.member_name from members as t1 join memberships as t2 on t2.member_id = t1.member_id join tariffs as t3 on t2.tariff_code = t3.tariff_code where t3.billing_interval = 'month'
  [["Ann"],["Cid"]]
annual tariffs
  select tariff_name from tariffs where billing_interval = 'year'
  [["Plus"]]
memberships without a discount
  select membership_id from memberships where (discount_pct = 0 or discount_pct is null)
  [[1],[2]]
requests decided in March 2024
  select t1.title from requests as t1 join decisions as t2 on t2.request_id = t1.request_id where t2.decided_on between '2024-03-01' and '2024-03-31' group by t1.request_id, t1.title
  [["Towels"],["Towels"]]
open book periods
  select period_id from book_period where status = 'Open'
  [[2]]
`,
  );
  itLeavesUnread(gym, [
    ['trial memberships', 'rows of a kind, or a day of theirs'],
    ['memberships with a null discount', 'no meaning of null'],
  ]);
});
