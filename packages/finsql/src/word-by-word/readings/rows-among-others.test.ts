/** What questions ask of rows among others: the first of each group, above their mean, one but not the other. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { CHINESE_SHOP_SQL, openedDatabase, SHOP_SQL } from '../../testing/shop-database.ts';
import { WORKSHOP_SQL } from '../../testing/workshop-database.ts';

const shop = openedDatabase(SHOP_SQL);
const chineseShop = openedDatabase(CHINESE_SHOP_SQL);
const workshop = openedDatabase(WORKSHOP_SQL);
afterAll(() => {
  shop.close();
  chineseShop.close();
  workshop.close();
});

const FIRST_OF_EACH = `
the most expensive product of each category
  select category, product_name from (select category, product_name, rank() over (partition by category order by price desc) as place from products) where place = 1
  [["Kitchen","Kettle"],["Lighting","Lamp"]]
top 1 products per category by price
  select category, product_name from (select category, product_name, rank() over (partition by category order by price desc) as place from products) where place = 1
  [["Kitchen","Kettle"],["Lighting","Lamp"]]
name and price of the cheapest product in each category
  select category, product_name, price from (select category, product_name, price, rank() over (partition by category order by price asc) as place from products) where place = 1
  [["Kitchen","Teapot",30],["Lighting","Candle",4]]
Which customer has the most orders in each country?
  select country_name, customer_name from (select t2.country_name, t1.customer_name, rank() over (partition by t2.country_id order by count(*) desc) as place from customers as t1 join countries as t2 on t1.country_id = t2.country_id join orders as t3 on t3.customer_id = t1.customer_id group by t2.country_id, t1.customer_id, t2.country_name, t1.customer_name) where place = 1
  [["Germany","Alder"],["France","Birch"]]
the last order of each customer
  select t2.customer_name, max(t1.order_date) from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id group by t2.customer_id, t2.customer_name
  [["Alder","2022-01-07"],["Birch","2021-05-20"],["Cedar","2021-12-31"]]
For each city, the customer with the highest credit limit
  select city, customer_name from (select city, customer_name, rank() over (partition by city order by credit_limit desc) as place from customers) where place = 1
  [["Berlin","Alder"],["Paris","Birch"],["Tokyo","Dogwood"]]
top 2 orders per customer by amount
  select customer_name, amt from (select t2.customer_name, t1.amt, rank() over (partition by t2.customer_id order by t1.amt desc) as place from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id) where place <= 2 order by customer_name, place
  [["Alder",115.5],["Alder",60],["Birch",80],["Cedar",300]]
the 2 newest customers of each city
  select city, customer_name from (select city, customer_name, rank() over (partition by city order by joined_date desc) as place from customers) where place <= 2 order by city, place
  [["Berlin","Cedar"],["Berlin","Alder"],["Paris","Birch"],["Tokyo","Dogwood"]]
`;

const HELD_TO_MEANS = `
products with a price above the average of their category
  select product_name from products where price > (select avg(own.price) from products as own where own.category = products.category)
  [["Kettle"],["Lamp"]]
products cheaper than the average in their category
  select product_name from products where price < (select avg(own.price) from products as own where own.category = products.category)
  [["Teapot"],["Candle"]]
Which products have a price above their category average?
  select product_name from products where price > (select avg(own.price) from products as own where own.category = products.category)
  [["Kettle"],["Lamp"]]
customers with a credit limit more than twice the average
  select customer_name from customers where credit_limit > 2 * (select avg(credit_limit) from customers)
  [["Alder"]]
customers whose credit limit is at least half the average credit limit
  select customer_name from customers where credit_limit >= 0.5 * (select avg(credit_limit) from customers)
  [["Alder"],["Cedar"],["Dogwood"]]
Which cities have an average credit limit above the overall average credit limit?
  select city from customers group by city having avg(credit_limit) > (select avg(credit_limit) from customers)
  [["Berlin"]]
Which categories have an average price lower than the average?
  select category from products group by category having avg(price) < (select avg(price) from products)
  [["Lighting"]]
Which products cost more than the average per category?
  select product_name from products where price > (select avg(own.price) from products as own where own.category = products.category)
  [["Kettle"],["Lamp"]]
`;

describe('the first of each group', () => {
  itReads(shop, FIRST_OF_EACH);
  itLeavesUnread(shop, [
    ['the most expensive product of each product', 'groups of nothing'],
    ['the customer with the highest credit limit in each category', 'the first of repeated rows'],
  ]);
});

describe('held to means', () => {
  itReads(shop, HELD_TO_MEANS);
  itLeavesUnread(shop, [
    ['Which products cost more than twice', 'how many times of what'],
    ['products with a price above the average of their city', 'a mean over rows of what'],
  ]);
});

/** Of both, in Chinese. */
const IN_CHINESE = `
各类别最贵的产品的单价
  select 类别, 单价 from (select 类别, 单价, rank() over (partition by 类别 order by 单价 desc) as place from 产品) where place = 1
  [["厨具",55.5],["灯具",80]]
每个类别最贵的产品
  select 类别, 产品名称 from (select 类别, 产品名称, rank() over (partition by 类别 order by 单价 desc) as place from 产品) where place = 1
  [["厨具","水壶"],["灯具","台灯"]]
每个城市信用额度最高的客户
  select 城市, 客户名称 from (select 城市, 客户名称, rank() over (partition by 城市 order by 信用额度 desc) as place from 客户) where place = 1
  [["上海","青松贸易"],["北京","白桦商行"]]
每个客户最近的订单
  select 客户名称, 订单编号 from (select t2.客户名称, t1.订单编号, rank() over (partition by t2.客户编号 order by t1.下单日期 desc) as place from 订单 as t1 join 客户 as t2 on t1.客户编号 = t2.客户编号) where place = 1
  [["青松贸易",4],["白桦商行",3]]
每个客户金额最大的订单
  select 客户名称, 订单编号 from (select t2.客户名称, t1.订单编号, rank() over (partition by t2.客户编号 order by t1.订单金额 desc) as place from 订单 as t1 join 客户 as t2 on t1.客户编号 = t2.客户编号) where place = 1
  [["青松贸易",2],["白桦商行",3]]
各类别单价最高的产品是哪个
  select 类别, 产品名称 from (select 类别, 产品名称, rank() over (partition by 类别 order by 单价 desc) as place from 产品) where place = 1
  [["厨具","水壶"],["灯具","台灯"]]
单价高于本类别平均的产品
  select 产品名称 from 产品 where 单价 > (select avg(own.单价) from 产品 as own where own.类别 = 产品.类别)
  [["水壶"]]
哪些产品的单价高于同类别的平均单价
  select 产品名称 from 产品 where 单价 > (select avg(own.单价) from 产品 as own where own.类别 = 产品.类别)
  [["水壶"]]
平均单价高于整体平均的类别
  select 类别 from 产品 group by 类别 having avg(单价) > (select avg(单价) from 产品)
  [["灯具"]]
每个城市订单最多的客户
  select 城市, 客户名称 from (select t1.城市, t1.客户名称, rank() over (partition by t1.城市 order by count(*) desc) as place from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 group by t1.客户编号, t1.城市, t1.客户名称) where place = 1
  [["上海","青松贸易"],["北京","白桦商行"]]
单价超过平均单价两倍的产品
  select 产品名称 from 产品 where 单价 > 2 * (select avg(单价) from 产品)
  []
每个城市信用额度前两名的客户
  select 城市, 客户名称 from (select 城市, 客户名称, rank() over (partition by 城市 order by 信用额度 desc) as place from 客户) where place <= 2 order by 城市, place
  [["上海","青松贸易"],["上海","红杉实业"],["北京","白桦商行"]]
信用额度低于所在城市平均的客户
  select 客户名称 from 客户 where 信用额度 < (select avg(own.信用额度) from 客户 as own where own.城市 = 客户.城市)
  [["红杉实业"]]
单价高于各类别平均的产品
  select 产品名称 from 产品 where 单价 > (select avg(own.单价) from 产品 as own where own.类别 = 产品.类别)
  [["水壶"]]
单价低于平均单价一半的产品
  select 产品名称 from 产品 where 单价 < 0.5 * (select avg(单价) from 产品)
  []
`;

