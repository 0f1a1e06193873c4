/** What comes together in a period, the first of groups by their figure, who has the most rows, kinds told once. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const ledger = openedDatabase(`
create table staff (staff_id integer primary key, staff_name text);
create table journals (
  journal_id integer primary key,
  posted_on text,
  source text,
  staff_id integer references staff (staff_id)
);
create table expense_budget (cost_centre text, account text, fiscal_year integer, budget_amount real);
create table closing_prices (security text, price_date text, close_price real);
create table commissions (
  commission_id integer primary key, region text, earned_on text, commission real, disputed text
);
insert into staff values (1, 'Ida Fen'), (2, 'Jo Marsh');
insert into journals values
  (1, '2024-02-01', 'manual', 1), (2, '2024-05-01', 'manual', 1), (3, '2024-06-01', 'payroll', 2);
insert into expense_budget values ('Sales', 'Travel', 2025, 100), ('IT', 'Cloud', 2025, 300);
insert into closing_prices values
  ('Ash', '2023-06-30', 10), ('Ash', '2024-06-30', 20), ('Birch', '2024-06-30', 30);
insert into commissions values
  (1, 'North', '2024-01-05', 10, 'Y'), (2, 'North', '2024-03-05', 20, 'Y'), (3, 'South', '2023-01-05', 5, 'N');
`);
afterAll(ledger.close);

describe('sums, tops and kinds', () => {
  itReads(
    ledger,
    `
commission in 2024
  select sum(commission) from commissions where earned_on between '2024-01-01' and '2024-12-31'
  [[30]]
commission per region, top 1 with the amounts
  select region, sum(commission) from commissions group by region order by sum(commission) desc limit 1
  [["North",30]]
regions with disputed commissions
  select distinct region from commissions where disputed = 'Y'
  [["North"]]
total expense budget for 2025
  select sum(budget_amount) from expense_budget where fiscal_year = 2025
  [[400]]
Who posted the most journals in 2024?
  select t1.staff_name from staff as t1 join journals as t2 on t2.staff_id = t1.staff_id where t2.posted_on between '2024-01-01' and '2024-12-31' group by t1.staff_id, t1.staff_name order by count(*) desc limit 1
  [["Ida Fen"]]
average closing price by security
  select security, avg(close_price) from closing_prices group by security
  [["Ash",15],["Birch",30]]
journals per source, count only
  select source, count(*) from journals group by source
  [["manual",2],["payroll",1]]
region and commission in 2024
  select region, commission from commissions where earned_on between '2024-01-01' and '2024-12-31'
  [["North",10],["North",20]]
`,
  );
  itLeavesUnread(ledger, [['who has the most closing prices', 'the most of whom']]);
});

describe('what is bought and sold', () => {
  const broker = openedDatabase(`
create table clients (client_id integer primary key, full_name text);
create table trades (
  trade_id integer primary key,
  client_id integer references clients (client_id),
  traded_on text,
  side text, -- B buy, S sell
  quantity integer,
  price real
);
insert into clients values (1, 'Ida Fen'), (2, 'Jo Marsh'), (3, 'Ola Berg');
insert into trades values
  (1, 1, '2023-05-01', 'B', 10, 5), (2, 1, '2024-05-01', 'S', 4, 6), (3, 2, '2024-06-01', 'B', 100, 2);
`);
  afterAll(broker.close);
  itReads(
    broker,
    `
clients who have never sold anything
  select full_name from clients where client_id not in (select client_id from trades where client_id is not null and side = 'S')
  [["Jo Marsh"],["Ola Berg"]]
Which clients bought in 2024?
  select distinct t1.full_name from clients as t1 join trades as t2 on t2.client_id = t1.client_id where t2.side = 'B' and t2.traded_on between '2024-01-01' and '2024-12-31'
  [["Jo Marsh"]]
what was the largest trade
  select max(quantity * price) from trades
  [[200]]
`,
  );
});

describe('people, and what is theirs', () => {
  const office = openedDatabase(`
create table departments (dept_id integer primary key, dept_name text);
create table employees (
  employee_id integer primary key, full_name text, dept_id integer references departments (dept_id), left_on text
);
create table laptops (laptop_id integer primary key, employee_id integer references employees (employee_id), status text);
insert into departments values (1, 'People'), (2, 'Sales');
insert into employees values (1, 'Ida Fen', 1, null), (2, 'Jo Marsh', 2, '2024-01-01'), (3, 'Ola Berg', 2, null);
insert into laptops values (1, 3, 'broken'), (2, 3, 'broken'), (3, 1, 'fine');
`);
  afterAll(office.close);
  itReads(
    office,
    `
how many people are currently employed
  select count(*) from employees where left_on is null
  [[2]]
Sales employees: how many of their laptops are broken?
  select count(*) from employees as t1 join departments as t2 on t1.dept_id = t2.dept_id join laptops as t3 on t3.employee_id = t1.employee_id where t2.dept_name = 'Sales' and t3.status = 'broken'
  [[2]]
how many employees are in People
  select count(*) from employees as t1 join departments as t2 on t1.dept_id = t2.dept_id where t2.dept_name = 'People'
  [[1]]
how many employees we've got
  select count(*) from employees
  [[3]]
`,
  );
});
