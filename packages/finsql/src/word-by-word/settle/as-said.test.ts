/** Readings that do not hold what is said are refused; what else is said for names and kinds is read. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const club = openedDatabase(`
create table branch (branch_id integer primary key, branch_name text, opened_on date);
create table clerk (
  clerk_id integer primary key,
  full_name text,
  role text, -- T: treasurer, S: secretary
  branch_id integer references branch (branch_id)
);
create table backer (
  backer_id integer primary key,
  backer_name text,
  department text,
  payment_days integer,
  branch_id integer references branch (branch_id)
);
create table pledge (
  pledge_no text primary key,
  backer_id integer references backer (backer_id),
  pledged_on date,
  expires_on date,
  tickets integer,
  amount real,
  status text, -- O: open, F: funded, C: cancelled
  instrument text
);
create table note (
  note_id integer primary key,
  pledge_no text references pledge (pledge_no),
  sent_on date,
  closed_on date
);
insert into branch values (1, 'North', '2019-04-01'), (2, 'South', '2020-05-01');
insert into clerk values (1, 'Ida Fen', 'T', 1), (2, 'Jo Marsh', 'S', 2);
insert into backer values (1, 'Fox', 'Sales', 30, 1), (2, 'Owl', 'Sales', 45, 2), (3, 'Elk', 'Support', 10, 1);
insert into pledge values
  ('A1', 1, '2023-02-01', '2025-02-01', 2, 100, 'O', 'swap'), ('A2', 1, '2024-03-01', '2026-03-01', 3, 50, 'F', 'swap'),
  ('A3', 2, '2024-08-01', '2026-08-01', 1, 70, 'C', 'cap');
insert into note values (1, 'A1', '2023-03-01', null), (2, 'A2', '2024-03-02', '2024-04-01');
`);
afterAll(club.close);

describe('what else is said for names, days and kinds', () => {
  itReads(
    club,
    `
What is the longest payment term?
  select max(payment_days) from backer
  [[45]]
backers in the sales team
  select backer_name from backer where department = 'Sales'
  [["Fox"],["Owl"]]
how many pledges run out in 2026
  select count(*) from pledge where expires_on between '2026-01-01' and '2026-12-31'
  [[2]]
number of pledges for each type of instrument
  select instrument, count(*) from pledge group by instrument
  [["cap",1],["swap",2]]
pledges that have no open note
  select pledge_no from pledge where pledge_no not in (select pledge_no from note where pledge_no is not null and closed_on is null)
  [["A2"],["A3"]]
total amount of all pledges agreed
  select sum(amount) from pledge
  [[220]]
pledges without any note, backer name and pledge
  select t2.backer_name, t1.pledge_no from pledge as t1 join backer as t2 on t1.backer_id = t2.backer_id where t1.pledge_no not in (select pledge_no from note where pledge_no is not null)
  [["Owl","A3"]]
`,
  );
});

describe('what is not said so', () => {
  itLeavesUnread(club, [
    ['Pledges and notes of 2024 side by side for each instrument', 'what side by side'],
    ['amount by instrument for 2023 and 2024', 'of each of two years, or of both'],
    ['ticket money by instrument', 'money that is no money'],
    ['names of the treasurers with the name of their branch', 'one column for two'],
    ['pledges by instrument, best first', 'the best of what first'],
    ['funded backers', 'a state of what'],
  ]);
});

const funds = openedDatabase(`
create table product (prod_cd text primary key, prod_nm text, risk text);
create table client (
  client_no text primary key, -- 客户号
  client_name text, -- 客户姓名
  client_type text, -- 客户类型: 激进 / 稳健
  open_date date, -- 开户日期
  close_date date, -- 销户日期
  branch text -- 营业部
);
create table trade (
  trade_id integer primary key,
  client_no text references client (client_no),
  prod_cd text references product (prod_cd),
  trade_date date, -- 交易日期
  amount real, -- 交易金额
  fee real -- 手续费
);
insert into product values ('P1', '甲一', '高'), ('P2', '乙二', '低');
insert into client values ('C1', '赵大', '激进', '2020-01-02', null, '东街'), ('C2', '钱二', '稳健', '2021-03-04', '2023-01-01', '西街');
insert into trade values (1, 'C1', 'P1', '2024-01-05', 100, 1), (2, 'C2', 'P1', '2024-02-06', 300, 3), (3, 'C1', 'P2', '2024-02-07', 50, 2);
`);
afterAll(funds.close);

describe('Chinese lists and kinds', () => {
  itReads(
    funds,
    `
2024年每个月的手续费合计
  select strftime('%Y-%m', trade_date), sum(fee) from trade where trade_date between '2024-01-01' and '2024-12-31' group by strftime('%Y-%m', trade_date)
  [["2024-01",1],["2024-02",5]]
激进型客户有哪些
  select client_name from client where client_type = '激进'
  [["赵大"]]
`,
  );
  itLeavesUnread(funds, [['按营业部看手续费，从多到少', 'texts from the most to the least']]);
});
