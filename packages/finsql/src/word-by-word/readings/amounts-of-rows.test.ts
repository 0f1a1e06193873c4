/** Rows that are told by their amounts, by how they are paid, or by their kind: `invoices over 5,000`, `by cheque`, `each hotel`. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const bills = openedDatabase(`
create table client (client_id integer primary key, client_name text, kind text /* R retail shop, H hotel */, credit_limit real);
create table invoice (invoice_id integer primary key, invoice_no text, client_id integer references client (client_id), invoice_date text, due_date text, amount real, open_days integer);
create table payment (payment_id integer primary key, invoice_id integer references invoice (invoice_id), payment_date text, amount real, method text /* BT bank transfer, CH cheque */);
create table pledge (pledge_id integer primary key, client_id integer references client (client_id), pledged real, city text);
insert into client values (1, 'Ember', 'R', 500), (2, 'Fjord', 'H', 900);
insert into invoice values (1, 'I-1', 1, '2024-01-05', '2024-02-05', 4000, 12), (2, 'I-2', 2, '2024-03-05', '2024-04-05', 6000, 40), (3, 'I-3', 2, '2023-03-05', '2023-04-05', 8000, 5);
insert into payment values (1, 1, '2024-02-01', 4000, 'BT'), (2, 2, '2024-04-01', 700, 'CH'), (3, 3, '2024-05-01', 8000, 'BT');
insert into pledge values (1, 1, 70, 'Bergen'), (2, 2, 30, 'Oslo'), (3, 2, 45, 'Oslo');
`);
afterAll(bills.close);

describe('amounts of rows', () => {
  itReads(
    bills,
    `
invoices over 5,000 euros
  select invoice_no from invoice where amount > 5000
  [["I-2"],["I-3"]]
how many payments above 500 in 2024
  select count(*) from payment where amount > 500 and payment_date between '2024-01-01' and '2024-12-31'
  [[3]]
clients with an invoice of more than 5000 in 2024
  select distinct t1.client_name from client as t1 join invoice as t2 on t2.client_id = t1.client_id where t2.amount > 5000 and t2.invoice_date between '2024-01-01' and '2024-12-31'
  [["Fjord"]]
clients with an invoice over 5000 in total
  select t1.client_name from client as t1 join invoice as t2 on t2.client_id = t1.client_id group by t1.client_id, t1.client_name having sum(t2.amount) > 5000
  [["Fjord"]]
how much did we receive by bank transfer in 2024
  select sum(amount) from payment where method = 'BT' and payment_date between '2024-01-01' and '2024-12-31'
  [[12000]]
credit limit of each hotel
  select client_name, sum(credit_limit) from client where kind = 'H' group by client_id, client_name
  [["Fjord",900]]
amount pledged by city
  select city, sum(pledged) from pledge group by city
  [["Bergen",70],["Oslo",75]]
invoices over 30 days
  select invoice_no from invoice where open_days > 30
  [["I-2"]]
average invoice value in 2024
  select avg(amount) from invoice where invoice_date between '2024-01-01' and '2024-12-31'
  [[5000]]
`,
  );
  itLeavesUnread(bills, [
    ['invoices over 10 percent', 'a word is left over'],
    ['payments by cheque', 'payment has no label'],
    ['invoices over 5 times', 'a word is left over'],
    ['clients over 5000', 'a word is left over'],
  ]);
});
