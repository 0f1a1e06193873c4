/** One thing but not the other, both of two, none of several: of rows that are done, and of what they are done with. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';

const funds = openedDatabase(`
create table 客户 (客户编号 integer primary key, 姓名 text, 城市 text, 客户类型 text); -- 个人、机构
create table 产品 (产品编号 integer primary key, 产品名称 text, 投向 text);
create table 交易 (
  交易编号 integer primary key,
  客户编号 integer references 客户 (客户编号),
  交易日期 text,
  交易类型 text,
  金额 real
);
create table 认购 (
  认购编号 integer primary key,
  客户编号 integer references 客户 (客户编号),
  产品编号 integer references 产品 (产品编号),
  认购日期 text,
  认购金额 real
);
insert into 客户 values
  (1, '丁一鸣', '杭州', '个人'), (2, '何蔓', '宁波', '个人'), (3, '启明实业', '杭州', '机构'), (4, '苏远', '北京', '个人');
insert into 产品 values (1, '稳安一号', '房地产类'), (2, '基业二号', '基建类'), (3, '远航三号', '工商类');
insert into 交易 values
  (1, 1, '2024-01-05', '申购', 20000), (2, 1, '2024-03-05', '赎回', 8000),
  (3, 2, '2024-04-05', '申购', 60000), (4, 4, '2025-01-05', '赎回', 3000);
insert into 认购 values
  (1, 1, 1, '2023-01-02', 100), (2, 1, 2, '2023-06-02', 200), (3, 2, 1, '2024-02-02', 150),
  (4, 3, 3, '2024-06-06', 120), (5, 4, 1, '2024-08-08', 80), (6, 4, 2, '2024-08-09', 90), (7, 4, 3, '2024-10-09', 60);
`);
afterAll(funds.close);

const DONE = `select distinct t1.客户编号 from 客户 as t1 join 交易 as t2 on t2.客户编号 = t1.客户编号 where t2.交易类型`;
const BOUGHT = `select distinct t1.客户编号 from 客户 as t1 join 认购 as t2 on t2.客户编号 = t1.客户编号 join 产品 as t3 on t2.产品编号 = t3.产品编号 where t3.投向`;

describe('what is done and what is not', () => {
  itReads(
    funds,
    `
从来没有赎回过、但做过申购的客户有哪些
  select 姓名 from 客户 where 客户编号 in (${DONE} = '申购') and 客户编号 not in (${DONE} = '赎回')
  [["何蔓"]]
申购过但没赎回过的宁波客户有几个
  select count(*) from 客户 where 城市 = '宁波' and 客户编号 in (${DONE} = '申购') and 客户编号 not in (${DONE} = '赎回')
  [[1]]
只申购过没赎回过的客户
  select 姓名 from 客户 where 客户编号 in (${DONE} = '申购') and 客户编号 not in (${DONE} = '赎回')
  [["何蔓"]]
既申购过又赎回过的客户
  select 姓名 from 客户 where 客户编号 in (${DONE} = '申购') and 客户编号 in (${DONE} = '赎回')
  [["丁一鸣"]]
既没申购过也没赎回过的客户
  select 姓名 from 客户 where 客户编号 not in (${DONE} = '申购') and 客户编号 not in (${DONE} = '赎回')
  [["启明实业"]]
既买过房地产类又买过基建类、但没买过工商类的客户
  select 姓名 from 客户 where 客户编号 in (${BOUGHT} = '房地产类') and 客户编号 in (${BOUGHT} = '基建类') and 客户编号 not in (${BOUGHT} = '工商类')
  [["丁一鸣"]]
没认购过工商类产品的客户有哪些
  select 姓名 from 客户 where 客户编号 not in (${BOUGHT} = '工商类')
  [["丁一鸣"],["何蔓"]]
哪些客户还没有认购过任何产品
  select 姓名 from 客户 where 客户编号 not in (select 客户编号 from 认购 where 客户编号 is not null)
  []
认购过基建类产品的客户有多少
  select count(distinct t1.客户编号) from 客户 as t1 join 认购 as t2 on t2.客户编号 = t1.客户编号 join 产品 as t3 on t2.产品编号 = t3.产品编号 where t3.投向 = '基建类'
  [[2]]
2024年认购了多少
  select sum(认购金额) from 认购 where 认购日期 between '2024-01-01' and '2024-12-31'
  [[500]]
杭州的个人客户2023年认购了多少
  select sum(t2.认购金额) from 客户 as t1 join 认购 as t2 on t2.客户编号 = t1.客户编号 where t1.城市 = '杭州' and t1.客户类型 = '个人' and t2.认购日期 between '2023-01-01' and '2023-12-31'
  [[300]]
`,
  );
  itLeavesUnread(funds, [
    ['没认购过工商类的产品', 'not done with what'],
    ['只做过申购的客户', 'a unit of nothing'],
    ['2023年申购过但2024年没赎回过的客户', 'both of them'],
    ['认购过房地产类和基建类的客户', 'both of two values'],
  ]);
});
