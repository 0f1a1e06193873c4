/** Amounts that are of the rows named, means of what lines come to, numbers that are days, and what is active. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const purchases = openedDatabase(`
create table vendors (
  vendor_id integer primary key, vendor_name text, country text, pay_terms_days integer, closed_on text
);
create table bills (
  bill_id integer primary key, bill_no text, vendor_id integer references vendors (vendor_id),
  due_on text, net_amt real, gross_amt real, hold_reason text
);
create table bill_pmt (
  pmt_id integer primary key, bill_id integer references bills (bill_id), paid_at text, amt real
);
create table claims (
  claim_id integer primary key, claim_no text, dept text, cancel_reason text, cancelled_on text
);
create table claim_lines (
  line_id integer primary key, claim_id integer references claims (claim_id), kind text, cost_amt real
);
create table stock_eod (vendor_id integer references vendors (vendor_id), as_of integer, mkt_value real);
insert into vendors values (1, 'Alder', 'DE', 30, null), (2, 'Birch', 'FR', 60, '2024-02-01');
insert into bills values (1, 'B-1', 1, '2024-01-31', 100, 119, null), (2, 'B-2', 2, '2024-02-28', 50, 60, 'query');
insert into bill_pmt values (1, 1, '2024-01-31 15:00:00', 100), (2, 1, '2024-02-02 08:00:00', 19), (3, 2, '2024-02-01 09:30:00', 20);
insert into claims values (1, 'C-1', 'IT', null, null), (2, 'C-2', 'HR', 'double', '2024-03-03'), (3, 'C-3', 'IT', 'double', '2024-04-04');
insert into claim_lines values (1, 1, 'taxi', 10), (2, 1, 'hotel', 90), (3, 2, 'taxi', 20), (4, 3, 'meal', 30);
insert into stock_eod values (1, 20240628, 10), (1, 20240930, 12), (2, 20240628, 5), (2, 20240930, 7);
`);
afterAll(purchases.close);

describe('amounts and days of one kind', () => {
  itReads(
    purchases,
    `
average cost of a claim
  select avg(number) from (select sum(t2.cost_amt) as number from claims as t1 join claim_lines as t2 on t2.claim_id = t1.claim_id group by t1.claim_id)
  [[50]]
average cost of claim lines by kind
  select kind, avg(cost_amt) from claim_lines group by kind
  [["hotel",90],["meal",30],["taxi",15]]
total amount of bill payments
  select sum(amt) from bill_pmt
  [[139]]
bills paid after the due date
  select distinct t1.bill_no from bills as t1 join bill_pmt as t2 on t2.bill_id = t1.bill_id where date(t2.paid_at) > t1.due_on
  [["B-1"]]
total market value per vendor as of 30 September 2024
  select t2.vendor_name, sum(t1.mkt_value) from stock_eod as t1 join vendors as t2 on t1.vendor_id = t2.vendor_id where t1.as_of = 20240930 group by t2.vendor_id, t2.vendor_name
  [["Alder",12],["Birch",7]]
total market value on the latest date
  select sum(mkt_value) from stock_eod where as_of = (select max(as_of) from stock_eod)
  [[19]]
vendors with payment terms over 30 days
  select vendor_name from vendors where pay_terms_days > 30
  [["Birch"]]
most frequent cancellation reason
  select cancel_reason from claims where cancel_reason is not null group by cancel_reason order by count(*) desc limit 1
  [["double"]]
how many active vendors are there
  select count(*) from vendors where closed_on is null
  [[1]]
active claims per department
  select dept, count(*) from claims where cancelled_on is null group by dept
  [["IT",1]]
`,
  );
  itLeavesUnread(purchases, [
    ['average bill amount', 'select avg(net_amt) from bills | select avg(gross_amt) from bills'],
    ['average claim cost by department', 'a mean of lines, or of what they come to'],
    ['how many active claims in March 2024', 'what went on then'],
  ]);
});
