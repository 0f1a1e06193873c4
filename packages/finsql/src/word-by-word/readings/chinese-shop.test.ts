import { afterAll, describe } from 'vitest';
import { itReads } from '../../testing/read-off-checks.ts';
import { CHINESE_SHOP_SQL, openedDatabase } from '../../testing/shop-database.ts';

const shop = openedDatabase(CHINESE_SHOP_SQL);
afterAll(shop.close);

/** A question, the statement read off it, and the rows of that. */
const READ = `
客户有多少个？
  select count(*) from 客户
  [[3]]
上海有多少客户？
  select count(*) from 客户 where 城市 = '上海'
  [[2]]
所有客户的名称
  select 客户名称 from 客户
  [["青松贸易"],["白桦商行"],["红杉实业"]]
列出客户的名称和城市
  select 客户名称, 城市 from 客户
  [["青松贸易","上海"],["白桦商行","北京"],["红杉实业","上海"]]
每个客户有多少订单？
  select t2.客户名称, count(*) from 订单 as t1 join 客户 as t2 on t1.客户编号 = t2.客户编号 group by t2.客户编号, t2.客户名称
  [["青松贸易",3],["白桦商行",1]]
每个城市的客户数量
  select 城市, count(*) from 客户 group by 城市
  [["上海",2],["北京",1]]
各类别的产品数量
  select 类别, count(*) from 产品 group by 类别
  [["厨具",2],["灯具",1]]
平均单价是多少？
  select avg(单价) from 产品
  [[55.166666666666664]]
厨具的平均单价
  select avg(单价) from 产品 where 类别 = '厨具'
  [[42.75]]
订单总金额是多少？
  select sum(订单金额) from 订单
  [[411]]
订单金额合计
  select sum(订单金额) from 订单
  [[411]]
每个客户的订单金额合计
  select t2.客户名称, sum(t1.订单金额) from 订单 as t1 join 客户 as t2 on t1.客户编号 = t2.客户编号 group by t2.客户编号, t2.客户名称
  [["青松贸易",331],["白桦商行",80]]
每种状态的订单金额总和
  select 状态, sum(订单金额) from 订单 group by 状态
  [["已发货",140],["已取消",111],["待付款",160]]
最高单价是多少？
  select max(单价) from 产品
  [[80]]
单价最高的产品是哪个？
  select 产品名称 from 产品 order by 单价 desc limit 1
  [["台灯"]]
单价最高的3个产品
  select 产品名称 from 产品 order by 单价 desc limit 3
  [["台灯"],["水壶"],["茶壶"]]
单价最低的产品
  select 产品名称 from 产品 order by 单价 asc limit 1
  [["茶壶"]]
订单最多的客户
  select t1.客户名称 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 group by t1.客户编号, t1.客户名称 order by count(*) desc limit 1
  [["青松贸易"]]
订单数量最多的客户是谁？
  select t1.客户名称 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 group by t1.客户编号, t1.客户名称 order by count(*) desc limit 1
  [["青松贸易"]]
信用额度最高的客户是谁？
  select 客户名称 from 客户 order by 信用额度 desc limit 1
  [["青松贸易"]]
订单金额大于100的订单有多少笔？
  select count(*) from 订单 where 订单金额 > 100
  [[2]]
信用额度超过200万元的客户
  select 客户名称 from 客户 where 信用额度 > 200
  [["青松贸易"],["红杉实业"]]
信用额度高于平均值的客户
  select 客户名称 from 客户 where 信用额度 > (select avg(信用额度) from 客户)
  [["青松贸易"]]
2021年有多少订单？
  select count(*) from 订单 where 下单日期 between '2021-01-01' and '2021-12-31'
  [[3]]
2021年之前注册的客户有哪些？
  select 客户名称 from 客户 where 注册日期 < '2021-01-01'
  [["青松贸易"],["白桦商行"]]
2021年以来有多少订单？
  select count(*) from 订单 where 下单日期 >= '2021-01-01'
  [[3]]
2021年底的订单有多少？
  select count(*) from 订单 where 下单日期 = '2021-12-31'
  [[1]]
2021年5月的订单有多少笔？
  select count(*) from 订单 where 下单日期 between '2021-05-01' and '2021-05-31'
  [[2]]
没有订单的客户
  select 客户名称 from 客户 where 客户编号 not in (select 客户编号 from 订单 where 客户编号 is not null)
  [["红杉实业"]]
没有订单的客户有多少？
  select count(*) from 客户 where 客户编号 not in (select 客户编号 from 订单 where 客户编号 is not null)
  [[1]]
上海或北京的客户
  select 客户名称 from 客户 where 城市 in ('上海', '北京')
  [["青松贸易"],["白桦商行"],["红杉实业"]]
不在上海的客户
  select 客户名称 from 客户 where 城市 <> '上海'
  [["白桦商行"]]
上海和北京的客户有多少？
  select count(*) from 客户 where 城市 in ('上海', '北京')
  [[3]]
每年的订单数量
  select strftime('%Y', 下单日期), count(*) from 订单 group by strftime('%Y', 下单日期)
  [["2020",1],["2021",3]]
2021年订单金额
  select sum(订单金额) from 订单 where 下单日期 between '2021-01-01' and '2021-12-31'
  [[351]]
2021年每月的订单金额
  select strftime('%Y-%m', 下单日期), sum(订单金额) from 订单 where 下单日期 between '2021-01-01' and '2021-12-31' group by strftime('%Y-%m', 下单日期)
  [["2021-05",240],["2021-12",111]]
青松贸易的订单金额合计
  select sum(t1.订单金额) from 订单 as t1 join 客户 as t2 on t1.客户编号 = t2.客户编号 where t2.客户名称 = '青松贸易'
  [[331]]
青松贸易在哪个城市？
  select 城市 from 客户 where 客户名称 = '青松贸易'
  [["上海"]]
青松贸易什么时候注册？
  select 注册日期 from 客户 where 客户名称 = '青松贸易'
  [["2019-03-01"]]
有多少个不同的城市？
  select count(distinct 城市) from 客户
  [[2]]
按单价从高到低排列产品
  select 产品名称 from 产品 order by 单价 desc
  [["台灯"],["水壶"],["茶壶"]]
产品按单价从高到低排序
  select 产品名称 from 产品 order by 单价 desc
  [["台灯"],["水壶"],["茶壶"]]
台灯的单价是多少？
  select 单价 from 产品 where 产品名称 = '台灯'
  [[80]]
产品的平均单价和最高单价
  select avg(单价), max(单价) from 产品
  [[55.166666666666664,80]]
已发货的订单有多少？
  select count(*) from 订单 where 状态 = '已发货'
  [[2]]
按状态统计订单数量
  select 状态, count(*) from 订单 group by 状态
  [["已发货",2],["已取消",1],["待付款",1]]
2020年到2021年的订单金额合计
  select sum(订单金额) from 订单 where 下单日期 between '2020-01-01' and '2021-12-31'
  [[411]]
订单金额的平均值
  select avg(订单金额) from 订单
  [[102.75]]
北京客户的订单金额总和
  select sum(t2.订单金额) from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 where t1.城市 = '北京'
  [[80]]
2021年注册的客户有几位
  select count(*) from 客户 where 注册日期 between '2021-01-01' and '2021-12-31'
  [[1]]
顾客叫什么名字？
  select 客户名称 from 客户
  [["青松贸易"],["白桦商行"],["红杉实业"]]
哪些客户从来没下过订单
  select 客户名称 from 客户 where 客户编号 not in (select 客户编号 from 订单 where 客户编号 is not null)
  [["红杉实业"]]
厨具平均单价
  select avg(单价) from 产品 where 类别 = '厨具'
  [[42.75]]
单价在30到60之间的产品
  select 产品名称 from 产品 where 单价 between 30 and 60
  [["茶壶"],["水壶"]]
订单总额是多少？
  select sum(订单金额) from 订单
  [[411]]
每个客户的订单总额
  select t2.客户名称, sum(t1.订单金额) from 订单 as t1 join 客户 as t2 on t1.客户编号 = t2.客户编号 group by t2.客户编号, t2.客户名称
  [["青松贸易",331],["白桦商行",80]]
订单总额最高的客户是谁？
  select t1.客户名称 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 group by t1.客户编号, t1.客户名称 order by sum(t2.订单金额) desc limit 1
  [["青松贸易"]]
订单总额超过100的客户有哪些？
  select t1.客户名称 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 group by t1.客户编号, t1.客户名称 having sum(t2.订单金额) > 100
  [["青松贸易"]]
2021年青松贸易的订单总额是多少
  select sum(t1.订单金额) from 订单 as t1 join 客户 as t2 on t1.客户编号 = t2.客户编号 where t2.客户名称 = '青松贸易' and t1.下单日期 between '2021-01-01' and '2021-12-31'
  [[271]]
哪些客户从来没买过东西？
  select 客户名称 from 客户 where 客户编号 not in (select 客户编号 from 订单 where 客户编号 is not null)
  [["红杉实业"]]
还没下过单的客户有几家？
  select count(*) from 客户 where 客户编号 not in (select 客户编号 from 订单 where 客户编号 is not null)
  [[1]]
2021年买过东西的客户有几位？
  select count(distinct t1.客户编号) from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 where t2.下单日期 between '2021-01-01' and '2021-12-31'
  [[2]]
上海的客户有多少订单？
  select count(*) from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 where t1.城市 = '上海'
  [[3]]
上海的客户里，订单有多少笔？
  select count(*) from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 where t1.城市 = '上海'
  [[3]]
上海和北京分别有多少客户？
  select 城市, count(*) from 客户 where 城市 in ('上海', '北京') group by 城市
  [["上海",2],["北京",1]]
客户都在哪些城市？
  select distinct 城市 from 客户
  [["上海"],["北京"]]
产品类别有哪些？
  select distinct 类别 from 产品
  [["厨具"],["灯具"]]
按客户所在城市统计订单总额
  select t2.城市, sum(t1.订单金额) from 订单 as t1 join 客户 as t2 on t1.客户编号 = t2.客户编号 group by t2.城市
  [["上海",331],["北京",80]]
各城市的订单总额，从高到低
  select t2.城市, sum(t1.订单金额) from 订单 as t1 join 客户 as t2 on t1.客户编号 = t2.客户编号 group by t2.城市 order by sum(t1.订单金额) desc
  [["上海",331],["北京",80]]
单价前两名的产品
  select 产品名称 from 产品 order by 单价 desc limit 2
  [["台灯"],["水壶"]]
单价最高的产品有哪些
  select 产品名称 from 产品 where 单价 = (select max(单价) from 产品)
  [["台灯"]]
最贵的产品是哪一款？
  select 产品名称 from 产品 order by 单价 desc limit 1
  [["台灯"]]
台灯卖多少钱？
  select 单价 from 产品 where 产品名称 = '台灯'
  [[80]]
最低和最高单价分别是多少？
  select min(单价), max(单价) from 产品
  [[30,80]]
信用额度为80的客户
  select 客户名称 from 客户 where 信用额度 = 80
  [["白桦商行"]]
信用额度在100以上的客户有哪些
  select 客户名称 from 客户 where 信用额度 >= 100
  [["青松贸易"],["红杉实业"]]
已取消的订单
  select 订单编号 from 订单 where 状态 = '已取消'
  [[4]]
被取消的订单有几笔？
  select count(*) from 订单 where 状态 = '已取消'
  [[1]]
上海市的客户有几家
  select count(*) from 客户 where 城市 = '上海'
  [[2]]
青松贸易是哪一年注册的？
  select strftime('%Y', 注册日期) from 客户 where 客户名称 = '青松贸易'
  [["2019"]]
最早注册的客户叫什么
  select 客户名称 from 客户 order by 注册日期 asc limit 1
  [["青松贸易"]]
信用额度最高的三个客户及其信用额度
  select 客户名称, 信用额度 from 客户 order by 信用额度 desc limit 3
  [["青松贸易",500],["红杉实业",250],["白桦商行",80]]
客户和各自的城市
  select 客户名称, 城市 from 客户
  [["青松贸易","上海"],["白桦商行","北京"],["红杉实业","上海"]]
哪些客户的信用额度为负？
  select 客户名称 from 客户 where 信用额度 < 0
  []
2021年注册的客户有哪些
  select 客户名称 from 客户 where 注册日期 between '2021-01-01' and '2021-12-31'
  [["红杉实业"]]
按类别统计产品数量，从多到少排列
  select 类别, count(*) from 产品 group by 类别 order by count(*) desc
  [["厨具",2],["灯具",1]]
厨具的产品有几种
  select count(*) from 产品 where 类别 = '厨具'
  [[2]]
有没有没下过单的客户？是哪家？
  select 客户名称 from 客户 where 客户编号 not in (select 客户编号 from 订单 where 客户编号 is not null)
  [["红杉实业"]]
哪些客户的订单超过2笔？
  select t1.客户名称 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 group by t1.客户编号, t1.客户名称 having count(*) > 2
  [["青松贸易"]]
订单超过2笔的客户
  select t1.客户名称 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 group by t1.客户编号, t1.客户名称 having count(*) > 2
  [["青松贸易"]]
2021年有几位客户有过订单
  select count(distinct t1.客户编号) from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 where t2.下单日期 between '2021-01-01' and '2021-12-31'
  [[2]]
已发货的订单占百分之几
  select 100.0 * sum(case when 状态 = '已发货' then 1 else 0 end) / count(*) from 订单
  [[50]]
2021年的订单中，已发货的占百分之几
  select 100.0 * sum(case when 状态 = '已发货' then 1 else 0 end) / count(*) from 订单 where 下单日期 between '2021-01-01' and '2021-12-31'
  [[33.333333333333336]]
各类别的订单金额占比
  select t2.类别, 100.0 * sum(t1.订单金额) / sum(sum(t1.订单金额)) over () from 订单 as t1 join 产品 as t2 on t1.产品编号 = t2.产品编号 group by t2.类别
  [["厨具",41.605839416058394],["灯具",58.394160583941606]]
各客户的订单金额占总金额的百分比
  select t2.客户名称, 100.0 * sum(t1.订单金额) / sum(sum(t1.订单金额)) over () from 订单 as t1 join 客户 as t2 on t1.客户编号 = t2.客户编号 group by t2.客户编号, t2.客户名称
  [["青松贸易",80.5352798053528],["白桦商行",19.464720194647203]]
各季度的订单金额
  select strftime('%Y', 下单日期) || '-Q' || ((strftime('%m', 下单日期) + 2) / 3), sum(订单金额) from 订单 group by strftime('%Y', 下单日期) || '-Q' || ((strftime('%m', 下单日期) + 2) / 3)
  [["2020-Q1",60],["2021-Q2",240],["2021-Q4",111]]
2021年哪个月的订单最多
  select strftime('%m', 下单日期) from 订单 where 下单日期 between '2021-01-01' and '2021-12-31' group by strftime('%m', 下单日期) order by count(*) desc limit 1
  [["05"]]
2021年订单金额比2020年增长了百分之几
  select 100.0 * (sum(case when 下单日期 between '2021-01-01' and '2021-12-31' then 订单金额 else 0 end) - sum(case when 下单日期 between '2020-01-01' and '2020-12-31' then 订单金额 else 0 end)) / sum(case when 下单日期 between '2020-01-01' and '2020-12-31' then 订单金额 else 0 end) from 订单
  [[485]]
2021年订单超过1笔的客户
  select t1.客户名称 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 where t2.下单日期 between '2021-01-01' and '2021-12-31' group by t1.客户编号, t1.客户名称 having count(*) > 1
  [["青松贸易"]]
平均每笔订单金额
  select avg(订单金额) from 订单
  [[102.75]]
订单金额合计多少
  select sum(订单金额) from 订单
  [[411]]
`;

describe('of the shop', () => itReads(shop, READ));
