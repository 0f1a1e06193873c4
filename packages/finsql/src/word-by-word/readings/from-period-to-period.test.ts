/** Figures against those of the period before, and added up from period to period. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { CHINESE_SHOP_SQL, openedDatabase, SHOP_SQL } from '../../testing/shop-database.ts';

const shop = openedDatabase(SHOP_SQL);
const chineseShop = openedDatabase(CHINESE_SHOP_SQL);
afterAll(() => {
  shop.close();
  chineseShop.close();
});

const STEPS = `
total order amount per year with the change from the previous year
  select strftime('%Y', order_date) as year, sum(amt) as total, sum(amt) - lag(sum(amt)) over (order by strftime('%Y', order_date)) as change from orders group by strftime('%Y', order_date) order by year
  [["2020",115.5,null],["2021",440,324.5],["2022",12,-428]]
number of orders per month with the change vs the month before
  select strftime('%Y-%m', order_date) as month, count(*) as total, count(*) - lag(count(*)) over (order by strftime('%Y-%m', order_date)) as change from orders group by strftime('%Y-%m', order_date) order by month
  [["2020-02",1,null],["2021-05",2,1],["2021-12",1,-1],["2022-01",1,0]]
total order amount by month in 2021 and the change from the previous month
  select * from (select strftime('%Y-%m', order_date) as month, sum(amt) as total, sum(amt) - lag(sum(amt)) over (order by strftime('%Y-%m', order_date)) as change from orders group by strftime('%Y-%m', order_date)) where month between '2021-01' and '2021-12' order by month
  [["2021-05",140,24.5],["2021-12",300,160]]
In which years was the total order amount higher than in the year before?
  select year from (select strftime('%Y', order_date) as year, sum(amt) as total, sum(amt) - lag(sum(amt)) over (order by strftime('%Y', order_date)) as change from orders group by strftime('%Y', order_date)) where change > 0 order by year
  [["2021"]]
year over year growth in order amount
  select strftime('%Y', order_date) as year, sum(amt) as total, 100.0 * (sum(amt) - lag(sum(amt)) over (order by strftime('%Y', order_date))) / lag(sum(amt)) over (order by strftime('%Y', order_date)) as change_in_percent from orders group by strftime('%Y', order_date) order by year
  [["2020",115.5,null],["2021",440,280.95238095238096],["2022",12,-97.27272727272727]]
running total of order amount by month
  select strftime('%Y-%m', order_date) as month, sum(sum(amt)) over (order by strftime('%Y-%m', order_date)) as running_total from orders group by strftime('%Y-%m', order_date) order by month
  [["2020-02",115.5],["2021-05",255.5],["2021-12",555.5],["2022-01",567.5]]
cumulative order amount per year
  select strftime('%Y', order_date) as year, sum(sum(amt)) over (order by strftime('%Y', order_date)) as running_total from orders group by strftime('%Y', order_date) order by year
  [["2020",115.5],["2021",555.5],["2022",567.5]]
cumulative order amount
  select sum(amt) from orders
  [[567.5]]
month over month change in order amount
  select strftime('%Y-%m', order_date) as month, sum(amt) as total, 100.0 * (sum(amt) - lag(sum(amt)) over (order by strftime('%Y-%m', order_date))) / lag(sum(amt)) over (order by strftime('%Y-%m', order_date)) as change_in_percent from orders group by strftime('%Y-%m', order_date) order by month
  [["2020-02",115.5,null],["2021-05",140,21.21212121212121],["2021-12",300,114.28571428571429],["2022-01",12,-96]]
percent change in number of orders from 2020 to 2021
  select 100.0 * (sum(case when order_date between '2021-01-01' and '2021-12-31' then 1 else 0 end) - sum(case when order_date between '2020-01-01' and '2020-12-31' then 1 else 0 end)) / sum(case when order_date between '2020-01-01' and '2020-12-31' then 1 else 0 end) from orders
  [[200]]
`;

describe('from period to period', () => {
  itReads(shop, STEPS);
  itLeavesUnread(shop, [
    [
      'In which months were there more orders than in the same month of the year before?',
      'the same of what',
    ],
    ['year over year change in order amount by month', 'each against the year before'],
  ]);
});

const CHINESE_STEPS = `
每月订单金额及环比增长率
  select strftime('%Y-%m', 下单日期) as month, sum(订单金额) as total, 100.0 * (sum(订单金额) - lag(sum(订单金额)) over (order by strftime('%Y-%m', 下单日期))) / lag(sum(订单金额)) over (order by strftime('%Y-%m', 下单日期)) as change_in_percent from 订单 group by strftime('%Y-%m', 下单日期) order by month
  [["2020-02",60,null],["2021-05",240,300],["2021-12",111,-53.75]]
每年订单金额及同比增长率
  select strftime('%Y', 下单日期) as year, sum(订单金额) as total, 100.0 * (sum(订单金额) - lag(sum(订单金额)) over (order by strftime('%Y', 下单日期))) / lag(sum(订单金额)) over (order by strftime('%Y', 下单日期)) as change_in_percent from 订单 group by strftime('%Y', 下单日期) order by year
  [["2020",60,null],["2021",351,485]]
每月订单数量比上月的变化
  select strftime('%Y-%m', 下单日期) as month, count(*) as total, count(*) - lag(count(*)) over (order by strftime('%Y-%m', 下单日期)) as change from 订单 group by strftime('%Y-%m', 下单日期) order by month
  [["2020-02",1,null],["2021-05",2,1],["2021-12",1,-1]]
2021年每月订单金额比上月的变化
  select * from (select strftime('%Y-%m', 下单日期) as month, sum(订单金额) as total, sum(订单金额) - lag(sum(订单金额)) over (order by strftime('%Y-%m', 下单日期)) as change from 订单 group by strftime('%Y-%m', 下单日期)) where month between '2021-01' and '2021-12' order by month
  [["2021-05",240,180],["2021-12",111,-129]]
`;

describe('from period to period, in Chinese', () => {
  itReads(chineseShop, CHINESE_STEPS);
});
