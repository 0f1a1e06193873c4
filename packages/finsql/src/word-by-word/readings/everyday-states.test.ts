/** States told in everyday words, what is never done, and clauses that say which rows. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const market = openedDatabase(`
create table shop (
  shop_id integer primary key,
  shop_name text,
  country_code text,
  kyc_done integer, -- 1 identity checked, 0 not yet
  closed_on text -- NULL while open
);
create table clerk (
  clerk_id integer primary key,
  full_name text,
  hired_on text,
  left_on text
);
create table item (
  item_id integer primary key,
  shop_id integer references shop (shop_id),
  item_name text,
  discontinued integer, -- 1 yes, 0 no
  refundable text -- Y or N
);
create table sale (
  sale_no text primary key,
  item_id integer references item (item_id),
  clerk_id integer references clerk (clerk_id),
  sold_on text,
  amount real,
  channel text, -- WEB over the web, TEL telephone, AUC auctioned
  invoice_no text references bill (invoice_no)
);
create table bill (
  invoice_no text primary key,
  due_on text,
  total real,
  paid_on text, -- NULL while unpaid
  disputed text -- Y / N
);
create table cash_move (
  move_id integer primary key,
  shop_id integer references shop (shop_id),
  moved_on text,
  amount real,
  direction text -- I incoming deposit, O outgoing withdrawal
);
create table complaint (
  complaint_id integer primary key,
  sale_no text references sale (sale_no),
  clerk_id integer references clerk (clerk_id),
  raised_on text,
  decision text -- A accepted, R refused, W waiting
);
insert into shop values
  (1, 'Alder', 'US', 1, null), (2, 'Birch', 'GB', 0, '2024-05-01'), (3, 'Cedar', 'US', 0, null);
insert into clerk values (1, 'Ida Fen', '2019-01-07', null), (2, 'Jo Marsh', '2023-03-01', '2024-02-29');
insert into item values
  (1, 1, 'Lamp', 0, 'Y'), (2, 1, 'Vase', 1, 'N'), (3, 2, 'Bowl', 0, 'N'), (4, 2, 'Rug', 0, 'Y');
insert into bill values
  ('B1', '2024-03-01', 80, null, 'Y'), ('B2', '2024-06-01', 50, '2024-05-20', 'N'), ('B3', '2024-06-15', 30, null, 'N');
insert into sale values
  ('S1', 1, 1, '2024-02-01', 80, 'WEB', 'B1'), ('S2', 1, 2, '2024-02-10', 50, 'TEL', 'B2'),
  ('S3', 3, 1, '2023-11-05', 30, 'AUC', null), ('S4', 2, 1, '2024-04-02', 200, 'WEB', 'B3');
insert into cash_move values
  (1, 1, '2024-01-10', 500, 'I'), (2, 1, '2024-01-20', 120, 'O'), (3, 2, '2024-02-01', 90, 'O');
insert into complaint values
  (1, 'S1', 1, '2024-02-05', 'A'), (2, 'S2', null, '2024-02-15', 'W'), (3, 'S4', 2, '2024-04-10', 'R');
`);
afterAll(() => market.close());

describe('what is never done', () => {
  itReads(
    market,
    `
items never sold
  select item_name from item where item_id not in (select item_id from sale where item_id is not null)
  [["Rug"]]
Which items have never been sold?
  select item_name from item where item_id not in (select item_id from sale where item_id is not null)
  [["Rug"]]
shops nobody has bought from
  select shop_name from shop where shop_id not in (select shop_id from item where shop_id is not null and item_id in (select item_id from sale where item_id is not null))
  [["Cedar"]]
clerks who never sold anything
  select full_name from clerk where clerk_id not in (select clerk_id from sale where clerk_id is not null)
  []
clerks who have never received a complaint
  select full_name from clerk where clerk_id not in (select clerk_id from complaint where clerk_id is not null)
  []
complaints nobody has been assigned to: number
  select complaint_id from complaint where clerk_id is null
  [[2]]
sales not billed so far
  select sale_no from sale where invoice_no is null
  [["S3"]]
items not sold
  select item_name from item where item_id not in (select item_id from sale where item_id is not null)
  [["Rug"]]
bills with no sale behind them
  select invoice_no from bill where invoice_no not in (select invoice_no from sale where invoice_no is not null)
  []
shops that have never closed anything
  select shop_name from shop where closed_on is null
  [["Alder"],["Cedar"]]
`,
  );
});

describe('states in everyday words', () => {
  itReads(
    market,
    `
shops whose identity has not been checked yet
  select shop_name from shop where kyc_done = '0'
  [["Birch"],["Cedar"]]
shops in the US whose identity has been checked
  select shop_name from shop where country_code = 'US' and kyc_done = '1'
  [["Alder"]]
open bills: number and total
  select count(*), sum(total) from bill where paid_on is null
  [[2,110]]
which items are no longer sold
  select item_name from item where discontinued = 1
  [["Vase"]]
items that cannot be refunded
  select item_name from item where refundable = 'N'
  [["Vase"],["Bowl"]]
clerks who have left, and when
  select full_name, left_on from clerk where left_on is not null
  [["Jo Marsh","2024-02-29"]]
clerks who have left, with the date
  select full_name, left_on from clerk where left_on is not null
  [["Jo Marsh","2024-02-29"]]
clerks still with us
  select full_name from clerk where left_on is null
  [["Ida Fen"]]
bills that are already paid
  select invoice_no from bill where paid_on is not null
  [["B2"]]
Which shops are still open?
  select shop_name from shop where closed_on is null
  [["Alder"],["Cedar"]]
How many complaints are decided?
  select count(*) from complaint where decision <> 'W'
  [[2]]
number of complaints still waiting for a decision
  select count(*) from complaint where decision = 'W'
  [[1]]
unpaid bills past their due date as of 15 June 2024
  select invoice_no from bill where paid_on is null and due_on < '2024-06-15'
  [["B1"]]
how many bills, disputed ones included
  select count(*) from bill
  [[3]]
sales that went to auction: number and amount
  select sale_no, amount from sale where channel = 'AUC'
  [["S3",30]]
`,
  );
});

describe('clauses that say which rows', () => {
  itReads(
    market,
    `
who was hired before 2020
  select full_name from clerk where hired_on < '2020-01-01'
  [["Ida Fen"]]
Who was hired in 2023? Name and date.
  select full_name, hired_on from clerk where hired_on between '2023-01-01' and '2023-12-31'
  [["Jo Marsh","2023-03-01"]]
Number of bills and how many of them are paid
  select count(*), sum(case when paid_on is not null then 1 else 0 end) from bill
  [[3,1]]
How many withdrawals above 100 were there?
  select count(*) from cash_move where direction = 'O' and amount > 100
  [[1]]
how many deposits were there in 2024
  select count(*) from cash_move where direction = 'I' and moved_on between '2024-01-01' and '2024-12-31'
  [[1]]
average sale size per channel
  select channel, avg(amount) from sale group by channel
  [["AUC",30],["TEL",50],["WEB",140]]
number of sales per clerk, including clerks with none
  select full_name, (select count(*) from sale where sale.clerk_id = clerk.clerk_id) as figure from clerk
  [["Ida Fen",3],["Jo Marsh",1]]
How many sales does each clerk have? Clerks without any should show zero.
  select full_name, (select count(*) from sale where sale.clerk_id = clerk.clerk_id) as figure from clerk
  [["Ida Fen",3],["Jo Marsh",1]]
sales older than 2024
  select sale_no from sale where sold_on < '2024-01-01'
  [["S3"]]
Total sold in 2024
  select sum(amount) from sale where sold_on between '2024-01-01' and '2024-12-31'
  [[330]]
`,
  );
});

describe('words that say more than is stored', () => {
  itLeavesUnread(market, [
    ['Who has never sold anything?', 'never done with what'],
    ['new sales channels', 'no meaning of new'],
    ['who has paid everything', 'no meaning of everything'],
    ['clerks who hold something', 'no meaning of something'],
    ['bills already due on 15 June 2024', 'no meaning of already'],
    ['share of bills, disputed ones left out', 'a share without which rows'],
    ['everything that was sold', 'no meaning of everything'],
  ]);
});
