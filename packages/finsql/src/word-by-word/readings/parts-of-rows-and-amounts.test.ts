/** Parts that rows have of one another, amounts by what is done, states of what goes on. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const work = openedDatabase(`
create table employees (emp_id integer primary key, full_name text, office text);
create table projects (proj_code text primary key, proj_name text, lead_id integer references employees (emp_id));
create table timesheets (emp_id integer references employees (emp_id), proj_code text references projects (proj_code), work_date text, hours real, billable integer);
insert into employees values (1, 'Ida Fen', 'Leeds'), (2, 'Jo Marsh', 'Hull');
insert into projects values ('P1', 'Atlas', 1), ('P2', 'Delta', 2);
insert into timesheets values (1, 'P1', '2024-01-02', 8, 1), (2, 'P1', '2024-01-03', 4, 0), (1, 'P2', '2024-01-04', 5, 1), (2, 'P2', '2024-01-05', 6, 1);
`);
const cover = openedDatabase(`
create table holders (holder_id integer primary key, full_name text, gender text, birth_date text, smoker integer);
create table policies (policy_no text primary key, holder_id integer references holders (holder_id), start_dt integer, end_dt integer, status text);
create table claims (claim_id integer primary key, policy_no text references policies (policy_no), amt_claimed real, amt_reserved real, claim_status text, deny_reason text);
create table claim_payments (pay_id integer primary key, claim_id integer references claims (claim_id), paid_on text, amount real);
insert into holders values (1, 'Ida Fen', 'F', '1980-01-01', 1), (2, 'Jo Marsh', 'M', '1970-01-01', 0);
insert into policies values ('A1', 1, 20230101, 20241231, 'Active'), ('A2', 2, 20240301, 20250228, 'Lapsed'), ('A3', 1, 20240501, 20250430, 'Active');
insert into claims values (1, 'A1', 500, 600, 'open', null), (2, 'A1', 300, 100, 'closed', 'late'), (3, 'A2', 200, 0, 'open', null);
insert into claim_payments values (1, 1, '2024-01-05', 50), (2, 2, '2024-02-05', 70);
`);
const funds = openedDatabase(`
create table fund (fund_code text primary key, fund_name text, fund_type text, ter_pct real, perf_fee_pct real, domicile text);
create table security (isin text primary key, sec_name text, asset_class text);
create table holding (holding_id integer primary key, fund_code text references fund (fund_code), isin text references security (isin), market_value real);
create table flow (flow_id integer primary key, fund_code text references fund (fund_code), flow_type text, flow_date text, amount real, income_tax real);
insert into fund values ('F1', 'Alpha', 'Bond', 0.5, 20, 'Ireland'), ('F2', 'Beta', 'Equity', 1.5, 10, 'Ireland');
insert into security values ('X1', 'Italy 2028', 'Bond'), ('X2', 'Acme', 'Equity'), ('X3', 'Ford 2027', 'Bond');
insert into holding values (1, 'F1', 'X1', 10), (2, 'F2', 'X2', 20), (3, 'F2', 'X1', 5), (4, 'F1', 'X3', 7);
insert into flow values (1, 'F1', 'redemption', '2024-01-01', -5, 1), (2, 'F2', 'redemption', '2024-02-01', -6, 1), (3, 'F1', 'subscription', '2024-02-01', 9, 1);
`);
afterAll(() => {
  work.close();
  cover.close();
  funds.close();
});

describe('parts that rows have', () => {
  itReads(
    work,
    `
which projects are led by Ida Fen?
  select t1.proj_name from projects as t1 join employees as t2 on t1.lead_id = t2.emp_id where t2.full_name = 'Ida Fen'
  [["Atlas"]]
Which project has the most hours?
  select t1.proj_name from projects as t1 join timesheets as t2 on t2.proj_code = t1.proj_code group by t1.proj_code, t1.proj_name order by sum(t2.hours) desc limit 1
  [["Atlas"]]
`,
  );
  itLeavesUnread(work, [
    ['number of employees per project', 'which part of those'],
    ['projects of Ida Fen', 'which part of those'],
  ]);
});

describe('amounts by what is done, and states', () => {
  itReads(
    cover,
    `
average claim amount by gender
  select t3.gender, avg(t1.amt_claimed) from claims as t1 join policies as t2 on t1.policy_no = t2.policy_no join holders as t3 on t2.holder_id = t3.holder_id group by t3.gender
  [["F",400],["M",200]]
Total reserves on open claims
  select sum(amt_reserved) from claims where claim_status = 'open'
  [[600]]
Claims with a reserve above the claimed amount
  select claim_id from claims where amt_reserved > amt_claimed
  [[1]]
How many smokers have claims?
  select count(distinct t1.holder_id) from holders as t1 join policies as t2 on t2.holder_id = t1.holder_id join claims as t3 on t3.policy_no = t2.policy_no where t1.smoker = 1
  [[1]]
Number of policies of smokers in 2024
  select count(*) from policies as t1 join holders as t2 on t1.holder_id = t2.holder_id where t2.smoker = 1 and t1.start_dt between 20240101 and 20241231
  [[1]]
most common deny reason
  select deny_reason from claims where deny_reason is not null group by deny_reason order by count(*) desc limit 1
  [["late"]]
How many claim payments are negative?
  select count(*) from claim_payments where amount < 0
  [[0]]
claims of policy A1
  select t1.claim_id from claims as t1 join policies as t2 on t1.policy_no = t2.policy_no where t2.policy_no = 'A1'
  [[1],[2]]
total amount claimed on A1
  select sum(amt_claimed) from claims where policy_no = 'A1'
  [[800]]
lapsed policies that started in 2024
  select policy_no from policies where status = 'Lapsed' and start_dt between 20240101 and 20241231
  [["A2"]]
`,
  );
  itLeavesUnread(cover, [
    ['how many active policies on 1 January 2024', 'such then, or begun then'],
    ['policies at the end of 2023', 'what ends then'],
  ]);
});

describe('kinds that are counted', () => {
  itReads(
    funds,
    `
number of redemptions of bond funds in 2024
  select count(*) from flow as t1 join fund as t2 on t1.fund_code = t2.fund_code where t1.flow_type = 'redemption' and t2.fund_type = 'Bond' and t1.flow_date between '2024-01-01' and '2024-12-31'
  [[1]]
How many bonds are held by funds in Ireland?
  select count(distinct t1.isin) from security as t1 join holding as t2 on t2.isin = t1.isin join fund as t3 on t2.fund_code = t3.fund_code where t1.asset_class = 'Bond' and t3.domicile = 'Ireland'
  [[2]]
cheapest fund
  select fund_name from fund order by ter_pct asc limit 1
  [["Alpha"]]
Which fund has the highest expense ratio?
  select fund_name from fund order by ter_pct desc limit 1
  [["Beta"]]
`,
  );
  itLeavesUnread(funds, [['average tax rate', 'a column beside what is asked for']]);
});
