/** What a question says of its reading as a whole: currencies, units of time, all that things have, words in capitals. */
import { afterAll, describe, expect, it } from 'vitest';
import { retrieve } from '../../retrieval/retrieve.ts';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';
import { unknownWords } from '../unknown-words.ts';

const ledger = openedDatabase(`
create table customer (customer_id integer primary key, customer_name text, country text, payment_terms integer /* days */, visits integer);
create table invoice (invoice_no text primary key, customer_id integer references customer (customer_id), issued_on text, amount real, currency text, status text /* O = open, P = paid, D = disputed */);
create table receipt (receipt_id integer primary key, invoice_no text references invoice (invoice_no), received_on text, amount real);
create table deal (deal_id integer primary key, deal_name text, amount real, amount_eur real, currency text, fee_currency text, term_months integer);
create table broker (broker_code text primary key, broker_name text, commission_bps real);
insert into customer values (1, 'Ember', 'Poland', 14, 3), (2, 'Fjord', 'Norway', 60, 5), (3, 'Glen', 'Norway', 42, 1);
insert into invoice values
  ('I-1', 1, '2023-01-05', 4000, 'EUR', 'P'), ('I-2', 2, '2023-12-05', 12000, 'EUR', 'O'),
  ('I-3', 2, '2022-03-05', 11000, 'GBP', 'P'), ('I-4', 3, '2023-12-20', 900, 'USD', 'D');
insert into receipt values (1, 'I-1', '2023-02-01', 4000), (2, 'I-3', '2022-04-01', 11000);
insert into deal values (1, 'Fen', 5, 4, 'USD', 'USD', 36), (2, 'Ley', 7, 7, 'EUR', 'USD', 12);
insert into broker values ('K', 'Kestrel', 6), ('M', 'Merlin', 4.5);
`);
const costs = openedDatabase(`
create table department (dept_code text primary key, dept_name text, division text);
create table cost_centre (cc_code text primary key, cc_name text, dept_code text references department (dept_code));
create table budget (budget_id integer primary key, cc_code text references cost_centre (cc_code), fiscal_year integer, amount real, version text);
create table headcount (cc_code text references cost_centre (cc_code), quarter text, fte real, primary key (cc_code, quarter));
insert into department values ('IT', 'Information Technology', 'Corporate'), ('OPS', 'Operations', 'Industrial');
insert into cost_centre values ('3010', 'Infrastructure', 'IT'), ('3020', 'Support', 'IT'), ('4010', 'Freight', 'OPS');
insert into budget values (1, '3010', 2023, 6658, 'original'), (2, '4010', 2023, 17255, 'revised'), (3, '3010', 2024, 9000, 'revised');
insert into headcount values ('3010', '2024Q1', 7.5), ('4010', '2024Q1', 23);
`);
const loans = openedDatabase(`
create table 借款人 (借款人编号 integer primary key, 姓名 text);
create table 贷款合同 (合同号 text primary key, 借款人编号 integer references 借款人 (借款人编号), 贷款金额 real, 期限 integer /* 月 */, 放款日 text, 状态 text, 币种 text);
create table 还款记录 (流水号 integer primary key, 合同号 text references 贷款合同 (合同号), 还款日期 text, 本金 real, 渠道 text);
insert into 借款人 values (1, '张英'), (2, '王军');
insert into 贷款合同 values ('H-1', 1, 50000, 60, '2023-01-05', '已结清', 'CNY'), ('H-2', 1, 80000, 36, '2023-02-05', '还款中', 'USD'), ('H-3', 2, 20000, 12, '2024-01-05', '已结清', 'CNY');
insert into 还款记录 values (1, 'H-1', '2023-03-01', 900, '手机银行'), (2, 'H-2', '2023-04-01', 700, '柜台');
`);
const market = openedDatabase(`
create table client_account (account_no text primary key, owner text, opened text, closed text);
create table instrument (isin text primary key, ticker text, issuer text);
create table trade (trade_id integer primary key, account_no text references client_account (account_no), isin text references instrument (isin), trade_date text, side text, quantity integer, price real);
create table daily_price (isin text references instrument (isin), price_date text, close real, volume integer, primary key (isin, price_date));
create table corporate_action (action_id integer primary key, isin text references instrument (isin), ex_date text, split_ratio real);
insert into client_account values ('A1', 'Mori', '2019-04-28', null), ('A2', 'Ortega', '2020-04-28', '2023-09-28');
insert into instrument values ('US1', 'NVL', 'Novalith'), ('DE1', 'GRD', 'Gridline Power');
insert into trade values (1, 'A1', 'US1', '2023-01-19', 'BUY', 25, 14.5), (2, 'A2', 'DE1', '2023-05-06', 'SELL', 500, 47.6), (3, 'A1', 'DE1', '2023-06-06', 'BUY', 30, 48);
insert into daily_price values ('US1', '2023-01-02', 25, 1900), ('DE1', '2023-01-02', 47, 1500), ('DE1', '2023-01-03', 48, 1700);
insert into corporate_action values (1, 'US1', '2023-01-11', 2), (2, 'DE1', '2023-02-11', 3);
`);
afterAll(() => {
  for (const { close } of [ledger, costs, loans, market]) close();
});

