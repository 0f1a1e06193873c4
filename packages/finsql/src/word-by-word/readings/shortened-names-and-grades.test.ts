/** Names that are shortened as banks do, names that comments tell, codes with other words for them, signed grades. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const bank = openedDatabase(`
create table BRCH (BR_CD text primary key, BR_NM text, RGN text);
create table CUST (
  CUST_ID integer primary key,
  CUST_NM text,
  ANN_INC integer, -- yearly gross income, EUR
  RTG text
);
create table PROD (PROD_CD text primary key, PROD_NM text, SEC_FL text);
create table LN (
  LN_ID integer primary key,
  CUST_ID integer,
  BR_CD text,
  PROD_CD text,
  ORIG_DT integer, -- date granted, YYYYMMDD
  OS_BAL real, -- outstanding balance, EUR (0 when closed)
  INT_RT real,
  LN_ST text -- A active, C closed (fully repaid), D defaulted
);
create table BUDGET (BUDGET_ID integer primary key, BR_CD text references BRCH(BR_CD), AMT real);
insert into BRCH values ('B1', 'Harbour', 'North'), ('B2', 'Mill', 'South');
insert into CUST values (1, 'Ida Fen', 40000, 'AA-'), (2, 'Jo Marsh', 60000, 'AA'), (3, 'Ola Berg', 30000, 'B+');
insert into PROD values ('P1', 'Car credit', 'Y'), ('P2', 'Overdraft', 'N');
insert into LN values
  (1, 1, 'B1', 'P1', 20230115, 500, 4.5, 'A'), (2, 2, 'B1', 'P2', 20240331, 0, 5.5, 'C'),
  (3, 3, 'B2', 'P2', 20240401, 1200, 9, 'D');
`);
const office = openedDatabase(`
create table cards (
  cardNo text primary key,
  holder text,
  creditLimit integer, -- monthly limit in US cents
  blocked_yn text
);
create table claims (
  claimId integer primary key,
  cardNo text references cards(cardNo),
  amount integer,
  receiptAttached integer, -- 1 yes, 0 no
  status text -- S submitted and waiting for approval, A approved, R rejected
);
insert into cards values ('C1', 'Ida Fen', 90000, 'Y'), ('C2', 'Jo Marsh', 50000, 'N');
insert into claims values (1, 'C1', 10, 1, 'S'), (2, 'C1', 20, 0, 'A'), (3, 'C2', 40, 1, 'R');
`);
const trust = openedDatabase(`
create table xt_chanpin ( -- 信托产品
  cp_id integer primary key,
  cp_mc text, -- 产品名称
  touxiang text, -- 资金投向: 房地产/基础设施
  zt text -- 状态: C 存续, Q 已清算, Y 逾期
);
create table xt_wtr ( -- 委托人(投资者)
  wtr_id integer primary key,
  wtr_mc text, -- 姓名或机构名称
  pj text -- 评级
);
insert into xt_chanpin values (1, '恒远一号', '房地产', 'C'), (2, '恒远二号', '基础设施', 'Y');
insert into xt_wtr values (1, '许文', 'AA+'), (2, '佳成公司', 'AA');
`);
afterAll(() => {
  bank.close();
  office.close();
  trust.close();
});

describe('shortened names', () => {
  itReads(
    bank,
    `
branches in the North region
  select br_nm from brch where rgn = 'North'
  [["Harbour"]]
customers with the highest annual income
  select cust_nm from cust order by ann_inc desc limit 1
  [["Jo Marsh"]]
average interest rate of active loans
  select avg(int_rt) from ln where ln_st = 'A'
  [[4.5]]
How many loans are in default?
  select count(*) from ln where ln_st = 'D'
  [[1]]
total outstanding balance of defaulted loans
  select sum(os_bal) from ln where ln_st = 'D'
  [[1200]]
How many loans did we grant in 2023?
  select count(*) from ln where orig_dt between 20230101 and 20231231
  [[1]]
list the secured products
  select prod_nm from prod where sec_fl = 'Y'
  [["Car credit"]]
number of loans per branch
  select t2.br_nm, count(*) from ln as t1 join brch as t2 on t1.br_cd = t2.br_cd group by t2.br_cd, t2.br_nm
  [["Harbour",2],["Mill",1]]
`,
  );
  itLeavesUnread(bank, [
    ['average original amount of loans', 'no meaning of original'],
    // How many there are, or how much they come to.
    ['budget by branch', 'rows, or what they amount to'],
  ]);
});

describe('signs behind a stored text', () => {
  itReads(
    bank,
    `
customers rated AA-
  select cust_nm from cust where rtg = 'AA-'
  [["Ida Fen"]]
customers rated AA
  select cust_nm from cust where rtg = 'AA'
  [["Jo Marsh"]]
customers with a rating of B+
  select cust_nm from cust where rtg = 'B+'
  [["Ola Berg"]]
`,
  );
  itReads(
    trust,
    `
评级AA+的委托人有哪些
  select wtr_mc from xt_wtr where pj = 'AA+'
  [["许文"]]
评级为AA的委托人有哪些
  select wtr_mc from xt_wtr where pj = 'AA'
  [["佳成公司"]]
`,
  );
  // No other grade stands for one that nobody has.
  itLeavesUnread(bank, [['customers rated AA+', 'no meaning of aa']]);
});

describe('names and codes as comments tell them', () => {
  itReads(
    office,
    `
average monthly limit of blocked cards in dollars
  select avg(creditlimit / 100.0) from cards where blocked_yn = 'Y'
  [[900]]
How many claims came without a receipt?
  select count(*) from claims where receiptattached = 0
  [[1]]
How many claims are waiting for approval?
  select count(*) from claims where status = 'S'
  [[1]]
total amount of claims that were turned down
  select sum(amount) from claims where status = 'R'
  [[40]]
`,
  );
  itReads(
    trust,
    `
列出所有投资者
  select wtr_mc from xt_wtr
  [["许文"],["佳成公司"]]
逾期的产品有几只
  select count(*) from xt_chanpin where zt = 'Y'
  [[1]]
各投向的产品数量
  select touxiang, count(*) from xt_chanpin group by touxiang
  [["基础设施",1],["房地产",1]]
`,
  );
});