/** What people of a table earn, against the mean and against those above them. */
const EARNED = `
Which staff earn more than their manager?
  select staff_name from staff where salary > (select above.salary from staff as above where above.staff_id = staff.manager_id)
  [["Rowan"]]
How many staff earn less than the average?
  select count(*) from staff where salary < (select avg(salary) from staff)
  [[2]]
`;

describe('of both, in Chinese', () => {
  itReads(chineseShop, IN_CHINESE);
  itLeavesUnread(chineseShop, [['同城市的客户', 'a column before its table']]);
});

describe('what people earn', () => {
  itReads(workshop, EARNED);
  itLeavesUnread(workshop, [
    ['Which jobs cost more than their manager?', 'compared with another kind'],
  ]);
});

const BUT_NOT = `
customers with orders in 2020 but not in 2022
  select customer_name from customers where customer_id in (select distinct t1.customer_id from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t2.order_date between '2020-01-01' and '2020-12-31') and customer_id not in (select distinct t1.customer_id from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t2.order_date between '2022-01-01' and '2022-12-31')
  []
customers with orders in 2021 but none in 2022
  select customer_name from customers where customer_id in (select distinct t1.customer_id from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t2.order_date between '2021-01-01' and '2021-12-31') and customer_id not in (select distinct t1.customer_id from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t2.order_date between '2022-01-01' and '2022-12-31')
  [["Birch"],["Cedar"]]
customers who ordered in both 2020 and 2021
  select customer_name from customers where customer_id in (select distinct t1.customer_id from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t2.order_date between '2020-01-01' and '2020-12-31') and customer_id in (select distinct t1.customer_id from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t2.order_date between '2021-01-01' and '2021-12-31')
  [["Alder"]]
customers with orders in 2020 and in 2022
  select customer_name from customers where customer_id in (select distinct t1.customer_id from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t2.order_date between '2020-01-01' and '2020-12-31') and customer_id in (select distinct t1.customer_id from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t2.order_date between '2022-01-01' and '2022-12-31')
  [["Alder"]]
customers with Shipped orders but no Pending orders
  select customer_name from customers where customer_id in (select distinct t1.customer_id from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t2.status = 'Shipped') and customer_id not in (select distinct t1.customer_id from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t2.status = 'Pending')
  [["Birch"]]
countries with customers but no orders
  select distinct t1.country_name from countries as t1 join customers as t2 on t2.country_id = t1.country_id where t1.country_id not in (select country_id from customers where country_id is not null and customer_id in (select customer_id from orders where customer_id is not null))
  [["Japan"]]
Which countries have customers in Berlin but not in Paris?
  select country_name from countries where country_id in (select distinct t1.country_id from countries as t1 join customers as t2 on t2.country_id = t1.country_id where t2.city = 'Berlin') and country_id not in (select distinct t1.country_id from countries as t1 join customers as t2 on t2.country_id = t1.country_id where t2.city = 'Paris')
  [["Germany"]]
Which customers bought Kettle but never Lamp?
  select customer_name from customers where customer_id in (select distinct t1.customer_id from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id join order_items as t3 on t3.order_id = t2.order_id join products as t4 on t3.product_id = t4.product_id where t4.product_name = 'Kettle') and customer_id not in (select distinct t1.customer_id from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id join order_items as t3 on t3.order_id = t2.order_id join products as t4 on t3.product_id = t4.product_id where t4.product_name = 'Lamp')
  [["Alder"]]
`;

