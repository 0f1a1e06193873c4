/** The most of things in either order, rows called by their keys, figures called as their tables. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const research = openedDatabase(`
create table broker (
  broker_id integer primary key,
  broker_name text, -- English name of the broker | 券商名称
  broker_name_cn text -- Chinese name of the broker | 券商中文名称
);
create table analyst ( -- research analysts | 分析师
  analyst_id integer primary key,
  analyst_name text,
  analyst_name_cn text, -- Chinese name of the analyst | 分析师中文姓名
  broker_id integer references broker (broker_id) -- employer | 所属券商
);
create table analyst_rating ( -- stock ratings | 分析师评级
  rating_id integer primary key,
  analyst_id integer references analyst (analyst_id),
  rating_date text, -- date of the rating | 评级日期
  rating text -- Buy, Hold, Sell | 评级
);
create table currency (
  currency_code text primary key, -- code | 货币代码
  currency_name text,
  currency_name_cn text -- Chinese name of the currency | 货币名称
);
create table exchange_rate ( -- daily exchange rates | 汇率
  currency_code text references currency (currency_code), -- foreign currency | 货币代码
  rate_date text, -- trading day | 日期
  rate_to_cny real, -- yuan for one unit | 兑人民币汇率
  primary key (currency_code, rate_date)
);
create table market_index ( -- stock market indices | 市场指数
  index_id integer primary key,
  index_name text, -- English name of the index | 指数名称
  index_name_cn text -- Chinese name of the index | 指数中文名称
);
create table stock (stock_id integer primary key, stock_name text, stock_name_cn text);
create table index_member (
  index_id integer references market_index (index_id),
  stock_id integer references stock (stock_id),
  weight_percent real
);
create table earnings_forecast ( -- forecasts | 盈利预测
  stock_id integer references stock (stock_id),
  fiscal_year integer, -- year forecast | 预测年度
  forecast_net_profit real, -- expected net profit | 预测净利润
  primary key (stock_id, fiscal_year)
);
create table bond ( -- bonds | 债券
  bond_id integer primary key,
  bond_name text, -- English name of the bond | 债券名称
  bond_type text, -- Corporate Bond, Green Bond | 债券类型
  coupon_rate real -- coupon in percent | 票面利率
);
create table fund (fund_id integer primary key, fund_name text, fund_name_cn text);
create table fund_scale ( -- size of funds at quarter end | 基金规模
  fund_id integer references fund (fund_id),
  report_date text, -- quarter end | 报告期
  holder_count integer, -- number of investors | 持有人户数
  primary key (fund_id, report_date)
);
insert into broker values (1, 'Pine', '松树证券'), (2, 'Granite', '花岗岩研究');
insert into analyst values (1, 'Xu Xinyi', '徐心怡', 1), (2, 'Gao Zihan', '高子涵', 2), (3, 'Fan Meiling', '范美玲', 2);
insert into analyst_rating values (1, 1, '2023-02-01', 'Buy'), (2, 1, '2023-03-01', 'Buy'), (3, 2, '2024-02-01', 'Buy'), (4, 2, '2024-03-01', 'Hold'), (5, 2, '2024-04-01', 'Hold');
insert into currency values ('USD', 'US dollar', '美元'), ('EUR', 'euro', '欧元');
insert into exchange_rate values ('USD', '2023-12-28', 6.3), ('USD', '2023-12-29', 6.5), ('EUR', '2023-12-29', 7.9);
insert into market_index values (1, 'All Share Index', '全市场指数'), (2, 'Large Cap 30', '大盘30');
insert into stock values (1, 'Fox', '狐狸'), (2, 'Owl', '猫头鹰'), (3, 'Elk', '麋鹿');
insert into index_member values (1, 1, 40), (1, 2, 30), (1, 3, 30), (2, 1, 100);
insert into earnings_forecast values (1, 2023, 500), (2, 2024, 3000);
insert into bond values (1, 'North 2028', 'Green Bond', 4), (2, 'South 2030', 'Corporate Bond', 5), (3, 'East 2031', 'Green Bond', 5);
insert into fund values (1, 'Plum', '梅花'), (2, 'Orchid', '兰花');
insert into fund_scale values (1, '2024-03-31', 100), (1, '2024-06-30', 120), (2, '2024-06-30', 130);
`);
const houses = openedDatabase(`
create table house (house_id integer primary key, house_name text);
create table fund (fund_id integer primary key, fund_name text, house_id integer references house (house_id));
create table fund_scale (
  fund_id integer references fund (fund_id),
  report_date text,
  net_assets real,
  primary key (fund_id, report_date)
);
create table firm (firm_id integer primary key, firm_name text);
create table analyst (analyst_id integer primary key, analyst_name text);
create table analyst_rating (
  rating_id integer primary key,
  analyst_id integer references analyst (analyst_id),
  firm_id integer references firm (firm_id),
  rating_date text,
  rating text
);
create table bond (bond_id integer primary key, bond_name text);
create table bond_rating (
  bond_id integer references bond (bond_id),
  rating_date text,
  rating text,
  primary key (bond_id, rating_date)
);
insert into house values (1, 'Amber'), (2, 'Birch');
insert into fund values (1, 'North', 1), (2, 'South', 1), (3, 'East', 2);
insert into fund_scale values (1, '2023-12-31', 50), (2, '2023-12-31', 60), (3, '2023-12-31', 70), (3, '2023-09-30', 90);
insert into firm values (1, 'Steel'), (2, 'Glass');
insert into analyst values (1, 'Ida'), (2, 'Jo');
insert into analyst_rating values (1, 1, 1, '2023-02-01', 'Buy'), (2, 1, 1, '2023-05-01', 'Buy'), (3, 2, 2, '2023-03-01', 'Hold'), (4, 2, 1, '2024-03-01', 'Sell');
insert into bond values (1, 'Fox 2028'), (2, 'Owl 2030');
insert into bond_rating values (1, '2023-06-30', 'AA'), (1, '2024-06-30', 'AAA'), (2, '2024-06-30', 'A');
`);
afterAll(() => {
  research.close();
  houses.close();
});

describe('the most of things, and figures called as their tables', () => {
  itReads(
    research,
    `
拥有最多分析师的券商是哪家？
  select t1.broker_name_cn from broker as t1 join analyst as t2 on t2.broker_id = t1.broker_id group by t1.broker_id, t1.broker_name_cn order by count(*) desc limit 1
  [["花岗岩研究"]]
2023年给出最多买入评级的分析师
  select t1.analyst_name_cn from analyst as t1 join analyst_rating as t2 on t2.analyst_id = t1.analyst_id where t2.rating = 'Buy' and t2.rating_date between '2023-01-01' and '2023-12-31' group by t1.analyst_id, t1.analyst_name_cn order by count(*) desc limit 1
  [["徐心怡"]]
给出最少评级的分析师
  select t1.analyst_name_cn from analyst as t1 join analyst_rating as t2 on t2.analyst_id = t1.analyst_id group by t1.analyst_id, t1.analyst_name_cn order by count(*) asc limit 1
  [["徐心怡"]]
每位分析师给了多少次评级？
  select t2.analyst_name_cn, count(*) from analyst_rating as t1 join analyst as t2 on t1.analyst_id = t2.analyst_id group by t2.analyst_id, t2.analyst_name_cn
  [["徐心怡",2],["高子涵",3]]
2023年12月29日美元汇率
  select rate_to_cny from exchange_rate where currency_code = 'USD' and rate_date = '2023-12-29'
  [[6.5]]
每个币种2023年的平均汇率
  select t2.currency_name_cn, avg(t1.rate_to_cny) from exchange_rate as t1 join currency as t2 on t1.currency_code = t2.currency_code where t1.rate_date between '2023-01-01' and '2023-12-31' group by t2.currency_code, t2.currency_name_cn
  [["欧元",7.9],["美元",6.4]]
average exchange rate of USD in 2023
  select avg(rate_to_cny) from exchange_rate where currency_code = 'USD' and rate_date between '2023-01-01' and '2023-12-31'
  [[6.4]]
How many stocks are in each index?
  select t3.index_name, count(distinct t1.stock_id) from stock as t1 join index_member as t2 on t2.stock_id = t1.stock_id join market_index as t3 on t2.index_id = t3.index_id group by t3.index_id, t3.index_name
  [["All Share Index",3],["Large Cap 30",1]]
Which index has the most members?
  select t1.index_name from market_index as t1 join index_member as t2 on t2.index_id = t1.index_id group by t1.index_id, t1.index_name order by count(*) desc limit 1
  [["All Share Index"]]
Which stocks belong to no index?
  select stock_name from stock where stock_id not in (select stock_id from index_member where stock_id is not null)
  []
绿色债券的平均票面利率
  select avg(coupon_rate) from bond where bond_type = 'Green Bond'
  [[4.5]]
2024年6月30日持有人户数最多的基金
  select t1.fund_name_cn from fund as t1 join fund_scale as t2 on t2.fund_id = t1.fund_id where t2.report_date = '2024-06-30' group by t1.fund_id, t1.fund_name_cn order by sum(t2.holder_count) desc limit 1
  [["兰花"]]
`,
  );

  itLeavesUnread(research, [
    ['每位分析师评级了多少次？', 'what is done, or rows of it'],
    ['预测净利润超过预测年度的股票', 'a year beside an amount'],
    ['持有人户数最多的基金', 'the sum of several times'],
    ['which fund has the most holders', 'the sum of several times'],
    ['total holder count by fund', 'the sum of several times'],
  ]);
});

describe('rows that are called as a column of theirs', () => {
  itReads(
    houses,
    `
Latest rating of each bond
  select bond_name, rating from (select t2.bond_name, t1.rating, rank() over (partition by t2.bond_id order by t1.rating_date desc) as place from bond_rating as t1 join bond as t2 on t1.bond_id = t2.bond_id) where place = 1
  [["Fox 2028","AAA"],["Owl 2030","A"]]
How many firms did each analyst rate in 2023?
  select t3.analyst_name, count(distinct t1.firm_id) from firm as t1 join analyst_rating as t2 on t2.firm_id = t1.firm_id join analyst as t3 on t2.analyst_id = t3.analyst_id where t2.rating_date between '2023-01-01' and '2023-12-31' group by t3.analyst_id, t3.analyst_name
  [["Ida",1],["Jo",1]]
How many analyst ratings did each firm get?
  select t2.firm_name, count(*) from analyst_rating as t1 join firm as t2 on t1.firm_id = t2.firm_id group by t2.firm_id, t2.firm_name
  [["Steel",3],["Glass",1]]
How many ratings of Steel were there in 2023?
  select count(*) from analyst_rating as t1 join firm as t2 on t1.firm_id = t2.firm_id where t2.firm_name = 'Steel' and t1.rating_date between '2023-01-01' and '2023-12-31'
  [[2]]
How many different ratings of Steel were there?
  select count(distinct t1.rating) from analyst_rating as t1 join firm as t2 on t1.firm_id = t2.firm_id where t2.firm_name = 'Steel'
  [[2]]
Which fund had the largest net assets at the end of 2023?
  select t1.fund_name from fund as t1 join fund_scale as t2 on t2.fund_id = t1.fund_id where t2.report_date = '2023-12-31' order by t2.net_assets desc limit 1
  [["East"]]
`,
  );

  itLeavesUnread(houses, [
    [
      'Which house had the largest net assets at the end of 2023?',
      'the most of one, or of all together',
    ],
  ]);
});
