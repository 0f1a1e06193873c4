/** What people say of deals and of what is held: formulas and codes of comments, tops of several, rows without names. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const managers = openedDatabase(`
create table 经理 (经理编号 integer primary key, 姓名 text);
create table 产品 (产品编号 integer primary key, 产品名称 text, 经理编号 integer references 经理 (经理编号), 规模 real);
insert into 经理 values (1, '何晴'), (2, '林岸');
insert into 产品 values (1, '稳进一号', 1, 30), (2, '稳进二号', 1, 20);
`);
const book = openedDatabase(`
create table bank (bank_id integer primary key, bank_name text);
create table underlying (
  underlying_id integer primary key,
  symbol text,
  descr text,
  kind text -- FX currency pair, CMD commodity
);
create table deal (
  deal_id integer primary key,
  deal_no text,
  bank_id integer references bank (bank_id),
  underlying_id integer references underlying (underlying_id),
  traded_on text,
  notional real,
  listed text, -- Y = exchange traded
  netting integer -- 1 = netting agreement signed
);
create table flow (
  deal_id integer references deal (deal_id),
  quarter text, -- like 2024-Q1
  paid_in real, -- USD
  paid_out real, -- USD; net flow = paid_in - paid_out
  primary key (deal_id, quarter)
);
create table stake (
  bank_id integer references bank (bank_id),
  underlying_id integer references underlying (underlying_id),
  as_of text,
  worth real,
  primary key (bank_id, underlying_id, as_of)
);
insert into bank values (1, 'Ardal'), (2, 'Brome'), (3, 'Clune');
insert into underlying values (1, 'EURUSD', 'Euro', 'FX'), (2, 'COF', 'Arabica', 'CMD'), (3, 'WHT', 'Wheat', 'CMD');
insert into deal values
  (1, 'D-1', 1, 1, '2023-02-01', 100, 'Y', 1), (2, 'D-2', 1, 2, '2023-03-01', 150, 'N', 0),
  (3, 'D-3', 2, 3, '2024-02-01', 220, 'N', 1), (4, 'D-4', 3, 1, '2024-03-01', 90, 'Y', 0);
insert into flow values (1, '2023-Q1', 10, 4), (1, '2023-Q2', 5, 9), (3, '2024-Q1', 7, 1);
insert into stake values (1, 2, '2024-12-31', 40), (1, 3, '2024-12-31', 60), (2, 2, '2024-12-31', 10), (1, 2, '2023-12-31', 30);
`);
afterAll(() => {
  book.close();
  managers.close();
});

describe('deals and stakes', () => {
  itReads(
    book,
    `
list the commodities
  select descr from underlying where kind = 'CMD'
  [["Arabica"],["Wheat"]]
how many deals are exchange traded
  select count(*) from deal where listed = 'Y'
  [[2]]
deals under a netting agreement
  select deal_no from deal where netting = '1'
  [["D-1"],["D-3"]]
deals without a netting agreement
  select deal_no from deal where netting <> '1'
  [["D-2"],["D-4"]]
net flow by bank in 2023
  select t3.bank_name, sum(t1.paid_in - t1.paid_out) from flow as t1 join deal as t2 on t1.deal_id = t2.deal_id join bank as t3 on t2.bank_id = t3.bank_id where t1.quarter between '2023-Q1' and '2023-Q4' group by t3.bank_id, t3.bank_name
  [["Ardal",2]]
Which deals have a negative net flow
  select distinct t1.deal_no from deal as t1 join flow as t2 on t2.deal_id = t1.deal_id where t2.paid_in - t2.paid_out < 0
  [["D-1"]]
Which two banks had the largest notional?
  select t1.bank_name from bank as t1 join deal as t2 on t2.bank_id = t1.bank_id group by t1.bank_id, t1.bank_name order by sum(t2.notional) desc limit 2
  [["Ardal"],["Brome"]]
stakes of Ardal at end 2024
  select distinct t2.descr from stake as t1 join underlying as t2 on t1.underlying_id = t2.underlying_id join bank as t3 on t1.bank_id = t3.bank_id where t3.bank_name = 'Ardal' and t1.as_of = '2024-12-31'
  [["Arabica"],["Wheat"]]
top 2 stakes of Ardal at the end of 2024, with worth
  select t2.descr, t1.worth from stake as t1 join underlying as t2 on t1.underlying_id = t2.underlying_id join bank as t3 on t1.bank_id = t3.bank_id where t3.bank_name = 'Ardal' and t1.as_of = '2024-12-31' order by t1.worth desc limit 2
  [["Wheat",60],["Arabica",40]]
notional per bank over 2023
  select t2.bank_name, sum(t1.notional) from deal as t1 join bank as t2 on t1.bank_id = t2.bank_id where t1.traded_on between '2023-01-01' and '2023-12-31' group by t2.bank_id, t2.bank_name
  [["Ardal",250]]
`,
  );
  itLeavesUnread(book, [
    ['the two banks with the largest single notional', 'things ordered by rows of another table'],
    ['stakes at the end of 2024', 'stake has no label'],
    ['how many deals over 100', 'a word is left over'],
  ]);
});

describe('things without any', () => {
  itReads(
    book,
    `
How many deals does each bank have? Include those without any
  select bank_name, (select count(*) from deal where deal.bank_id = bank.bank_id) as figure from bank
  [["Ardal",2],["Brome",1],["Clune",1]]
number of deals in 2024 per bank, including those with none, most first
  select bank_name, (select count(*) from deal where deal.bank_id = bank.bank_id and deal.traded_on between '2024-01-01' and '2024-12-31') as figure from bank order by figure desc
  [["Brome",1],["Clune",1],["Ardal",0]]
total notional per bank in 2024, include those without any
  select bank_name, (select coalesce(sum(notional), 0) from deal where deal.bank_id = bank.bank_id and deal.traded_on between '2024-01-01' and '2024-12-31') as figure from bank
  [["Ardal",0],["Brome",220],["Clune",90]]
`,
  );
  itReads(
    managers,
    `
每个经理有多少产品,没有的也列出来
  select 姓名, (select count(*) from 产品 where 产品.经理编号 = 经理.经理编号) as figure from 经理
  [["何晴",2],["林岸",0]]
每位经理的产品规模合计，没有的显示0
  select 姓名, (select coalesce(sum(规模), 0) from 产品 where 产品.经理编号 = 经理.经理编号) as figure from 经理
  [["何晴",50],["林岸",0]]
`,
  );
  itLeavesUnread(book, [
    ['how many deals, including those with none', 'none of what'],
    ['average notional per bank, including those with none', 'none of what'],
    ['net flow per bank, including those with none', 'rows of what, none among them'],
  ]);
});
