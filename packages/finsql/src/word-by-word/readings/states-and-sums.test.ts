/** What rows are called by, sums that no word tells, states of rows; and what is no reading of them. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const pawn = openedDatabase(`
create table customer (
  cust_no integer primary key,
  title text,
  forename text,
  surname text,
  town text,
  credit_limit integer, -- thousands of euros
  agreement text -- Y signed, N missing
);
create table branch (branch_id integer primary key, branch_name text, city text, bays integer, monthly_rate real);
create table pawnloan (
  loan_no integer primary key,
  cust_no integer references customer (cust_no),
  branch_id integer references branch (branch_id),
  lentCents integer, -- handed out
  start_day integer, -- YYYYMMDD
  end_day integer, -- YYYYMMDD, NULL while running
  term_months integer,
  withdrawal_fee real
);
create table revenue_entry (
  entry_id integer primary key,
  loan_no integer references pawnloan (loan_no),
  period integer, -- month as 202403
  earned_cents integer
);
create table purchase_order (order_no integer primary key, branch_id integer references branch (branch_id), amount real, status text);
insert into customer values
  (1, 'Mrs', 'Ida', 'Fen', 'Ash', 500, 'Y'), (2, 'Mr', 'Jo', 'Marsh', 'Elm', 50, 'N'), (3, 'Mr', 'Ola', 'Berg', 'Elm', 80, 'N');
insert into branch values (1, 'North', 'Ash', 300, 2.5), (2, 'South', 'Ash', 400, 3.5), (3, 'Quay', 'Elm', 100, 1.5);
insert into pawnloan values
  (101, 1, 1, 50000, 20240110, null, 36, 1), (102, 2, 1, 20000, 20240220, 20240501, 12, 2), (103, 2, 2, 10000, 20240301, null, 12, 3);
insert into revenue_entry values (1, 101, 202402, 1500), (2, 101, 202403, 1500), (3, 102, 202403, 900);
insert into purchase_order values (7, 1, 250, 'Cancelled'), (8, 2, 100, 'Cancelled'), (9, 2, 40, 'Placed');
`);
afterAll(pawn.close);

describe('states and sums of pawned goods', () => {
  itReads(
    pawn,
    `
customers in Elm
  select forename, surname from customer where town = 'Elm'
  [["Jo","Marsh"],["Ola","Berg"]]
Customers without a loan
  select forename, surname from customer where cust_no not in (select cust_no from pawnloan where cust_no is not null)
  [["Ola","Berg"]]
how many loans are running right now
  select count(*) from pawnloan where end_day is null
  [[2]]
Sum lent on loans started in 2024, in euros
  select sum(lentcents / 100.0) from pawnloan where start_day between 20240101 and 20241231
  [[800]]
how many dollars were lent in 2024
  select sum(lentcents / 100.0) from pawnloan where start_day between 20240101 and 20241231
  [[800]]
amount of all cancelled purchase orders
  select sum(amount) from purchase_order where status = 'Cancelled'
  [[350]]
value of purchase orders cancelled
  select sum(amount) from purchase_order where status = 'Cancelled'
  [[350]]
revenue in March 2024
  select sum(earned_cents) from revenue_entry where period = 202403
  [[2400]]
revenue by branch in March 2024
  select t3.branch_name, sum(t1.earned_cents) from revenue_entry as t1 join pawnloan as t2 on t1.loan_no = t2.loan_no join branch as t3 on t2.branch_id = t3.branch_id where t1.period = 202403 group by t3.branch_id, t3.branch_name
  [["North",2400]]
customers with a credit limit above 60,000 euros
  select forename, surname from customer where credit_limit > 60
  [["Ida","Fen"],["Ola","Berg"]]
loans with a three year term
  select loan_no from pawnloan where term_months = 36
  [[101]]
customers without a signed agreement
  select forename, surname from customer where agreement <> 'Y'
  [["Jo","Marsh"],["Ola","Berg"]]
Loans per city, with the mean withdrawal fee
  select t2.city, count(*), avg(t1.withdrawal_fee) from pawnloan as t1 join branch as t2 on t1.branch_id = t2.branch_id group by t2.city
  [["Ash",3,2]]
average withdrawal fee per loan by branch
  select t2.branch_name, avg(t1.withdrawal_fee) from pawnloan as t1 join branch as t2 on t1.branch_id = t2.branch_id group by t2.branch_id, t2.branch_name
  [["North",1.5],["South",3]]
number of loans by start year
  select start_day / 10000, count(*) from pawnloan group by start_day / 10000
  [[2024,3]]
largest loan of each customer with the amount lent
  select forename, surname, loan_no, lentcents from (select t2.forename, t2.surname, t1.loan_no, t1.lentcents, rank() over (partition by t2.cust_no order by t1.lentcents desc) as place from pawnloan as t1 join customer as t2 on t1.cust_no = t2.cust_no) where place = 1
  [["Ida","Fen",101,50000],["Jo","Marsh",102,20000]]
number of loans and the percentage of them still running
  select count(*), 100.0 * sum(case when end_day is null then 1 else 0 end) / count(*) from pawnloan
  [[3,66.66666666666667]]
percentage of loans that are running
  select 100.0 * sum(case when end_day is null then 1 else 0 end) / count(*) from pawnloan
  [[66.66666666666667]]
`,
  );
  itLeavesUnread(pawn, [
    ['cities with more than 500 bays', 'a row, or all of them'],
    ['highest withdrawal', 'no meaning of withdrawal'],
    ['rate per city', 'a level of each kind'],
    ['average loan number', 'a sum of numbers of rows'],
    ['customers for whom every loan was ended', 'all of what each has'],
    ['customers who belong to us', 'no meaning of us'],
    ['loans that are on hold', 'no meaning of hold'],
    ['Which loans have been sold?', 'no meaning of sold'],
    ['loans with running ones included', 'no meaning of included'],
    ['average yearly withdrawal fee', 'a mean of each period'],
    ['how many loans does each customer have today', 'a sum of numbers of rows'],
    ['who is in Elm, with branch and bays', 'who, and something else'],
  ]);
});
