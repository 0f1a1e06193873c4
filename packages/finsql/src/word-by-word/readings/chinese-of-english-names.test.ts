/** Chinese questions of a database with English names and no comments in Chinese. */
import { afterAll, describe } from 'vitest';
import { itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase, SHOP_SQL } from '../../testing/shop-database.ts';

const shop = openedDatabase(SHOP_SQL);
afterAll(shop.close);

/** A question, the statement read off it, and the rows of that. */
const READ = `
有多少位客户？
  select count(*) from customers
  [[4]]
东京的客户有几位？
  select count(*) from customers where city = 'Tokyo'
  [[1]]
柏林和巴黎分别有多少客户？
  select city, count(*) from customers where city in ('Berlin', 'Paris') group by city
  [["Berlin",2],["Paris",1]]
每个国家的客户数量
  select t2.country_name, count(*) from customers as t1 join countries as t2 on t1.country_id = t2.country_id group by t2.country_id, t2.country_name
  [["Germany",2],["France",1],["Japan",1]]
2021年的订单有多少笔？
  select count(*) from orders where order_date between '2021-01-01' and '2021-12-31'
  [[3]]
已发货的订单有几笔？
  select count(*) from orders where status = 'Shipped'
  [[3]]
信用额度超过1000的客户
  select customer_name from customers where credit_limit > 1000
  [["Alder"],["Cedar"],["Dogwood"]]
价格最高的产品是什么
  select product_name from products order by price desc limit 1
  [["Lamp"]]
最便宜的产品是哪一款？
  select product_name from products order by price asc limit 1
  [["Candle"]]
每个类别有多少种产品？
  select category, count(*) from products group by category
  [["Kitchen",2],["Lighting",2]]
没有订单的客户
  select customer_name from customers where customer_id not in (select customer_id from orders where customer_id is not null)
  [["Dogwood"]]
从来没买过东西的客户有多少
  select count(*) from customers where customer_id not in (select customer_id from orders where customer_id is not null)
  [[1]]
2021年加入的客户有哪些？
  select customer_name from customers where joined_date between '2021-01-01' and '2021-12-31'
  [["Cedar"],["Dogwood"]]
订单金额总和是多少
  select sum(amt) from orders
  [[567.5]]
订单总额
  select sum(amt) from orders
  [[567.5]]
每个客户的订单总额
  select t2.customer_name, sum(t1.amt) from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id group by t2.customer_id, t2.customer_name
  [["Alder",187.5],["Birch",80],["Cedar",300]]
每位客户的订单金额合计
  select t2.customer_name, sum(t1.amt) from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id group by t2.customer_id, t2.customer_name
  [["Alder",187.5],["Birch",80],["Cedar",300]]
状态为 Pending 的订单有多少
  select count(*) from orders where status = 'Pending'
  [[1]]
各状态的订单数量，从多到少
  select status, count(*) from orders group by status order by count(*) desc
  [["Shipped",3],["Pending",1],["Cancelled",1]]
信用额度在1000到3000之间的客户有几位
  select count(*) from customers where credit_limit between 1000 and 3000
  [[2]]
德国的客户有哪些
  select t1.customer_name from customers as t1 join countries as t2 on t1.country_id = t2.country_id where t2.country_name = 'Germany'
  [["Alder"],["Cedar"]]
各类产品的平均价格
  select category, avg(price) from products group by category
  [["Kitchen",42.75],["Lighting",42]]
订单金额最多的2位客户
  select t1.customer_name from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id group by t1.customer_id, t1.customer_name order by sum(t2.amt) desc limit 2
  [["Cedar"],["Alder"]]
2021年买了多少次
  select count(*) from orders where order_date between '2021-01-01' and '2021-12-31'
  [[3]]
`;

describe('of the shop', () => itReads(shop, READ));