describe('one but not the other, and both of two periods', () => {
  itReads(shop, BUT_NOT);
  itLeavesUnread(shop, [
    ['Which customers have more orders than the average product?', 'than what'],
  ]);
});

const PLACES_IN_CHINESE = `
第二高的单价
  select distinct 单价 from 产品 order by 单价 desc limit 1 offset 1
  [[55.5]]
单价第二高的产品
  select 产品名称 from 产品 order by 单价 desc limit 1 offset 1
  [["水壶"]]
订单第二多的客户
  select t1.客户名称 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 group by t1.客户编号, t1.客户名称 order by count(*) desc limit 1 offset 1
  [["白桦商行"]]
第二贵的产品
  select 产品名称 from 产品 order by 单价 desc limit 1 offset 1
  [["水壶"]]
每个类别第二贵的产品
  select 类别, 产品名称 from (select 类别, 产品名称, rank() over (partition by 类别 order by 单价 desc) as place from 产品) where place = 2
  [["厨具","茶壶"]]
`;

describe('places behind the first, in Chinese', () => {
  itReads(chineseShop, PLACES_IN_CHINESE);
});

const THAN_AVERAGE = `
customers with more orders than average
  select t1.customer_name from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id group by t1.customer_id, t1.customer_name having count(*) > (select avg(number) from (select count(*) as number from orders where customer_id is not null group by customer_id))
  [["Alder"]]
orders above average
  select order_id from orders where amt > (select avg(amt) from orders)
  [[1],[4]]
Which month had the second highest order amount?
  select strftime('%Y-%m', order_date) from orders group by strftime('%Y-%m', order_date) order by sum(amt) desc limit 1 offset 1
  [["2021-05"]]
`;

