/** Chinese tables said by the last word of their name, without what they are written in, and by what is done with their rows. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const wealth = openedDatabase(`
create table 客户经理 (工号 text primary key, 姓名 text, 支行 text);
create table 客户 (客户号 integer primary key, 姓名 text, 经理工号 text references 客户经理 (工号));
create table 理财产品 (产品代码 text primary key, 产品名称 text, 产品类型 text);
create table 产品净值 (产品代码 text references 理财产品 (产品代码), 净值日期 text, 单位净值 real);
create table 持仓 (
  客户号 integer references 客户 (客户号),
  产品代码 text references 理财产品 (产品代码),
  成本金额 real,
  primary key (客户号, 产品代码)
);
create table 交易流水 (
  流水号 integer primary key,
  客户号 integer references 客户 (客户号),
  产品代码 text references 理财产品 (产品代码),
  交易日期 text,
  金额 real
);
insert into 客户经理 values ('J1', '沈岚', '西湖支行'), ('J2', '韩越', '滨江支行');
insert into 客户 values (1, '丁一鸣', 'J1'), (2, '何蔓', 'J1'), (3, '苏远', 'J2');
insert into 理财产品 values ('A', '稳安', '固收类'), ('B', '远航', '权益类'), ('C', '金泉', '权益类');
insert into 产品净值 values ('A', '2024-12-31', 1.05), ('B', '2024-12-31', 1.2);
insert into 持仓 values (1, 'A', 100), (1, 'B', 300), (2, 'A', 250);
insert into 交易流水 values (1, 1, 'A', '2024-02-01', 100), (2, 2, 'A', '2024-03-01', 250), (3, 1, 'B', '2024-04-01', 300);
`);
afterAll(wealth.close);

describe('tables by the last word of their name', () => {
  itReads(
    wealth,
    `
权益类产品有几只
  select count(*) from 理财产品 where 产品类型 = '权益类'
  [[2]]
各产品的交易笔数
  select t2.产品名称, count(*) from 交易流水 as t1 join 理财产品 as t2 on t1.产品代码 = t2.产品代码 group by t2.产品代码, t2.产品名称
  [["稳安",2],["远航",1]]
没有交易的产品
  select 产品名称 from 理财产品 where 产品代码 not in (select 产品代码 from 交易流水 where 产品代码 is not null)
  [["金泉"]]
每个经理的客户数
  select t2.姓名, count(*) from 客户 as t1 join 客户经理 as t2 on t1.经理工号 = t2.工号 group by t2.工号, t2.姓名
  [["沈岚",2],["韩越",1]]
各支行的客户数
  select t2.支行, count(*) from 客户 as t1 join 客户经理 as t2 on t1.经理工号 = t2.工号 group by t2.支行
  [["滨江支行",1],["西湖支行",2]]
沈岚名下的客户
  select t1.姓名 from 客户 as t1 join 客户经理 as t2 on t1.经理工号 = t2.工号 where t2.姓名 = '沈岚'
  [["丁一鸣"],["何蔓"]]
净值最高的产品是哪只
  select t1.产品名称 from 理财产品 as t1 join 产品净值 as t2 on t2.产品代码 = t1.产品代码 order by t2.单位净值 desc limit 1
  [["远航"]]
持有权益类产品的客户有几个
  select count(distinct t1.客户号) from 客户 as t1 join 持仓 as t2 on t2.客户号 = t1.客户号 join 理财产品 as t3 on t2.产品代码 = t3.产品代码 where t3.产品类型 = '权益类'
  [[1]]
没有持有权益类产品的客户
  select 姓名 from 客户 where 客户号 not in (select distinct t1.客户号 from 客户 as t1 join 持仓 as t2 on t2.客户号 = t1.客户号 join 理财产品 as t3 on t2.产品代码 = t3.产品代码 where t3.产品类型 = '权益类')
  [["何蔓"],["苏远"]]
哪些客户没有持有任何产品
  select 姓名 from 客户 where 客户号 not in (select 客户号 from 持仓 where 客户号 is not null)
  [["苏远"]]
`,
  );
  itLeavesUnread(wealth, [
    ['只持有权益类产品的客户', 'a unit of nothing'],
    ['没有持有权益类的产品', 'not done with what'],
  ]);
});
