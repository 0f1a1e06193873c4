/** Days of times, rows that others are under, and what ends on a day. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const cards = openedDatabase(`
create table shops (shop_id integer primary key, shop_name text, town text, opened_on text);
create table cards (card_id integer primary key, owner_name text, card_type text, exp_ym text);
create table payments (payment_id integer primary key, card_id integer references cards (card_id), shop_id integer references shops (shop_id), paid_at text, amount real);
insert into shops values (1, 'Fresh', 'Leeds', '2019-01-01'), (2, 'Volt', 'Hull', '2020-02-02');
insert into cards values (1, 'Ann Hale', 'debit', '2025-03'), (2, 'Bob Dunn', 'credit', '2026-11'), (3, 'Cid Moss', 'debit', '2025-12');
insert into payments values
  (1, 1, 1, '2024-06-02 08:10:00', 10), (2, 2, 1, '2024-06-02 19:45:10', 20),
  (3, 1, 2, '2024-06-03 08:24:20', 5), (4, 1, 2, '2024-07-01 12:00:00', 7);
`);
const staff = openedDatabase(`
create table employees (emp_id integer primary key, first_name text, last_name text, hire_date text, term_date text, manager_id integer references employees (emp_id), annual_salary real, office text);
create table departments (dept_id integer primary key, dept_name text, head_id integer);
create table reports (report_id integer primary key, emp_id integer references employees (emp_id), approver_id integer references employees (emp_id), submitted_on text, status text);
create table report_lines (line_id integer primary key, report_id integer references reports (report_id), category text, amount real);
create table policies (policy_no text primary key, product text, start_dt integer, end_dt integer, broker_code text);
insert into employees values
  (1, 'Ida', 'Fen', '2015-01-01', null, null, 90000, 'Leeds'), (2, 'Jo', 'Marsh', '2016-02-01', '2023-05-31', 1, 95000, 'Leeds'),
  (3, 'Ola', 'Berg', '2020-03-01', null, 1, 50000, 'Hull');
insert into departments values (1, 'Sales', 3), (2, 'Legal', null);
insert into reports values (1, 3, 1, '2024-02-01', 'approved'), (2, 3, null, '2024-03-01', 'pending');
insert into report_lines values (1, 1, 'hotel', 100), (2, 1, 'taxi', 20), (3, 2, 'taxi', 40);
insert into policies values ('P1', 'Home', 20230101, 20251231, 'B1'), ('P2', 'Auto', 20240501, 20250315, null);
`);
afterAll(() => {
  cards.close();
  staff.close();
});

describe('days of times', () => {
  itReads(
    cards,
    `
Number of payments per day in June 2024
  select date(paid_at), count(*) from payments where paid_at >= '2024-06-01' and paid_at < '2024-07-01' group by date(paid_at)
  [["2024-06-02",2],["2024-06-03",1]]
Daily payments in June 2024
  select date(paid_at), count(*) from payments where paid_at >= '2024-06-01' and paid_at < '2024-07-01' group by date(paid_at)
  [["2024-06-02",2],["2024-06-03",1]]
Which day had the most payments?
  select date(paid_at) from payments group by date(paid_at) order by count(*) desc limit 1
  [["2024-06-02"]]
total amount by day, sorted by day
  select date(paid_at), sum(amount) from payments group by date(paid_at) order by date(paid_at) asc
  [["2024-06-02",30],["2024-06-03",5],["2024-07-01",7]]
How many cards expire in 2025?
  select count(*) from cards where exp_ym between '2025-01' and '2025-12'
  [[2]]
`,
  );
  itReads(
    cards,
    `
number of payments at shops in Leeds in 2024
  select count(*) from payments as t1 join shops as t2 on t1.shop_id = t2.shop_id where t2.town = 'Leeds' and t1.paid_at >= '2024-01-01' and t1.paid_at < '2025-01-01'
  [[2]]
How many payments were made with debit cards in 2024?
  select count(*) from payments as t1 join cards as t2 on t1.card_id = t2.card_id where t2.card_type = 'debit' and t1.paid_at >= '2024-01-01' and t1.paid_at < '2025-01-01'
  [[3]]
`,
  );
  itLeavesUnread(cards, [['payments by shop type', 'groups of two tables']]);
});

describe('what ends on a day', () => {
  itReads(
    staff,
    `
Which policies expire in 2025?
  select policy_no from policies where end_dt between 20250101 and 20251231
  [["P1"],["P2"]]
Number of policies expiring in March 2025
  select count(*) from policies where end_dt between 20250301 and 20250331
  [[1]]
How many employees do we currently have?
  select count(*) from employees where term_date is null
  [[2]]
How many employees left in 2023?
  select count(*) from employees where term_date between '2023-01-01' and '2023-12-31'
  [[1]]
who left after 2022
  select first_name, last_name from employees where term_date > '2022-12-31'
  [["Jo","Marsh"]]
`,
  );
});

describe('rows that others are under', () => {
  itReads(
    staff,
    `
Employees without a manager
  select first_name, last_name from employees where manager_id is null
  [["Ida","Fen"]]
How many policies have no broker?
  select count(*) from policies where broker_code is null
  [[1]]
Employees who earn more than their manager
  select first_name, last_name from employees where annual_salary > (select above.annual_salary from employees as above where above.emp_id = employees.manager_id)
  [["Jo","Marsh"]]
reports without an approver
  select report_id from reports where approver_id is null
  [[2]]
Who submitted the most reports?
  select t1.first_name, t1.last_name from employees as t1 join reports as t2 on t2.emp_id = t1.emp_id group by t1.emp_id, t1.first_name, t1.last_name order by count(*) desc limit 1
  [["Ola","Berg"]]
average amount per employee
  select t3.first_name, t3.last_name, avg(t1.amount) from report_lines as t1 join reports as t2 on t1.report_id = t2.report_id join employees as t3 on t2.emp_id = t3.emp_id group by t3.emp_id, t3.first_name, t3.last_name
  [["Ola","Berg",53.333333333333336]]
`,
  );
  // Their names are in rows of another table, or in others of the same.
  itLeavesUnread(staff, [
    ['Who heads the Sales department?', 'who of no person'],
    ['How many reports were approved by employees in Leeds?', 'no way to join'],
    ['number of employees per manager', 'what those are called'],
    ['Who is the manager of Ola Berg?', 'what those are called'],
  ]);
});

describe('means of what rows come to that have no name', () => {
  itReads(
    staff,
    `
average amount per report
  select avg(number) from (select sum(t1.amount) as number from report_lines as t1 join reports as t2 on t1.report_id = t2.report_id group by t2.report_id)
  [[80]]
For each report, the average amount
  select t2.report_id, avg(t1.amount) from report_lines as t1 join reports as t2 on t1.report_id = t2.report_id group by t2.report_id
  [[1,60],[2,40]]
`,
  );
});
