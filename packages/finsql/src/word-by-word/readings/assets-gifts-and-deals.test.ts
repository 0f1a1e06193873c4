/** Assets by their tags and kinds, those who gave, deals in their states, and terminals. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const register = openedDatabase(`
create table asset_class (class_code text primary key, class_name text, life_years integer);
create table site (site_id integer primary key, site_name text, leased text);
create table custodian (custodian_id integer primary key, full_name text, department text);
create table fixed_asset (asset_tag text primary key, description text, class_code text references asset_class (class_code), site_id integer references site (site_id), custodian_id integer references custodian (custodian_id), acquired_on text, acquisition_cost real);
insert into asset_class values ('VEH', 'Vehicles', 5), ('MCH', 'Machinery', 10);
insert into site values (1, 'North Plant', 'no'), (2, 'Harbour Office', 'yes');
insert into custodian values (1, 'Priya Nair', 'Operations');
insert into fixed_asset values
  ('FA-1', 'Van', 'VEH', 2, 1, '2022-03-01', 40000), ('FA-2', 'Van', 'VEH', 1, null, '2023-05-01', 30000),
  ('FA-3', 'Lathe', 'MCH', 1, 1, '2023-06-01', 90000), ('FA-4', 'Press', 'MCH', 2, null, '2024-01-01', 50000),
  ('FA-5', 'Truck', 'VEH', 1, 1, '2024-02-01', 60000);
`);
const giving = openedDatabase(`
create table supporters (id integer primary key, name text, supporter_type text, town text, first_contact text);
create table campaigns (id integer primary key, title text, goal real);
create table gifts (id integer primary key, supporter_id integer references supporters (id), campaign_id integer references campaigns (id), gift_date text, amount real);
insert into supporters values (1, 'Ann Hale', 'individual', 'York', '2023-02-01'), (2, 'Bright Ltd', 'company', 'Leeds', '2020-01-01'), (3, 'Castle Ltd', 'company', 'York', '2021-05-05');
insert into campaigns values (1, 'Shelter', 100), (2, 'Minibus', 900);
insert into gifts values (1, 1, 1, '2023-03-01', 20), (2, 1, 2, '2024-01-10', 30), (3, 2, 1, '2024-02-01', 500), (4, 2, 2, '2024-03-01', 250);
`);
const deals = openedDatabase(`
create table counterparty (counterparty_id integer primary key, counterparty_name text, kind text);
create table money_market_deal (deal_no text primary key, counterparty_id integer references counterparty (counterparty_id), direction text, principal real, ccy text, interest_rate real, start_date text, maturity_date text, deal_status text);
insert into counterparty values (1, 'Rheinbank AG', 'bank'), (2, 'Prime Fund', 'fund');
insert into money_market_deal values
  ('MM1', 1, 'deposit', 100, 'EUR', 2, '2024-01-01', '2024-07-01', 'live'), ('MM2', 1, 'loan', 200, 'EUR', 8, '2022-01-01', '2022-06-01', 'matured'),
  ('MM3', 2, 'deposit', 300, 'EUR', 4, '2022-03-01', '2022-09-01', 'matured'), ('MM4', 2, 'deposit', 50, 'USD', 5, '2024-05-01', '2024-08-01', 'live');
`);
const terminals = openedDatabase(`
create table MRCH (MRCH_NO integer primary key, DBA_NM text);
create table TERML (TERML_ID text primary key, MRCH_NO integer references MRCH (MRCH_NO), MODEL text, INSTL_DT text);
insert into MRCH values (1, 'Corner Deli'), (2, 'Old Mill');
insert into TERML values ('T1', 1, 'P400', '2023-04-01'), ('T2', 1, 'S1', '2024-01-01');
`);
afterAll(() => {
  register.close();
  giving.close();
  deals.close();
  terminals.close();
});

describe('assets that a tag and a class tell', () => {
  itReads(
    register,
    `
assets without a custodian
  select asset_tag from fixed_asset where custodian_id is null
  [["FA-2"],["FA-4"]]
list vehicles
  select t1.asset_tag from fixed_asset as t1 join asset_class as t2 on t1.class_code = t2.class_code where t2.class_name = 'Vehicles'
  [["FA-1"],["FA-2"],["FA-5"]]
vehicles at Harbour Office
  select t1.asset_tag from fixed_asset as t1 join asset_class as t2 on t1.class_code = t2.class_code join site as t3 on t1.site_id = t3.site_id where t2.class_name = 'Vehicles' and t3.site_name = 'Harbour Office'
  [["FA-1"]]
how many vehicles are at Harbour Office?
  select count(*) from fixed_asset as t1 join asset_class as t2 on t1.class_code = t2.class_code join site as t3 on t1.site_id = t3.site_id where t2.class_name = 'Vehicles' and t3.site_name = 'Harbour Office'
  [[1]]
how many vehicles are at leased sites?
  select count(*) from fixed_asset as t1 join asset_class as t2 on t1.class_code = t2.class_code join site as t3 on t1.site_id = t3.site_id where t2.class_name = 'Vehicles' and t3.leased = 'yes'
  [[1]]
vehicles per site
  select t2.site_name, count(*) from fixed_asset as t1 join site as t2 on t1.site_id = t2.site_id join asset_class as t3 on t1.class_code = t3.class_code where t3.class_name = 'Vehicles' group by t2.site_id, t2.site_name
  [["North Plant",2],["Harbour Office",1]]
which vehicles at leased sites cost over 35000?
  select t1.asset_tag from fixed_asset as t1 join asset_class as t2 on t1.class_code = t2.class_code join site as t3 on t1.site_id = t3.site_id where t2.class_name = 'Vehicles' and t3.leased = 'yes' and t1.acquisition_cost > 35000
  [["FA-1"]]
life of vehicles
  select life_years from asset_class where class_name = 'Vehicles'
  [[5]]
which sites have vehicles?
  select distinct t1.site_name from site as t1 join fixed_asset as t2 on t2.site_id = t1.site_id join asset_class as t3 on t2.class_code = t3.class_code where t3.class_name = 'Vehicles'
  [["Harbour Office"],["North Plant"]]
sites with at least 2 vehicles
  select t1.site_name from site as t1 join fixed_asset as t2 on t2.site_id = t1.site_id join asset_class as t3 on t2.class_code = t3.class_code where t3.class_name = 'Vehicles' group by t1.site_id, t1.site_name having count(*) >= 2
  [["North Plant"]]
which site has the most vehicles
  select t1.site_name from site as t1 join fixed_asset as t2 on t2.site_id = t1.site_id join asset_class as t3 on t2.class_code = t3.class_code where t3.class_name = 'Vehicles' group by t1.site_id, t1.site_name order by count(*) desc limit 1
  [["North Plant"]]
what did asset FA-3 cost?
  select acquisition_cost from fixed_asset where asset_tag = 'FA-3'
  [[90000]]
machinery costing more than 60000
  select t1.asset_tag from fixed_asset as t1 join asset_class as t2 on t1.class_code = t2.class_code where t2.class_name = 'Machinery' and t1.acquisition_cost > 60000
  [["FA-3"]]
vehicles acquired in 2023
  select t1.asset_tag from fixed_asset as t1 join asset_class as t2 on t1.class_code = t2.class_code where t2.class_name = 'Vehicles' and t1.acquired_on between '2023-01-01' and '2023-12-31'
  [["FA-2"]]
`,
  );
  itLeavesUnread(register, [
    ['vehicles with an acquisition cost above the average', 'the mean of all, or of a kind'],
  ]);
});

describe('those who gave', () => {
  itReads(
    giving,
    `
supporters who never gave
  select name from supporters where id not in (select supporter_id from gifts where supporter_id is not null)
  [["Castle Ltd"]]
supporters who gave in 2023
  select distinct t1.name from supporters as t1 join gifts as t2 on t2.supporter_id = t1.id where t2.gift_date between '2023-01-01' and '2023-12-31'
  [["Ann Hale"]]
how many supporters gave in 2023
  select count(distinct t1.id) from supporters as t1 join gifts as t2 on t2.supporter_id = t1.id where t2.gift_date between '2023-01-01' and '2023-12-31'
  [[1]]
how many supporters gave
  select count(distinct t1.id) from supporters as t1 join gifts as t2 on t2.supporter_id = t1.id
  [[2]]
which companies gave in 2024?
  select distinct t1.name from supporters as t1 join gifts as t2 on t2.supporter_id = t1.id where t1.supporter_type = 'company' and t2.gift_date between '2024-01-01' and '2024-12-31'
  [["Bright Ltd"]]
how many companies gave in 2024
  select count(distinct t1.id) from supporters as t1 join gifts as t2 on t2.supporter_id = t1.id where t1.supporter_type = 'company' and t2.gift_date between '2024-01-01' and '2024-12-31'
  [[1]]
total amount of gifts by company
  select t2.name, sum(t1.amount) from gifts as t1 join supporters as t2 on t1.supporter_id = t2.id where t2.supporter_type = 'company' group by t2.id, t2.name
  [["Bright Ltd",750]]
average gift by company
  select t2.name, avg(t1.amount) from gifts as t1 join supporters as t2 on t1.supporter_id = t2.id where t2.supporter_type = 'company' group by t2.id, t2.name
  [["Bright Ltd",375]]
which town gave the most in 2024?
  select t1.town from supporters as t1 join gifts as t2 on t2.supporter_id = t1.id where t2.gift_date between '2024-01-01' and '2024-12-31' group by t1.town order by sum(t2.amount) desc limit 1
  [["Leeds"]]
which supporter gave the most?
  select t1.name from supporters as t1 join gifts as t2 on t2.supporter_id = t1.id group by t1.id, t1.name order by sum(t2.amount) desc limit 1
  [["Bright Ltd"]]
which companies gave the most in 2024?
  select t1.name from supporters as t1 join gifts as t2 on t2.supporter_id = t1.id where t1.supporter_type = 'company' and t2.gift_date between '2024-01-01' and '2024-12-31' group by t1.id, t1.name order by sum(t2.amount) desc limit 1
  [["Bright Ltd"]]
gifts above the average
  select id from gifts where amount > (select avg(amount) from gifts)
  [[3],[4]]
gifts larger than the average gift of the same campaign
  select id from gifts where amount > (select avg(own.amount) from gifts as own where own.campaign_id = gifts.campaign_id)
  [[3],[4]]
how much did we raise in 2024?
  select sum(amount) from gifts where gift_date between '2024-01-01' and '2024-12-31'
  [[780]]
total raised in 2024
  select sum(amount) from gifts where gift_date between '2024-01-01' and '2024-12-31'
  [[780]]
which campaign raised the most?
  select t1.title from campaigns as t1 join gifts as t2 on t2.campaign_id = t1.id group by t1.id, t1.title order by sum(t2.amount) desc limit 1
  [["Shelter"]]
how much has Shelter raised?
  select sum(t2.amount) from campaigns as t1 join gifts as t2 on t2.campaign_id = t1.id where t1.title = 'Shelter'
  [[520]]
how many companies have given
  select count(distinct t1.id) from supporters as t1 join gifts as t2 on t2.supporter_id = t1.id where t1.supporter_type = 'company'
  [[1]]
supporters who have never given
  select name from supporters where id not in (select supporter_id from gifts where supporter_id is not null)
  [["Castle Ltd"]]
`,
  );
  itLeavesUnread(giving, [['campaigns that have reached their goal', 'whether a plan is met']]);
});

describe('deals in a state, on a day, by a kind of party', () => {
  itReads(
    deals,
    `
how many live deposits?
  select count(*) from money_market_deal where deal_status = 'live' and direction = 'deposit'
  [[2]]
deposits that are live
  select deal_no from money_market_deal where direction = 'deposit' and deal_status = 'live'
  [["MM1"],["MM4"]]
total principal of live EUR deposits
  select sum(principal) from money_market_deal where deal_status = 'live' and ccy = 'EUR' and direction = 'deposit'
  [[100]]
deposits with a maturity date before 2023
  select deal_no from money_market_deal where direction = 'deposit' and maturity_date < '2023-01-01'
  [["MM3"]]
deals with maturity date before 2023-01-01
  select deal_no from money_market_deal where maturity_date < '2023-01-01'
  [["MM2"],["MM3"]]
deals with an interest rate above 4
  select deal_no from money_market_deal where interest_rate > 4
  [["MM2"],["MM4"]]
number of deals by bank
  select t2.counterparty_name, count(*) from money_market_deal as t1 join counterparty as t2 on t1.counterparty_id = t2.counterparty_id where t2.kind = 'bank' group by t2.counterparty_id, t2.counterparty_name
  [["Rheinbank AG",2]]
total principal by bank
  select t2.counterparty_name, sum(t1.principal) from money_market_deal as t1 join counterparty as t2 on t1.counterparty_id = t2.counterparty_id where t2.kind = 'bank' group by t2.counterparty_id, t2.counterparty_name
  [["Rheinbank AG",300]]
deposits with an interest rate above the average
  select deal_no from money_market_deal where direction = 'deposit' and interest_rate > (select avg(interest_rate) from money_market_deal where direction = 'deposit')
  [["MM3"],["MM4"]]
deposits with an interest rate above the average for their currency
  select deal_no from money_market_deal where direction = 'deposit' and interest_rate > (select avg(own.interest_rate) from money_market_deal as own where own.ccy = money_market_deal.ccy and own.direction = 'deposit')
  [["MM3"]]
deals with an interest rate above the average
  select deal_no from money_market_deal where interest_rate > (select avg(interest_rate) from money_market_deal)
  [["MM2"],["MM4"]]
counterparties with more than 1 deposit
  select t1.counterparty_name from counterparty as t1 join money_market_deal as t2 on t2.counterparty_id = t1.counterparty_id where t2.direction = 'deposit' group by t1.counterparty_id, t1.counterparty_name having count(*) > 1
  [["Prime Fund"]]
counterparties with at least 2 deposits
  select t1.counterparty_name from counterparty as t1 join money_market_deal as t2 on t2.counterparty_id = t1.counterparty_id where t2.direction = 'deposit' group by t1.counterparty_id, t1.counterparty_name having count(*) >= 2
  [["Prime Fund"]]
which counterparty has the most deposits
  select t1.counterparty_name from counterparty as t1 join money_market_deal as t2 on t2.counterparty_id = t1.counterparty_id where t2.direction = 'deposit' group by t1.counterparty_id, t1.counterparty_name order by count(*) desc limit 1
  [["Prime Fund"]]
which counterparty has the most loans
  select t1.counterparty_name from counterparty as t1 join money_market_deal as t2 on t2.counterparty_id = t1.counterparty_id where t2.direction = 'loan' group by t1.counterparty_id, t1.counterparty_name order by count(*) desc limit 1
  [["Rheinbank AG"]]
average term of deposits in days
  select avg(julianday(maturity_date) - julianday(start_date)) from money_market_deal where direction = 'deposit' and maturity_date is not null
  [[152.66666666666666]]
term of MM2
  select julianday(maturity_date) - julianday(start_date) from money_market_deal where deal_no = 'MM2'
  [[151]]
deals with a term over 180 days
  select deal_no from money_market_deal where julianday(maturity_date) - julianday(start_date) > 180
  [["MM1"],["MM3"]]
deals by banks: number and principal
  select t1.deal_no, t1.principal from money_market_deal as t1 join counterparty as t2 on t1.counterparty_id = t2.counterparty_id where t2.kind = 'bank'
  [["MM1",100],["MM2",200]]
deals that matured in 2022
  select deal_no from money_market_deal where maturity_date between '2022-01-01' and '2022-12-31'
  [["MM2"],["MM3"]]
matured deals
  select deal_no from money_market_deal where deal_status = 'matured'
  [["MM2"],["MM3"]]
deposits that matured in 2022
  select deal_no from money_market_deal where direction = 'deposit' and maturity_date between '2022-01-01' and '2022-12-31'
  [["MM3"]]
how many deposits matured in 2022
  select count(*) from money_market_deal where direction = 'deposit' and maturity_date between '2022-01-01' and '2022-12-31'
  [[1]]
`,
  );
  itLeavesUnread(deals, [
    ['counterparties with at least one live deposit', 'a value behind a word for another thing'],
    ['average term of deposits in months', 'another unit of time'],
  ]);
});

describe('terminals that are written short', () => {
  itReads(
    terminals,
    `
merchants without any terminal
  select dba_nm from mrch where mrch_no not in (select mrch_no from terml where mrch_no is not null)
  [["Old Mill"]]
how many terminals does each merchant have?
  select t2.dba_nm, count(*) from terml as t1 join mrch as t2 on t1.mrch_no = t2.mrch_no group by t2.mrch_no, t2.dba_nm
  [["Corner Deli",2]]
`,
  );
});
