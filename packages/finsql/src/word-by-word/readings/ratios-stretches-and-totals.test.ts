import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const desk = openedDatabase(`
create table lenders (lender_id integer primary key, lender_name text, country text);
create table loans (loan_no text primary key, lender_id integer references lenders (lender_id), branch text, disbursed_on date, principal real, balance real, refinanced_from text);
create table instalments (loan_no text references loans (loan_no), seq integer, due_date date, interest_due real, paid_on date, paid_amount real, primary key (loan_no, seq));
create table pools (isin text primary key, lender_id integer references lenders (lender_id), class_name text, is_listed integer, distribution text);
create table pool_values (isin text references pools (isin), value_date date, total_assets real, primary key (isin, value_date));
create table flows (flow_id integer primary key, investor text, deal_date date, flow_type text, amount real);
create table clerks (clerk_id integer primary key, clerk_name text, grade text, hire_date date, leave_dt date);
create table timesheets (ts_id integer primary key, clerk_id integer references clerks (clerk_id), work_date integer, hours real, approved_by integer references clerks (clerk_id));

insert into lenders values (1, 'Alder', 'UK'), (2, 'Birch', 'Spain'), (3, 'Cedar', 'UK');
insert into loans values
  ('L-1', 1, 'Leeds', '2024-01-10', 100, 60, null), ('L-2', 1, 'Cardiff', '2024-02-10', 100, 80, 'L-1'),
  ('L-3', 2, 'Leeds', '2024-05-03', 150, 120, null), ('L-4', 3, 'Leeds', '2024-05-20', 50, 10, null);
insert into instalments values
  ('L-1', 1, '2024-02-10', 5, '2024-02-09', 5), ('L-1', 2, '2024-03-10', 4, null, null),
  ('L-2', 1, '2024-03-15', 6, '2024-04-02', 6), ('L-3', 1, '2024-06-03', 7, null, null);
insert into pools values
  ('X1', 1, 'A', 1, 'ACC'), ('X2', 1, 'B', 0, 'DIST'), ('X3', 2, 'A', 1, 'ACC'), ('X4', 2, 'B', 1, 'DIST'), ('X5', 3, 'A', 0, 'ACC');
insert into pool_values values
  ('X1', '2024-05-31', 10), ('X1', '2024-06-28', 11), ('X3', '2024-05-31', 15), ('X3', '2024-06-28', 14);
insert into flows values
  (1, 'Fern', '2024-05-02', 'SUB', 100), (2, 'Gorse', '2024-05-15', 'RED', 40), (3, 'Fern', '2024-05-16', 'RED', 30), (4, 'Gorse', '2024-06-03', 'SUB', 90), (5, 'Gorse', '2024-06-04', 'SUB', 80);
insert into clerks values (1, 'Hazel', 'P1', '2015-02-01', null), (2, 'Ivy', 'P2', '2019-07-01', '2024-03-31');
insert into timesheets values (1, 1, 20240501, 8, 2), (2, 1, 20240515, 7, null), (3, 2, 20240516, 6, 1);
`);
afterAll(() => desk.close());

