/** Kinds, periods and figures beside each other, and what rows come to. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const lender = openedDatabase(`
create table branch (
  branch_id integer primary key,
  branch_name text,
  monthly_rent integer,
  floor_area integer -- square metres
);
create table client (
  client_id integer primary key,
  client_name text,
  segment text, -- R retail, C corporate
  newsletter text -- yes or no
);
create table loan (
  loan_no integer primary key,
  branch_id integer references branch (branch_id),
  client_id integer references client (client_id),
  purpose text,
  state text, -- O open, D default, P repaid
  granted_on text,
  due_on text,
  closed_on text,
  principal integer,
  interest integer
);
create table advert (
  advert_id integer primary key,
  branch_id integer references branch (branch_id),
  cost integer,
  clicks integer
);
create table cash_entry (
  entry_id integer primary key,
  branch_id integer references branch (branch_id),
  kind text, -- D deposit, W withdrawal
  booked_on text,
  amount_cents integer
);
insert into branch values (1, 'North', 900, 60), (2, 'South', 500, 50);
insert into client values
  (1, 'Ida Fen', 'R', 'yes'), (2, 'Marsh Ltd', 'C', 'no'), (3, 'Ola Berg', 'R', 'no');
insert into loan values
  (11, 1, 1, 'car', 'O', '2024-02-01', '2026-02-01', null, 500, 40),
  (12, 1, 2, 'shop', 'D', '2024-09-01', '2026-09-01', null, 900, 90),
  (13, 2, 3, 'car', 'P', '2025-03-01', '2027-03-01', '2025-12-01', 700, 30),
  (14, 2, 2, 'shop', 'O', '2025-10-01', '2027-10-01', null, 1200, 200);
insert into advert values (1, 1, 120, 60), (2, 1, 30, 40), (3, 2, 90, 30);
insert into cash_entry values
  (1, 1, 'D', '2025-01-10', 40000), (2, 1, 'W', '2025-03-05', 10000),
  (3, 2, 'D', '2025-07-01', 25000), (4, 1, 'D', '2025-09-01', 60000);
`);
afterAll(lender.close);

describe('figures beside each other', () => {
  itReads(
    lender,
    `
average principal, retail against corporate clients
  select t1.segment, avg(t2.principal) from client as t1 join loan as t2 on t2.client_id = t1.client_id where t1.segment in ('R', 'C') group by t1.segment
  [["C",1050],["R",600]]
principal by branch, retail versus corporate
  select t2.branch_name, sum(case when t3.segment = 'R' then t1.principal else 0 end), sum(case when t3.segment = 'C' then t1.principal else 0 end) from loan as t1 join branch as t2 on t1.branch_id = t2.branch_id join client as t3 on t1.client_id = t3.client_id group by t2.branch_id, t2.branch_name
  [["North",500,900],["South",700,1200]]
newsletter clients against the others: average principal
  select t1.newsletter, avg(t2.principal) from client as t1 join loan as t2 on t2.client_id = t1.client_id group by t1.newsletter
  [["no",933.3333333333334],["yes",500]]
defaults versus open loans in 2024
  select state, count(*) from loan where state in ('D', 'O') and granted_on between '2024-01-01' and '2024-12-31' group by state
  [["D",1],["O",1]]
principal by branch, 2024 against 2025
  select t2.branch_name, sum(case when t1.granted_on between '2024-01-01' and '2024-12-31' then t1.principal else 0 end), sum(case when t1.granted_on between '2025-01-01' and '2025-12-31' then t1.principal else 0 end) from loan as t1 join branch as t2 on t1.branch_id = t2.branch_id group by t2.branch_id, t2.branch_name
  [["North",1400,0],["South",0,1900]]
principal in 2024 against 2025 by purpose, and the growth in percent
  select purpose, sum(case when granted_on between '2024-01-01' and '2024-12-31' then principal else 0 end), sum(case when granted_on between '2025-01-01' and '2025-12-31' then principal else 0 end), 100.0 * (sum(case when granted_on between '2025-01-01' and '2025-12-31' then principal else 0 end) - sum(case when granted_on between '2024-01-01' and '2024-12-31' then principal else 0 end)) / sum(case when granted_on between '2024-01-01' and '2024-12-31' then principal else 0 end) from loan group by purpose
  [["car",500,700,40],["shop",900,1200,33.333333333333336]]
deposits and withdrawals per branch
  select t2.branch_name, sum(case when t1.kind = 'D' then 1 else 0 end), sum(case when t1.kind = 'W' then 1 else 0 end) from cash_entry as t1 join branch as t2 on t1.branch_id = t2.branch_id group by t2.branch_id, t2.branch_name
  [["North",2,1],["South",1,0]]
principal in 2024 and in 2025, side by side
  select sum(case when granted_on between '2024-01-01' and '2024-12-31' then principal else 0 end), sum(case when granted_on between '2025-01-01' and '2025-12-31' then principal else 0 end) from loan
  [[1400,1900]]
change in the number of loans from the first to the second half of 2025
  select sum(case when granted_on between '2025-07-01' and '2025-12-31' then 1 else 0 end) - sum(case when granted_on between '2025-01-01' and '2025-06-30' then 1 else 0 end) from loan
  [[0]]
By what percent did principal change from March to October 2025?
  select 100.0 * (sum(case when granted_on between '2025-10-01' and '2025-10-31' then principal else 0 end) - sum(case when granted_on between '2025-03-01' and '2025-03-31' then principal else 0 end)) / sum(case when granted_on between '2025-03-01' and '2025-03-31' then principal else 0 end) from loan
  [[71.42857142857143]]
cost per click
  select sum(cost) * 1.0 / sum(clicks) from advert
  [[1.8461538461538463]]
cost per click by branch
  select t2.branch_name, sum(t1.cost) * 1.0 / sum(t1.clicks) from advert as t1 join branch as t2 on t1.branch_id = t2.branch_id group by t2.branch_id, t2.branch_name
  [["North",1.5],["South",3]]
branches with the highest rent per square metre
  select branch_name from branch order by monthly_rent * 1.0 / floor_area desc limit 1
  [["North"]]
principal and interest by purpose
  select purpose, sum(principal), sum(interest) from loan group by purpose
  [["car",1200,70],["shop",2100,290]]
principal plus interest by purpose
  select purpose, sum(principal + interest) from loan group by purpose
  [["car",1270],["shop",2390]]
total principal plus interest
  select sum(principal + interest) from loan
  [[3660]]
interest over all loans
  select sum(interest) from loan
  [[360]]
average principal over the loans
  select avg(principal) from loan
  [[825]]
default rate by purpose
  select purpose, 100.0 * sum(case when state = 'D' then 1 else 0 end) / count(*) from loan group by purpose
  [["car",0],["shop",50]]
default rate by purpose, percent of principal
  select purpose, 100.0 * sum(case when state = 'D' then principal else 0 end) / sum(principal) from loan group by purpose
  [["car",0],["shop",42.857142857142854]]
average loan by purpose
  select purpose, avg(principal) from loan group by purpose
  [["car",600],["shop",1050]]
loans with client and amount
  select t1.loan_no, t2.client_name, t1.principal from loan as t1 join client as t2 on t1.client_id = t2.client_id
  [[11,"Ida Fen",500],[12,"Marsh Ltd",900],[13,"Ola Berg",700],[14,"Marsh Ltd",1200]]
the two largest loans with the name of the client
  select t1.loan_no, t2.client_name, t1.principal from loan as t1 join client as t2 on t1.client_id = t2.client_id order by t1.principal desc limit 2
  [[14,"Marsh Ltd",1200],[12,"Marsh Ltd",900]]
the largest loan of each branch with the client's name
  select branch_name, client_name, principal from (select t2.branch_name, t3.client_name, t1.principal, rank() over (partition by t2.branch_id order by t1.principal desc) as place from loan as t1 join branch as t2 on t1.branch_id = t2.branch_id join client as t3 on t1.client_id = t3.client_id) where place = 1
  [["North","Marsh Ltd",900],["South","Marsh Ltd",1200]]
Loans granted in 2025: number, client, amount
  select t1.loan_no, t2.client_name, t1.principal from loan as t1 join client as t2 on t1.client_id = t2.client_id where t1.granted_on between '2025-01-01' and '2025-12-31'
  [[13,"Ola Berg",700],[14,"Marsh Ltd",1200]]
loans by state: state, number, amount
  select state, count(*), sum(principal) from loan group by state
  [["D",1,900],["O",2,1700],["P",1,700]]
List the loans with the day they close, soonest first
  select loan_no, closed_on from loan order by closed_on asc
  [[11,null],[12,null],[14,null],[13,"2025-12-01"]]
clients with loans in more than one branch
  select t1.client_name from client as t1 join loan as t2 on t2.client_id = t1.client_id join branch as t3 on t2.branch_id = t3.branch_id group by t1.client_id, t1.client_name having count(distinct t3.branch_id) > 1
  [["Marsh Ltd"]]
purposes with more than 1,500 euros of loans
  select purpose from loan group by purpose having sum(principal) > 1500
  [["shop"]]
clients who borrowed more than 1,500 euros in total
  select t1.client_name from client as t1 join loan as t2 on t2.client_id = t1.client_id group by t1.client_id, t1.client_name having sum(t2.principal) > 1500
  [["Marsh Ltd"]]
loans with more interest than principal
  select loan_no from loan where interest > principal
  []
smallest and largest deposit
  select min(amount_cents), max(amount_cents) from cash_entry where kind = 'D'
  [[25000,60000]]
Which purpose has the most principal
  select purpose from loan group by purpose order by sum(principal) desc limit 1
  [["shop"]]
What do the loans of Marsh Ltd come to?
  select sum(t1.principal) from loan as t1 join client as t2 on t1.client_id = t2.client_id where t2.client_name = 'Marsh Ltd'
  [[2100]]
percentage of retail clients with newsletter
  select 100.0 * sum(case when newsletter = 'yes' then 1 else 0 end) / count(*) from client where segment = 'R'
  [[50]]
deposits over 300 euros: day, euros
  select booked_on, amount_cents / 100.0 from cash_entry where kind = 'D' and amount_cents > 30000
  [["2025-01-10",400],["2025-09-01",600]]
loans per branch, largest branch first
  select t2.branch_name, count(*) from loan as t1 join branch as t2 on t1.branch_id = t2.branch_id group by t2.branch_id, t2.branch_name order by count(*) desc
  [["North",2],["South",2]]
who has more than one loan, and how many is it?
  select t1.client_name, count(*) from client as t1 join loan as t2 on t2.client_id = t1.client_id group by t1.client_id, t1.client_name having count(*) > 1
  [["Marsh Ltd",2]]
For each branch, principal and interest of 2025
  select t2.branch_name, sum(t1.principal), sum(t1.interest) from loan as t1 join branch as t2 on t1.branch_id = t2.branch_id where t1.granted_on between '2025-01-01' and '2025-12-31' group by t2.branch_id, t2.branch_name
  [["South",1900,230]]
average principal by branch for open loans only
  select t2.branch_name, avg(t1.principal) from loan as t1 join branch as t2 on t1.branch_id = t2.branch_id where t1.state = 'O' group by t2.branch_id, t2.branch_name
  [["North",500],["South",1200]]
principal from March to October 2025
  select sum(principal) from loan where granted_on between '2025-03-01' and '2025-10-31'
  [[1900]]
`,
  );
});

describe('no statement is read off', () => {
  itLeavesUnread(lender, [
    // A state has more than two kinds.
    ['open loans against the others', 'which others'],
    ['principal 2024 against', 'compared with what'],
    ['retail clients with only car loans', 'a unit of nothing'],
    ['loans of everything', 'what of all rows'],
    ['car loan rate by branch', 'no meaning of rate'],
    ['clients with more than 3 segments', 'a number compared with a text'],
  ]);
});