describe('a currency that is named', () => {
  itReads(
    ledger,
    `
Total invoice amount in euros
  select sum(amount) from invoice where currency = 'EUR'
  [[16000]]
Invoices over 10,000 euros
  select invoice_no from invoice where amount > 10000 and currency = 'EUR'
  [["I-2"]]
Total invoice amount in pounds by customer
  select t2.customer_name, sum(t1.amount) from invoice as t1 join customer as t2 on t1.customer_id = t2.customer_id where t1.currency = 'GBP' group by t2.customer_id, t2.customer_name
  [["Fjord",11000]]
`,
  );
  itReads(
    loans,
    `
美元贷款的贷款金额合计
  select sum(贷款金额) from 贷款合同 where 币种 = 'USD'
  [[80000]]
`,
  );
  itLeavesUnread(ledger, [
    ['Total invoice amount converted to euros', 'no meaning of converted'],
    ['Total invoice amount in yen', 'in which currency'],
    ['total amount of receipts in euros', 'in which currency'],
    ['Total invoice amount in euros and pounds', 'in which currency'],
    ['Total deal amount in dollars', 'in which currency'],
    ['Total deal amount in euros', 'in which currency'],
    ['total invoice amount in euros by currency', 'in which currency'],
  ]);
});

describe('units of time', () => {
  itReads(
    ledger,
    `
Customers with payment terms longer than 30 days
  select customer_name from customer where payment_terms > 30
  [["Fjord"],["Glen"]]
Which deals have a term of more than 2 years?
  select deal_name from deal where term_months > 24
  [["Fen"]]
average term months of deals in years
  select avg(term_months / 12.0) from deal
  [[2]]
`,
  );
  itReads(
    loans,
    `
期限三年以上的贷款有多少笔
  select count(*) from 贷款合同 where 期限 >= 36
  [[2]]
期限大于三年的贷款笔数
  select count(*) from 贷款合同 where 期限 > 36
  [[1]]
平均贷款期限是多少年
  select avg(期限 / 12.0) from 贷款合同
  [[3]]
`,
  );
  itLeavesUnread(ledger, [
    ['Customers with payment terms over 1 month', 'another unit of time'],
    ['Customers with payment terms longer than 6 weeks', 'no meaning of week'],
    ['Customers with payment terms of a month', 'no meaning of a'],
    ['Which deals have a term of more than 90 days?', 'another unit of time'],
  ]);
});

describe('all that things have', () => {
  itLeavesUnread(ledger, [
    ['How many customers have paid all their invoices?', 'all of what each has'],
    ['Which customers have paid all invoices?', 'all of what each has'],
    ['How many customers have disputed all of their invoices?', 'all of what each has'],
    ['Customers all of whose invoices are open', 'all of what each has'],
    ['Which customers have every invoice paid?', 'all of what each has'],
    ['哪些客户所有发票都已付款？', 'all of what each has'],
  ]);
  itLeavesUnread(loans, [
    ['所有贷款都已结清的借款人', 'all of what each has'],
    ['贷款全部已结清的借款人', 'all of what each has'],
  ]);
  itReads(
    ledger,
    `
How many of all open invoices are there?
  select count(*) from invoice where status = 'O'
  [[1]]
names of all customers with open invoices
  select distinct t1.customer_name from customer as t1 join invoice as t2 on t2.customer_id = t1.customer_id where t2.status = 'O'
  [["Fjord"]]
`,
  );
});