describe('more than average', () => {
  itReads(shop, THAN_AVERAGE);
  itLeavesUnread(shop, [
    ['customers with fewer orders than the average customer', 'fewer than the mean of counts'],
  ]);
});

const FIRST_DAYS = `
the latest job of each client
  select client_name, job_name from (select t2.client_name, t1.job_name, rank() over (partition by t2.client_id order by t1.order_date desc) as place from jobs as t1 join clients as t2 on t1.client_id = t2.client_id) where place = 1
  [["Ash","Door"],["Beech","Shelf"],["Elm","Table"]]
the first job per staff
  select staff_name, job_name from (select t2.staff_name, t1.job_name, rank() over (partition by t2.staff_id order by t1.order_date asc) as place from jobs as t1 join staff as t2 on t1.staff_id = t2.staff_id) where place = 1
  [["Rowan","Stairs"],["Olive","Door"]]
`;

describe('the first and the last by the day that rows begin on', () => {
  itReads(workshop, FIRST_DAYS);
});

const MOST_OF_EACH = `
For each category, the highest price of its products
  select category, max(price) from products group by category
  [["Kitchen",55.5],["Lighting",80]]
For each city, what is the lowest credit limit of its customers?
  select city, min(credit_limit) from customers group by city
  [["Berlin",2500],["Paris",800],["Tokyo",1200]]
`;

describe('the most of each group', () => {
  itReads(shop, MOST_OF_EACH);
});

const BUT_NOT_IN_CHINESE = `
2020年买过但2021年没有买的客户
  select 客户名称 from 客户 where 客户编号 in (select distinct t1.客户编号 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 where t2.下单日期 between '2020-01-01' and '2020-12-31') and 客户编号 not in (select distinct t1.客户编号 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 where t2.下单日期 between '2021-01-01' and '2021-12-31')
  []
哪些客户2020年下过订单但2021年没有下单
  select 客户名称 from 客户 where 客户编号 in (select distinct t1.客户编号 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 where t2.下单日期 between '2020-01-01' and '2020-12-31') and 客户编号 not in (select distinct t1.客户编号 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 where t2.下单日期 between '2021-01-01' and '2021-12-31')
  []
`;

describe('one period but not the other, in Chinese', () => {
  itReads(chineseShop, BUT_NOT_IN_CHINESE);
  itLeavesUnread(chineseShop, [['2020年买过但2021年和2022年没有买的客户', 'when it is done']]);
});

const HEADS = `
2021年有订单的客户
  select distinct t1.客户名称 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 where t2.下单日期 between '2021-01-01' and '2021-12-31'
  [["青松贸易"],["白桦商行"]]
列出客户的订单
  select t1.订单编号 from 订单 as t1 join 客户 as t2 on t1.客户编号 = t2.客户编号
  [[1],[2],[3],[4]]
上海客户2021年的订单
  select t1.订单编号 from 订单 as t1 join 客户 as t2 on t1.客户编号 = t2.客户编号 where t2.城市 = '上海' and t1.下单日期 between '2021-01-01' and '2021-12-31'
  [[2],[4]]
2021年上海客户的订单
  select t1.订单编号 from 订单 as t1 join 客户 as t2 on t1.客户编号 = t2.客户编号 where t2.城市 = '上海' and t1.下单日期 between '2021-01-01' and '2021-12-31'
  [[2],[4]]
有订单的客户
  select distinct t1.客户名称 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号
  [["青松贸易"],["白桦商行"]]
2020年有订单但2021年没有订单的客户
  select 客户名称 from 客户 where 客户编号 in (select distinct t1.客户编号 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 where t2.下单日期 between '2020-01-01' and '2020-12-31') and 客户编号 not in (select distinct t1.客户编号 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 where t2.下单日期 between '2021-01-01' and '2021-12-31')
  []
`;

describe('what is asked for last, in Chinese', () => {
  itReads(chineseShop, HEADS);
});
