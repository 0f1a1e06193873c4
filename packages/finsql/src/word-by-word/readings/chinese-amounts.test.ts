/** Amounts in Chinese: bounds and units, single rows and totals, counts of rows that are such, what holds until a period ends. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const funds = openedDatabase(`
create table 客户 (客户编号 integer primary key, 姓名 text, 城市 text, 开户日期 text);
create table 产品 (
  产品编号 integer primary key,
  产品名称 text,
  起购金额 integer, -- 元
  募集规模 real, -- 实际到账, 万元
  成立日期 text
);
create table 净值 (产品编号 integer references 产品 (产品编号), 净值日期 text, 单位净值 real);
create table 交易 (
  交易编号 integer primary key,
  客户编号 integer references 客户 (客户编号),
  产品编号 integer references 产品 (产品编号),
  交易日期 text,
  交易类型 text,
  金额 real, -- 元, 均为正数
  渠道 text
);
insert into 客户 values (1, '丁一鸣', '杭州', '2020-01-01'), (2, '何蔓', '宁波', '2021-02-01'), (3, '苏远', '北京', '2022-05-01');
insert into 产品 values
  (1, '稳安一号', 10000, 800, '2023-01-01'), (2, '基业二号', 50000, 1200, '2023-06-01'), (3, '远航三号', 100000, 500, '2025-01-01');
insert into 净值 values (1, '2024-01-31', 1.01), (2, '2024-01-31', 1.1);
insert into 交易 values
  (1, 1, 1, '2024-01-05', '申购', 20000, '手机'), (2, 1, 1, '2024-03-05', '赎回', 8000, '柜台'),
  (3, 2, 2, '2024-04-05', '申购', 60000, '手机'), (4, 3, 2, '2023-04-05', '申购', 35000, '柜台'),
  (5, 3, 1, '2024-12-31', '申购', 30000, '柜台');
`);
afterAll(funds.close);

describe('amounts in Chinese', () => {
  itReads(
    funds,
    `
起购金额在5万以上（含5万）的产品有几只
  select count(*) from 产品 where 起购金额 >= 50000
  [[2]]
起购金额超过5万（含）的产品
  select 产品名称 from 产品 where 起购金额 >= 50000
  [["基业二号"],["远航三号"]]
起购金额在5万元以上（不含5万元）的产品
  select 产品名称 from 产品 where 起购金额 > 50000
  [["远航三号"]]
募集规模不少于800万元的产品有几只
  select count(*) from 产品 where 募集规模 >= 800
  [[2]]
单笔赎回最大金额
  select max(金额) from 交易 where 交易类型 = '赎回'
  [[8000]]
单笔金额超过3万的申购有几笔
  select count(*) from 交易 where 金额 > 30000 and 交易类型 = '申购'
  [[2]]
单笔申购金额最高的是哪位客户
  select t1.姓名 from 客户 as t1 join 交易 as t2 on t2.客户编号 = t1.客户编号 where t2.交易类型 = '申购' order by t2.金额 desc limit 1
  [["何蔓"]]
申购金额前2的客户，列出姓名和金额
  select t1.姓名, sum(t2.金额) from 客户 as t1 join 交易 as t2 on t2.客户编号 = t1.客户编号 where t2.交易类型 = '申购' group by t1.客户编号, t1.姓名 order by sum(t2.金额) desc limit 2
  [["苏远",65000],["何蔓",60000]]
申购金额最高的2位客户
  select t1.姓名 from 客户 as t1 join 交易 as t2 on t2.客户编号 = t1.客户编号 where t2.交易类型 = '申购' group by t1.客户编号, t1.姓名 order by sum(t2.金额) desc limit 2
  [["苏远"],["何蔓"]]
各渠道的申购笔数
  select 渠道, count(*) from 交易 where 交易类型 = '申购' group by 渠道
  [["手机",2],["柜台",2]]
赎回笔数最多的客户
  select t1.姓名 from 客户 as t1 join 交易 as t2 on t2.客户编号 = t1.客户编号 where t2.交易类型 = '赎回' group by t1.客户编号, t1.姓名 order by count(*) desc limit 1
  [["丁一鸣"]]
北京客户每年的交易笔数
  select strftime('%Y', t2.交易日期), count(*) from 客户 as t1 join 交易 as t2 on t2.客户编号 = t1.客户编号 where t1.城市 = '北京' group by strftime('%Y', t2.交易日期)
  [["2023",1],["2024",1]]
截至2024年末申购了多少钱
  select sum(金额) from 交易 where 交易类型 = '申购' and 交易日期 <= '2024-12-31'
  [[145000]]
2024年申购了多少万元
  select sum(金额 / 10000.0) from 交易 where 交易类型 = '申购' and 交易日期 between '2024-01-01' and '2024-12-31'
  [[11]]
募集规模合计多少万元
  select sum(募集规模) from 产品
  [[2500]]
募集规模合计多少亿元
  select sum(募集规模 / 10000.0) from 产品
  [[0.25]]
各渠道申购和赎回的笔数
  select 渠道, sum(case when 交易类型 = '申购' then 1 else 0 end), sum(case when 交易类型 = '赎回' then 1 else 0 end) from 交易 group by 渠道
  [["手机",2,0],["柜台",2,1]]
2023年底之后成立的产品
  select 产品名称 from 产品 where 成立日期 > '2023-12-31'
  [["远航三号"]]
`,
  );
  itLeavesUnread(funds, [
    ['起购金额5万元以上（含6万元）的产品', 'including what'],
    ['含净值的产品', 'including what'],
    ['单笔申购金额前3名的客户', 'things ordered by rows of another table'],
    ['净值最高的产品', 'the most of which figure'],
    ['基业二号2024年每月的净值', 'rows, or their figure'],
  ]);
});

describe('what is noted day by day', () => {
  const noted = openedDatabase(`
create table 产品 (产品编号 integer primary key, 产品名称 text);
create table 规模 (
  产品编号 integer references 产品 (产品编号), 日期 text, 规模金额 real, primary key (产品编号, 日期)
);
insert into 产品 values (1, '甲'), (2, '乙');
insert into 规模 values (1, '2024-12-31', 5), (1, '2025-09-30', 7), (2, '2025-09-30', 9);
`);
  afterAll(noted.close);
  itReads(
    noted,
    `
截至2025年9月30日，规模金额合计是多少？
  select sum(规模金额) from 规模 where 日期 = '2025-09-30'
  [[16]]
`,
  );
});
