/** Balances that stand day by day: the latest of each, those of one day, and no sum over all days. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const books = openedDatabase(`
create table bank_acct (acct_id integer primary key, acct_nickname text, ccy text);
create table eod_balance (acct_id integer, balance_date text, closing_balance real);
create table machines (asset_tag text primary key, description text);
create table depreciation_entry (entry_id integer primary key, asset_tag text references machines (asset_tag), period text, net_book_value real);
insert into bank_acct values (11, 'Main EUR operating', 'EUR'), (12, 'USD collections', 'USD');
insert into eod_balance values (11, '2024-06-13', 100), (11, '2024-06-14', 300), (12, '2024-06-13', 50), (12, '2024-06-14', -20), (11, '2024-05-31', 70), (12, '2024-05-31', 40);
insert into machines values ('M-1', 'Lathe'), ('M-2', 'Press');
insert into depreciation_entry values (1, 'M-1', '2024-02', 90), (2, 'M-1', '2024-03', 80), (3, 'M-2', '2024-02', 40);
`);
afterAll(() => {
  books.close();
});

describe('balances at a time', () => {
  itReads(
    books,
    `
latest closing balance of each account
  select acct_nickname, closing_balance from (select t2.acct_nickname, t1.closing_balance, rank() over (partition by t2.acct_id order by t1.balance_date desc) as place from eod_balance as t1 join bank_acct as t2 on t1.acct_id = t2.acct_id) where place = 1
  [["Main EUR operating",300],["USD collections",-20]]
most recent balance per account
  select acct_nickname, closing_balance from (select t2.acct_nickname, t1.closing_balance, rank() over (partition by t2.acct_id order by t1.balance_date desc) as place from eod_balance as t1 join bank_acct as t2 on t1.acct_id = t2.acct_id) where place = 1
  [["Main EUR operating",300],["USD collections",-20]]
latest closing balance of Main EUR operating
  select t1.closing_balance from eod_balance as t1 join bank_acct as t2 on t1.acct_id = t2.acct_id where t2.acct_nickname = 'Main EUR operating' order by t1.balance_date desc limit 1
  [[300]]
latest net book value of each machine
  select asset_tag, net_book_value from (select t2.asset_tag, t1.net_book_value, rank() over (partition by t2.asset_tag order by t1.period desc) as place from depreciation_entry as t1 join machines as t2 on t1.asset_tag = t2.asset_tag) where place = 1
  [["M-1",80],["M-2",40]]
closing balance of USD collections on 14 June 2024
  select t1.closing_balance from eod_balance as t1 join bank_acct as t2 on t1.acct_id = t2.acct_id where t2.acct_nickname = 'USD collections' and t1.balance_date = '2024-06-14'
  [[-20]]
total closing balance at end of May 2024 by currency
  select t2.ccy, sum(t1.closing_balance) from eod_balance as t1 join bank_acct as t2 on t1.acct_id = t2.acct_id where t1.balance_date = '2024-05-31' group by t2.ccy
  [["EUR",70],["USD",40]]
total closing balance by currency on 14 June 2024
  select t2.ccy, sum(t1.closing_balance) from eod_balance as t1 join bank_acct as t2 on t1.acct_id = t2.acct_id where t1.balance_date = '2024-06-14' group by t2.ccy
  [["EUR",300],["USD",-20]]
which accounts were overdrawn on 14 June 2024?
  select distinct t1.acct_nickname from bank_acct as t1 join eod_balance as t2 on t2.acct_id = t1.acct_id where t2.closing_balance < 0 and t2.balance_date = '2024-06-14'
  [["USD collections"]]
accounts ever overdrawn
  select distinct t1.acct_nickname from bank_acct as t1 join eod_balance as t2 on t2.acct_id = t1.acct_id where t2.closing_balance < 0
  [["USD collections"]]
average closing balance per account in June 2024
  select t2.acct_nickname, avg(t1.closing_balance) from eod_balance as t1 join bank_acct as t2 on t1.acct_id = t2.acct_id where t1.balance_date between '2024-06-01' and '2024-06-30' group by t2.acct_id, t2.acct_nickname
  [["Main EUR operating",200],["USD collections",15]]
total net book value in March 2024
  select sum(net_book_value) from depreciation_entry where period = '2024-03'
  [[80]]
`,
  );
  itLeavesUnread(books, [
    ['total closing balance by currency', 'the sum of several times'],
    ['total closing balance per account in June 2024', 'the sum of several times'],
    ['which account has the highest closing balance?', 'the sum of several times'],
    ['accounts with a closing balance over 90', 'so much at which time'],
    ['total net book value', 'the sum of several times'],
    ['closing balance of USD collections in June 2024', 'each amount, or all of them'],
  ]);
});