describe('parts of a year, and means of what things have', () => {
  itReads(
    ledger,
    `
How many invoices were issued in the last month of 2023?
  select count(*) from invoice where issued_on between '2023-12-01' and '2023-12-31'
  [[2]]
How many invoices were issued in the first month of 2023?
  select count(*) from invoice where issued_on between '2023-01-01' and '2023-01-31'
  [[1]]
Which customers have an average invoice above 5,000?
  select t1.customer_name from customer as t1 join invoice as t2 on t2.customer_id = t1.customer_id group by t1.customer_id, t1.customer_name having avg(t2.amount) > 5000
  [["Fjord"]]
customers whose average invoice is above 5,000
  select t1.customer_name from customer as t1 join invoice as t2 on t2.customer_id = t1.customer_id group by t1.customer_id, t1.customer_name having avg(t2.amount) > 5000
  [["Fjord"]]
the month with the highest invoice amount
  select strftime('%Y-%m', issued_on) from invoice group by strftime('%Y-%m', issued_on) order by sum(amount) desc limit 1
  [["2023-12"]]
Compare invoiced amount 2022 and 2023
  select sum(case when issued_on between '2022-01-01' and '2022-12-31' then amount else 0 end), sum(case when issued_on between '2023-01-01' and '2023-12-31' then amount else 0 end) from invoice
  [[11000,16900]]
compare open and paid invoices
  select status, count(*) from invoice where status in ('O', 'P') group by status
  [["O",1],["P",2]]
commission of Kestrel in percent
  select commission_bps / 100.0 from broker where broker_name = 'Kestrel'
  [[0.06]]
`,
  );
  itLeavesUnread(ledger, [
    ['How many invoices were issued in the last week of 2023?', 'no meaning of week'],
    ['the day with the highest receipt amount', 'when, and something else'],
    ['average invoice above 5,000', 'a measure against rows'],
  ]);
});

describe('words in capitals', () => {
  itReads(
    costs,
    `
How many cost centres does IT have?
  select count(*) from cost_centre where dept_code = 'IT'
  [[2]]
How many cost centres are in IT?
  select count(*) from cost_centre where dept_code = 'IT'
  [[2]]
IT cost centres
  select cc_name from cost_centre where dept_code = 'IT'
  [["Infrastructure"],["Support"]]
total fte in IT
  select sum(t1.fte) from headcount as t1 join cost_centre as t2 on t1.cc_code = t2.cc_code where t2.dept_code = 'IT'
  [[7.5]]
percentage of budgets that are revised
  select 100.0 * sum(case when version = 'revised' then 1 else 0 end) / count(*) from budget
  [[66.66666666666667]]
Total budget amount in millions
  select sum(amount / 1000000.0) from budget
  [[0.032913]]
`,
  );
  itLeavesUnread(costs, [
    ['Original budget vs revised budget by year', 'rows, or what they amount to'],
    ['headcount by division in 2024Q1', 'rows, or what they amount to'],
    ['Revised budget for Freight in 2023', 'budget has no label'],
  ]);
});

describe('figures that are not meant', () => {
  itReads(
    market,
    `
2023年买入了多少股？
  select sum(quantity) from trade where side = 'BUY' and trade_date between '2023-01-01' and '2023-12-31'
  [[55]]
`,
  );
  itLeavesUnread(market, [
    ['the day with the highest volume for Gridline Power', 'when, and something else'],
    ['Number of splits per instrument', 'how many of a rate'],
    ['last close of every ticker', 'the latest of no day'],
  ]);
  itLeavesUnread(loans, [
    ['手机银行还款的笔数和金额', 'amounts beside a count'],
    ['一共多少股', 'how many of a unit'],
  ]);
});

describe('words that are known and do not go together', () => {
  it.each([
    'invoices by customer sorted by number',
    'number of customers by country sorted by number',
    'How many currency invoices are there?',
    'sorted by number, highest first',
  ])('are no unknown ones: %s', (question) => {
    const retrieval = retrieve(ledger.context, question, { exemplars: false });
    expect(unknownWords(ledger.context, retrieval)).toEqual([]);
  });
});
