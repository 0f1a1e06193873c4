/** What questions say at their end: lists of columns, counts and sums, what is meant alone, and what is left out. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const lender = openedDatabase(`
create table branch (branch_id integer primary key, branch_name text, city text);
create table officer (
  officer_id integer primary key,
  full_name text,
  email text,
  salary integer,
  joined_on text,
  branch_id integer references branch (branch_id)
);
create table loan (
  loan_no integer primary key,
  officer_id integer references officer (officer_id),
  kind text,
  amount real,
  fee_cents integer,
  granted_on text,
  status text -- O = open, R = repaid, W = written off
);
create table guarantee (
  guarantee_id integer primary key,
  loan_no integer references loan (loan_no),
  valuation real
);
insert into branch values (1, 'North', 'Leeds'), (2, 'South', 'Bath');
insert into officer values
  (1, 'Ida Fen', 'ida@x.org', 50000, '2023-02-01', 1), (2, 'Jo Marsh', null, 60000, '2024-03-01', 1),
  (3, 'Kim Dale', 'kim@x.org', 40000, '2024-05-01', 2);
insert into loan values
  (11, 1, 'car', 900, 250, '2023-05-01', 'O'), (12, 1, 'home', 5000, 900, '2024-05-01', 'R'),
  (13, 2, 'car', 700, 100, '2024-06-01', 'W'), (14, 2, 'home', 8000, 700, '2024-07-01', 'O'),
  (15, 2, 'car', 300, null, '2024-08-01', 'O');
insert into guarantee values (1, 12, 6000), (2, 14, 9000);
`);
afterAll(lender.close);

describe('columns listed at the end', () => {
  itReads(
    lender,
    `
written off loans: number, officer and amount
  select t1.loan_no, t2.full_name, t1.amount from loan as t1 join officer as t2 on t1.officer_id = t2.officer_id where t1.status = 'W'
  [[13,"Jo Marsh",700]]
loans granted in 2023, number and date
  select loan_no, granted_on from loan where granted_on between '2023-01-01' and '2023-12-31'
  [[11,"2023-05-01"]]
largest open loan: number, amount, kind
  select loan_no, amount, kind from loan where status = 'O' order by amount desc limit 1
  [[14,8000,"home"]]
each officer's largest loan: officer, number, amount
  select full_name, loan_no, amount from (select t2.full_name, t1.loan_no, t1.amount, rank() over (partition by t2.officer_id order by t1.amount desc) as place from loan as t1 join officer as t2 on t1.officer_id = t2.officer_id) where place = 1
  [["Ida Fen",12,5000],["Jo Marsh",14,8000]]
best paid officer of every branch
  select branch_name, full_name from (select t2.branch_name, t1.full_name, rank() over (partition by t2.branch_id order by t1.salary desc) as place from officer as t1 join branch as t2 on t1.branch_id = t2.branch_id) where place = 1
  [["North","Jo Marsh"],["South","Kim Dale"]]
officers with salary
  select full_name, salary from officer
  [["Ida Fen",50000],["Jo Marsh",60000],["Kim Dale",40000]]
`,
  );
  itLeavesUnread(lender, [['Who has a salary? Email, please.', 'figures, or their rows']]);
});

describe('counts and sums at the end', () => {
  itReads(
    lender,
    `
loans by kind, count and total, biggest total first
  select kind, count(*), sum(amount) from loan group by kind order by sum(amount) desc
  [["home",2,13000],["car",3,1900]]
open loans: number and amount
  select loan_no, amount from loan where status = 'O'
  [[11,900],[14,8000],[15,300]]
open loans: how many and how much
  select count(*), sum(amount) from loan where status = 'O'
  [[3,9200]]
How many loans are open and what are they worth?
  select count(*), sum(amount) from loan where status = 'O'
  [[3,9200]]
loans and average amount by kind
  select kind, count(*), avg(amount) from loan group by kind
  [["car",3,633.3333333333334],["home",2,6500]]
number of loans by status, most frequent first
  select status, count(*) from loan group by status order by count(*) desc
  [["O",3],["W",1],["R",1]]
total fees in cents
  select sum(fee_cents) from loan
  [[1950]]
officers with three loans or more
  select t1.full_name from officer as t1 join loan as t2 on t2.officer_id = t1.officer_id group by t1.officer_id, t1.full_name having count(*) >= 3
  [["Jo Marsh"]]
how many joined in 2024
  select count(*) from officer where joined_on between '2024-01-01' and '2024-12-31'
  [[2]]
number of loans by year of granting
  select strftime('%Y', granted_on), count(*) from loan group by strftime('%Y', granted_on)
  [["2023",1],["2024",4]]
`,
  );
  itLeavesUnread(lender, [
    ['total amount of loans in cents', 'parts of what is stored'],
    ['number of kinds by kind', 'how many of themselves'],
    ['how do officers pay', 'how of what'],
  ]);
});

describe('what is meant alone, left out, or not put down', () => {
  itReads(
    lender,
    `
total amount by kind, open loans only
  select kind, sum(amount) from loan where status = 'O' group by kind
  [["car",1200],["home",8000]]
total amount by kind, written off ones left out
  select kind, sum(amount) from loan where status <> 'W' group by kind
  [["car",1200],["home",13000]]
who has no email
  select full_name from officer where email is null
  [["Jo Marsh"]]
officers whose email we do not know
  select full_name from officer where email is null
  [["Jo Marsh"]]
most valuable guarantee: id and valuation
  select guarantee_id, valuation from guarantee order by valuation desc limit 1
  [[2,9000]]
`,
  );
  itLeavesUnread(lender, [
    ['officers with open loans only', 'a unit of nothing'],
    ['loans left out', 'without which rows'],
    ['officers of loans we do not know', 'what is not known'],
  ]);
});