/** A question, the statement read off it, and the rows of that. */
const READ = `
loans disbursed between 1 and 15 May 2024
  select loan_no from loans where disbursed_on between '2024-05-01' and '2024-05-15'
  [["L-3"]]
loans disbursed between May 1 and 15, 2024
  select loan_no from loans where disbursed_on between '2024-05-01' and '2024-05-15'
  [["L-3"]]
loans disbursed from 10 February to 5 May 2024
  select loan_no from loans where disbursed_on between '2024-02-10' and '2024-05-05'
  [["L-2"],["L-3"]]
loans disbursed between January and March 2024
  select loan_no from loans where disbursed_on between '2024-01-01' and '2024-03-31'
  [["L-1"],["L-2"]]
total hours between 1 and 15 May 2024
  select sum(hours) from timesheets where work_date between 20240501 and 20240515
  [[15]]
total interest due in March 2024
  select sum(interest_due) from instalments where due_date between '2024-03-01' and '2024-03-31'
  [[10]]
total paid amount in April 2024
  select sum(paid_amount) from instalments where paid_on between '2024-04-01' and '2024-04-30'
  [[6]]
total interest due per month in 2024
  select strftime('%m', due_date), sum(interest_due) from instalments where due_date between '2024-01-01' and '2024-12-31' group by strftime('%m', due_date)
  [["02",5],["03",10],["06",7]]
lender with the highest balance
  select t1.lender_name from lenders as t1 join loans as t2 on t2.lender_id = t1.lender_id group by t1.lender_id, t1.lender_name order by sum(t2.balance) desc limit 1
  [["Alder"]]
which lender has the highest balance?
  select t1.lender_name from lenders as t1 join loans as t2 on t2.lender_id = t1.lender_id group by t1.lender_id, t1.lender_name order by sum(t2.balance) desc limit 1
  [["Alder"]]
lender with the highest balance in UK, only the top 3
  select t1.lender_name from lenders as t1 join loans as t2 on t2.lender_id = t1.lender_id where t1.country = 'UK' group by t1.lender_id, t1.lender_name order by sum(t2.balance) desc limit 3
  [["Alder"],["Cedar"]]
branch with the highest principal
  select branch from loans group by branch order by sum(principal) desc limit 1
  [["Leeds"]]
lender with the highest single balance
  select t1.lender_name from lenders as t1 join loans as t2 on t2.lender_id = t1.lender_id order by t2.balance desc limit 1
  [["Birch"]]
ratio of balance to principal by branch
  select branch, sum(balance) * 1.0 / sum(principal) from loans group by branch
  [["Cardiff",0.8],["Leeds",0.6333333333333333]]
balance to principal ratio
  select sum(balance) * 1.0 / sum(principal) from loans
  [[0.675]]
loans with a ratio of balance to principal above 0.7
  select loan_no from loans where balance * 1.0 / principal > 0.7
  [["L-2"],["L-3"]]
listed pools
  select isin, class_name from pools where is_listed = 1
  [["X1","A"],["X3","A"],["X4","B"]]
total assets of each pool on 28 June 2024
  select t2.isin, t2.class_name, sum(t1.total_assets) from pool_values as t1 join pools as t2 on t1.isin = t2.isin where t1.value_date = '2024-06-28' group by t2.isin, t2.class_name
  [["X1","A",11],["X3","A",14]]
loans that were refinanced
  select loan_no from loans where refinanced_from is not null
  [["L-2"]]
how many loans were not refinanced?
  select count(*) from loans where refinanced_from is null
  [[3]]
timesheets not yet approved
  select ts_id from timesheets where approved_by is null
  [[2]]
unpaid instalments
  select loan_no, seq from instalments where paid_on is null
  [["L-1",2],["L-3",1]]
instalments due between 10 and 20 March 2024
  select loan_no, seq from instalments where due_date between '2024-03-10' and '2024-03-20'
  [["L-1",2],["L-2",1]]
instalments per loan on average
  select avg(number) from (select count(*) as number from instalments as t1 join loans as t2 on t1.loan_no = t2.loan_no group by t2.loan_no)
  [[1.3333333333333333]]
grade by clerk
  select clerk_name, grade from clerks
  [["Hazel","P1"],["Ivy","P2"]]
total redemptions in May 2024
  select sum(amount) from flows where flow_type = 'RED' and deal_date between '2024-05-01' and '2024-05-31'
  [[70]]
subscriptions minus redemptions by investor
  select investor, sum(case when flow_type = 'SUB' then amount else 0 end) - sum(case when flow_type = 'RED' then amount else 0 end) from flows group by investor
  [["Fern",70],["Gorse",130]]
share of flows that are redemptions
  select 100.0 * sum(case when flow_type = 'RED' then 1 else 0 end) / count(*) from flows
  [[40]]
accumulating pools
  select isin, class_name from pools where distribution = 'ACC'
  [["X1","A"],["X3","A"],["X5","A"]]
hire date by clerk
  select clerk_name, hire_date from clerks
  [["Hazel","2015-02-01"],["Ivy","2019-07-01"]]
`;

/** Questions that nothing is read off, and why. */
const UNREAD: readonly (readonly [question: string, reason: string])[] = [
  ['lender with the highest balance, only the bottom 3', 'a word is left over'],
  ['lenders with a ratio of balance to principal above 0.7', 'a ratio of each of many rows'],
  ['grade by branch', 'columns by groups'],
  ['leave days', 'days, or dates'],
  ['loans disbursed between 2024', 'between what'],
  ['loans disbursed between 31 and 32 May 2024', 'what is done on no day'],
];

describe('ratios by that word, stretches of days, and totals of things', () => {
  itReads(desk, READ);
  itLeavesUnread(desk, UNREAD);
});
