/** How people ask in Chinese: 搜一下, 分组统计, 2024年新生效; counts beside totals; rows of a state that are counted. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const policies = openedDatabase(`
create table 客户 (客户编号 integer primary key, 姓名 text, 城市 text);
create table 公司 (公司编号 integer primary key, 公司名称 text);
create table 产品 (产品编号 integer primary key, 产品名称 text, 公司编号 integer references 公司 (公司编号), 险种 text);
create table 保单 (
  保单号 text primary key,
  客户编号 integer references 客户 (客户编号),
  产品编号 integer references 产品 (产品编号),
  生效日期 text,
  年缴保费 real, -- 元
  状态 text -- 有效、审核中、退保
);
create table 佣金 (佣金编号 integer primary key, 保单号 text references 保单 (保单号), 发放日期 text, 金额 real);
create table 理赔 (
  理赔编号 integer primary key, 保单号 text references 保单 (保单号), 报案日期 text, 结案日期 text, 申请金额 real, 赔付金额 real
);
insert into 客户 values (1, '丁一鸣', '杭州'), (2, '何蔓', '宁波'), (3, '苏远', '杭州');
insert into 公司 values (1, '恒泽人寿'), (2, '安平保险');
insert into 产品 values (1, '康健一号', 1, '重疾险'), (2, '颐年', 1, '年金险'), (3, '行安', 2, '车险');
insert into 保单 values
  ('P1', 1, 1, '2023-05-01', 9000, '有效'), ('P2', 1, 2, '2024-02-01', 12000, '退保'),
  ('P3', 2, 1, '2024-03-01', 7000, '退保'), ('P4', 2, 3, '2024-06-01', 3000, '审核中');
insert into 佣金 values (1, 'P1', '2024-01-09', 90), (2, 'P2', '2024-03-09', 120), (3, 'P3', '2025-01-09', 70);
insert into 理赔 values (1, 'P1', '2024-02-02', '2024-02-20', 500, 300), (2, 'P1', '2024-05-02', '2024-05-20', 100, 80), (3, 'P4', '2025-02-02', null, 50, 0);
`);
afterAll(policies.close);

describe('asking in Chinese', () => {
  itReads(
    policies,
    `
帮我搜一下年缴保费破1万的保单号
  select 保单号 from 保单 where 年缴保费 > 10000
  [["P2"]]
哪些保单年缴保费跌破5000元
  select 保单号 from 保单 where 年缴保费 < 5000
  [["P4"]]
按险种分组统计产品数量
  select 险种, count(*) from 产品 group by 险种
  [["年金险",1],["车险",1],["重疾险",1]]
去重看一下，客户在哪些城市
  select distinct 城市 from 客户
  [["杭州"],["宁波"]]
2024年新生效的保单有几单
  select count(*) from 保单 where 生效日期 between '2024-01-01' and '2024-12-31'
  [[3]]
还在审核的保单有哪些
  select 保单号 from 保单 where 状态 = '审核中'
  [["P4"]]
杭州且状态为有效的保单数量
  select count(*) from 保单 as t1 join 客户 as t2 on t1.客户编号 = t2.客户编号 where t2.城市 = '杭州' and t1.状态 = '有效'
  [[1]]
各险种的保单数量和年缴保费合计
  select t2.险种, count(*), sum(t1.年缴保费) from 保单 as t1 join 产品 as t2 on t1.产品编号 = t2.产品编号 group by t2.险种
  [["年金险",1,12000],["车险",1,3000],["重疾险",2,16000]]
恒泽人寿的产品被退保了几单
  select count(*) from 产品 as t1 join 公司 as t2 on t1.公司编号 = t2.公司编号 join 保单 as t3 on t3.产品编号 = t1.产品编号 where t2.公司名称 = '恒泽人寿' and t3.状态 = '退保'
  [[2]]
恒泽人寿有几单退保
  select count(*) from 保单 as t1 join 产品 as t2 on t1.产品编号 = t2.产品编号 join 公司 as t3 on t2.公司编号 = t3.公司编号 where t3.公司名称 = '恒泽人寿' and t1.状态 = '退保'
  [[2]]
姓何的客户有几位
  select count(*) from 客户 where 姓名 like '何%'
  [[1]]
以康健开头的产品
  select 产品名称 from 产品 where 产品名称 like '康健%'
  [["康健一号"]]
产品名称里带一号二字的产品
  select 产品名称 from 产品 where 产品名称 like '%一号%'
  [["康健一号"]]
买过车险的客户
  select distinct t1.姓名 from 客户 as t1 join 保单 as t2 on t2.客户编号 = t1.客户编号 join 产品 as t3 on t2.产品编号 = t3.产品编号 where t3.险种 = '车险'
  [["何蔓"]]
一张保单都没买过的客户
  select 姓名 from 客户 where 客户编号 not in (select 客户编号 from 保单 where 客户编号 is not null)
  [["苏远"]]
2024年一共发了多少佣金
  select sum(金额) from 佣金 where 发放日期 between '2024-01-01' and '2024-12-31'
  [[210]]
2024年发了几笔佣金
  select count(*) from 佣金 where 发放日期 between '2024-01-01' and '2024-12-31'
  [[2]]
佣金有多少
  select sum(金额) from 佣金
  [[280]]
哪个客户的保单佣金最多
  select t1.姓名 from 客户 as t1 join 保单 as t2 on t2.客户编号 = t1.客户编号 join 佣金 as t3 on t3.保单号 = t2.保单号 group by t1.客户编号, t1.姓名 order by sum(t3.金额) desc limit 1
  [["丁一鸣"]]
一共赔了多少钱
  select sum(赔付金额) from 理赔
  [[380]]
`,
  );
  itLeavesUnread(policies, [
    ['2024年一共赔了多少钱', 'several days'],
    ['客户姓什么', 'no meaning of 姓'],
    ['新保单有几单', 'a unit of nothing'],
    ['恒泽人寿有几家', 'how many of one'],
    ['客户姓名和年缴保费合计', 'a measure of several'],
  ]);
});
