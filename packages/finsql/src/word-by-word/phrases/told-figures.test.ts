/** Figures that a question tells by their formulas, and those that people of business make of two columns. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const market = openedDatabase(`
create table stall (stall_id integer primary key, stall_name text, town text, area integer, rent integer, day_limit integer);
create table till_count (
  count_id integer primary key,
  stall_id integer references stall (stall_id),
  counted_on text,
  cash_cents integer,
  card_cents integer,
  expected_cents integer,
  visitors integer
);
create table good (
  good_id integer primary key,
  good_name text,
  list_price real,
  unit_cost real,
  discount real -- part of the price, 0.2 is 20 percent
);
create table order_line (
  line_id integer primary key,
  stall_id integer references stall (stall_id),
  good_id integer references good (good_id),
  quantity integer,
  state text -- F filled, R rejected
);
create table lending (
  lending_id integer primary key,
  stall_id integer references stall (stall_id),
  rate real, -- percent a year
  balance real,
  charged real,
  received real,
  minutes integer
);
create table ledger (
  entry_id integer primary key,
  stall_id integer references stall (stall_id),
  booked_on text,
  kind text, -- D deposit, W withdrawal
  amount real
);
insert into stall values (1, 'Fish', 'Elm', 10, 200, 3), (2, 'Bread', 'Oak', 20, 300, 5);
insert into till_count values
  (1, 1, '2024-01-05', 100, 300, 450, 4), (2, 1, '2024-02-05', 200, 200, 400, 6), (3, 2, '2024-02-06', 50, 250, 320, 5);
insert into good values (1, 'Cod', 9, 4, 0), (2, 'Loaf', 3, 1, 0.5);
insert into order_line values (1, 1, 1, 2, 'F'), (2, 1, 2, 5, 'R'), (3, 2, 2, 4, 'F');
insert into lending values (1, 1, 5, 100, 60, 50, 90), (2, 2, 2, 300, 40, 30, 30);
insert into ledger values (1, 1, '2024-03-01', 'D', 80), (2, 1, '2024-03-02', 'W', -30), (3, 2, '2024-03-03', 'D', 10);
`);
afterAll(market.close);

describe('figures told by their formulas', () => {
  itReads(
    market,
    `
expected minus cash of each stall
  select t2.stall_name, sum(t1.expected_cents - t1.cash_cents) from till_count as t1 join stall as t2 on t1.stall_id = t2.stall_id group by t2.stall_id, t2.stall_name
  [["Fish",550],["Bread",270]]
Kitty (cash and card together) by town, highest first
  select t2.town, sum(t1.cash_cents + t1.card_cents) from till_count as t1 join stall as t2 on t1.stall_id = t2.stall_id group by t2.town order by sum(t1.cash_cents + t1.card_cents) desc
  [["Elm",800],["Oak",300]]
Order value by town: quantity times list price
  select t2.town, sum(t1.quantity * t3.list_price) from order_line as t1 join stall as t2 on t1.stall_id = t2.stall_id join good as t3 on t1.good_id = t3.good_id group by t2.town
  [["Elm",33],["Oak",12]]
list price after discount of each good
  select good_name, list_price * (1 - discount) from good
  [["Cod",9],["Loaf",1.5]]
average rate weighted by balance
  select sum(rate * balance) * 1.0 / sum(balance) from lending
  [[2.75]]
balance-weighted average rate by stall
  select t2.stall_name, sum(t1.rate * t1.balance) * 1.0 / sum(t1.balance) from lending as t1 join stall as t2 on t1.stall_id = t2.stall_id group by t2.stall_id, t2.stall_name
  [["Fish",5],["Bread",2]]
expected per visitor by town
  select t2.town, sum(t1.expected_cents) * 1.0 / sum(t1.visitors) from till_count as t1 join stall as t2 on t1.stall_id = t2.stall_id group by t2.town
  [["Elm",85],["Oak",64]]
rent per area of each stall
  select stall_name, rent * 1.0 / area from stall
  [["Fish",20],["Bread",15]]
recovery: received as a percentage of charged
  select 100.0 * sum(received) / sum(charged) from lending
  [[80]]
`,
  );
  itLeavesUnread(market, [
    ['takings by card', 'groups of a part of the figure'],
    ['rate plus balance per stall', 'columns by groups'],
    ['average rate weighted by colour', 'no meaning of color'],
    ['stalls (quantity minus colour)', 'no meaning of color'],
  ]);
});

const books = openedDatabase(`
create table client (client_id integer primary key, client_name text, credit_limit real);
create table invoice (
  invoice_id integer primary key,
  client_id integer references client (client_id),
  issued_on text,
  paid_on text, -- empty while unpaid
  amount real
);
create table swap (
  swap_id integer primary key,
  side text, -- B bought, S sold
  desk text,
  lots integer,
  price real,
  pnl_usd real
);
create table cost_item (item_id integer primary key, item text, estimate real, actual real, gross real, tax_withheld real);
insert into client values (1, 'Ada', 100), (2, 'Ben', 50);
insert into invoice values (1, 1, '2024-01-02', null, 70), (2, 1, '2024-02-02', '2024-02-20', 30), (3, 2, '2024-02-03', null, 20);
insert into swap values (1, 'B', 'Rates', 5, 10, 12), (2, 'S', 'Rates', 2, 11, -4), (3, 'B', 'Metals', 3, 20, 7);
insert into cost_item values (1, 'Roof', 10, 12, 8, 2), (2, 'Gate', 9, 5, 6, 1);
`);
afterAll(books.close);

describe('words of money', () => {
  itReads(
    books,
    `
How much does each client still owe us?
  select t1.client_name, sum(t2.amount) from client as t1 join invoice as t2 on t2.client_id = t1.client_id where t2.paid_on is null group by t1.client_id, t1.client_name
  [["Ada",70],["Ben",20]]
profit by desk, highest first
  select desk, sum(pnl_usd) from swap group by desk order by sum(pnl_usd) desc
  [["Rates",8],["Metals",7]]
lots bought minus lots sold per desk
  select desk, sum(case when side = 'B' then lots else 0 end) - sum(case when side = 'S' then lots else 0 end) from swap group by desk
  [["Metals",3],["Rates",3]]
traded volume by desk
  select desk, sum(lots * price) from swap group by desk
  [["Metals",60],["Rates",72]]
Items over the estimate: item and difference
  select item, actual - estimate from cost_item where actual > estimate
  [["Roof",2]]
total net of all cost items
  select sum(gross - tax_withheld) from cost_item
  [[11]]
invoiced amount of each client as a percentage of its credit limit
  select t2.client_name, 100.0 * sum(t1.amount) / t2.credit_limit from invoice as t1 join client as t2 on t1.client_id = t2.client_id group by t2.client_id, t2.client_name
  [["Ada",100],["Ben",40]]
`,
  );
  itLeavesUnread(books, [
    ['how much do we owe each desk', 'a level of each kind'],
    ['swaps with the overrun', 'the difference of what'],
  ]);
});

describe('figures made of two columns', () => {
  itReads(
    market,
    `
takings in February 2024
  select sum(cash_cents + card_cents) from till_count where counted_on between '2024-02-01' and '2024-02-29'
  [[700]]
margin per unit of each good
  select good_name, list_price - unit_cost from good
  [["Cod",5],["Loaf",2]]
arrears by town
  select t2.town, sum(t1.charged - t1.received) from lending as t1 join stall as t2 on t1.stall_id = t2.stall_id group by t2.town
  [["Elm",10],["Oak",10]]
collection rate in percent by town
  select t2.town, 100.0 * sum(t1.received) / sum(t1.charged) from lending as t1 join stall as t2 on t1.stall_id = t2.stall_id group by t2.town
  [["Elm",83.33333333333333],["Oak",75]]
hours of all lendings in total
  select sum(minutes / 60.0) from lending
  [[2]]
rejection rate by town
  select t2.town, 100.0 * sum(case when t1.state = 'R' then 1 else 0 end) / count(*) from order_line as t1 join stall as t2 on t1.stall_id = t2.stall_id group by t2.town
  [["Elm",50],["Oak",0]]
net flow by town
  select t2.town, sum(t1.amount) from ledger as t1 join stall as t2 on t1.stall_id = t2.stall_id group by t2.town
  [["Elm",50],["Oak",10]]
deposits minus withdrawals per town
  select t2.town, sum(t1.amount) from ledger as t1 join stall as t2 on t1.stall_id = t2.stall_id where t1.kind in ('D', 'W') group by t2.town
  [["Elm",50],["Oak",10]]
lendings where we received less than we charged: number and difference
  select lending_id, charged - received from lending where received < charged
  [[1,10],[2,10]]
`,
  );
  itLeavesUnread(market, [
    ['success rate by town', 'no meaning of success'],
    ['lendings with the difference', 'the difference of what'],
  ]);
});
