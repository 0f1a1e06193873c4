/** Buys and sells, debits and credits, amounts in money of what is kept in cents, and rows that refer to their own kind. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const desk = openedDatabase(`
create table firms (
  firm_id integer primary key, firm_name text, country text,
  introduced_by integer references firms (firm_id), parent_code text
);
create table trades (
  trade_id integer primary key, firm_id integer references firms (firm_id), side text, qty integer,
  price real, fee_cents integer, reject_code text
);
create table employees (emp_id integer primary key, first_name text, last_name text, mgr_id integer);
insert into firms values
  (1, 'Ash', 'United Kingdom', null, null), (2, 'Birch', 'Germany', 1, 'A'), (3, 'Cedar', 'United Kingdom', 1, 'A');
insert into trades values
  (1, 1, 'B', 10, 5, 900, null), (2, 1, 'S', 4, 6, 30000, null), (3, 2, 'B', 3, 7, 12000, 'late'), (4, 3, 'S', 1, 9, 2500, null);
insert into employees values (1, 'Ida', 'Fen', null), (2, 'Jo', 'Berg', 1);
`);
afterAll(desk.close);

describe('sides, whole money, and rows of their own kind', () => {
  itReads(
    desk,
    `
average price of sells
  select avg(price) from trades where side = 'S'
  [[7.5]]
What percentage of trades are buys?
  select 100.0 * sum(case when side = 'B' then 1 else 0 end) / count(*) from trades
  [[50]]
which firms bought
  select distinct t1.firm_name from firms as t1 join trades as t2 on t2.firm_id = t1.firm_id where t2.side = 'B'
  [["Ash"],["Birch"]]
how many firms are in the UK
  select count(*) from firms where country = 'United Kingdom'
  [[2]]
trades with a fee over $100
  select trade_id from trades where fee_cents > 10000
  [[2],[3]]
most common reject code
  select reject_code from trades where reject_code is not null group by reject_code order by count(*) desc limit 1
  [["late"]]
fee as a percentage of traded value by side
  select side, 100.0 * sum(fee_cents) / sum(qty * price * 100) from trades group by side
  [["B",181.69014084507043],["S",984.8484848484849]]
firms introduced by Ash
  select firm_name from firms where introduced_by in (select firm_id from firms where firm_name = 'Ash')
  [["Birch"],["Cedar"]]
employees whose manager is Ida Fen
  select first_name, last_name from employees where mgr_id in (select emp_id from employees where first_name = 'Ida' and last_name = 'Fen')
  [["Jo","Berg"]]
`,
  );
  itLeavesUnread(desk, [
    ['trades with a fee over 50', 'cents, or whole'],
    ['firms not introduced by Ash', 'all but those under it'],
    ['parent of the firm Birch', 'a code of other rows'],
    ['total sales', 'not one such column in trades'],
  ]);
});
