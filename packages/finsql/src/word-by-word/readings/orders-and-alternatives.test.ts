import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { CHINESE_SHOP_SQL, openedDatabase, SHOP_SQL } from '../../testing/shop-database.ts';

const english = openedDatabase(SHOP_SQL);
const chinese = openedDatabase(CHINESE_SHOP_SQL);
afterAll(() => {
  for (const { close } of [english, chinese]) close();
});

/** A question, the statement read off it, and the rows of that: orders, parts of texts, alternatives, both, all columns. */
const READ = `
customers listed by descending credit limit
  select customer_name from customers order by credit_limit desc
  [["Alder"],["Cedar"],["Dogwood"],["Birch"]]
products sorted alphabetically
  select product_name from products order by product_name asc
  [["Candle"],["Kettle"],["Lamp"],["Teapot"]]
List the name and price of products, ordered descending by price
  select product_name, price from products order by price desc
  [["Lamp",80],["Kettle",55.5],["Teapot",30],["Candle",4]]
names of products in reverse alphabetical order
  select product_name from products order by product_name desc
  [["Teapot"],["Lamp"],["Kettle"],["Candle"]]
Show the categories of products in ascending order of count
  select category from products group by category order by count(*) asc
  [["Kitchen"],["Lighting"]]
How many orders are there per status, from most to least?
  select status, count(*) from orders group by status order by count(*) desc
  [["Shipped",3],["Pending",1],["Cancelled",1]]
customers in chronological order of joined date
  select customer_name from customers order by joined_date asc
  [["Alder"],["Birch"],["Cedar"],["Dogwood"]]
List the product names sorted by category and price
  select product_name from products order by category asc, price asc
  [["Teapot"],["Kettle"],["Candle"],["Lamp"]]
list the customers, oldest first
  select customer_name from customers order by joined_date asc
  [["Alder"],["Birch"],["Cedar"],["Dogwood"]]
Show the distinct cities of customers, ordered by city
  select distinct city from customers order by city asc
  [["Berlin"],["Paris"],["Tokyo"]]
Sort the customer names in alphabetical order
  select customer_name from customers order by customer_name asc
  [["Alder"],["Birch"],["Cedar"],["Dogwood"]]
products sorted by the price in descending order
  select product_name from products order by price desc
  [["Lamp"],["Kettle"],["Teapot"],["Candle"]]
Which customers have a name that contains the letter "d"?
  select customer_name from customers where customer_name like '%d%'
  [["Alder"],["Cedar"],["Dogwood"]]
Which product names contain "an"?
  select distinct product_name from products where product_name like '%an%'
  [["Candle"]]
products whose name starts with T
  select product_name from products where product_name like 'T%'
  [["Teapot"]]
product names ending with "le"
  select product_name from products where product_name like '%le'
  [["Kettle"],["Candle"]]
products whose name does not contain "an"
  select product_name from products where product_name not like '%an%'
  [["Teapot"],["Kettle"],["Lamp"]]
How many customers have the letter e in their city?
  select count(*) from customers where city like '%e%'
  [[2]]
products whose name contains "an" or "et"
  select product_name from products where (product_name like '%an%' or product_name like '%et%')
  [["Kettle"],["Candle"]]
customers whose name contains Alder
  select customer_name from customers where customer_name like '%Alder%'
  [["Alder"]]
products whose name contains "100%"
  select product_name from products where product_name like '%100\\%%' escape '\\'
  []
customers with a credit limit above 3000 or below 1000
  select customer_name from customers where (credit_limit > 3000 or credit_limit < 1000)
  [["Alder"],["Birch"]]
customers with a credit limit over 3000 or less than 1000
  select customer_name from customers where (credit_limit > 3000 or credit_limit < 1000)
  [["Alder"],["Birch"]]
customers in Berlin or with a credit limit below 1000
  select customer_name from customers where (city = 'Berlin' or credit_limit < 1000)
  [["Alder"],["Birch"],["Cedar"]]
active customers with a credit limit of 5000 or 2500
  select customer_name from customers where is_active = 1 and (credit_limit = 5000 or credit_limit = 2500)
  [["Alder"],["Cedar"]]
How many orders were there after 2021 or before 2021?
  select count(*) from orders where (order_date > '2021-12-31' or order_date < '2021-01-01')
  [[2]]
How many orders were there in 2021 or later?
  select count(*) from orders where order_date >= '2021-01-01'
  [[4]]
How many orders in 2020 or before?
  select count(*) from orders where order_date <= '2020-12-31'
  [[1]]
products with a price of 30 or less
  select product_name from products where price <= 30
  [["Teapot"],["Candle"]]
customers neither in Berlin nor in Paris
  select customer_name from customers where city not in ('Berlin', 'Paris')
  [["Dogwood"]]
the credit limit of the customer named Birch or Cedar
  select credit_limit from customers where customer_name in ('Birch', 'Cedar')
  [[800],[2500]]
Which customers have both Shipped and Pending orders?
  select customer_name from customers where customer_id in (select distinct t1.customer_id from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t2.status = 'Shipped') and customer_id in (select distinct t1.customer_id from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t2.status = 'Pending')
  [["Alder"]]
How many customers have both Shipped and Pending orders?
  select count(*) from customers where customer_id in (select distinct t1.customer_id from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t2.status = 'Shipped') and customer_id in (select distinct t1.customer_id from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t2.status = 'Pending')
  [[1]]
Show the continents that have both customers with a credit limit over 3000 and customers with a credit limit below 3000
  select distinct t2.continent from customers as t1 join countries as t2 on t1.country_id = t2.country_id where t1.credit_limit > 3000 intersect select distinct t2.continent from customers as t1 join countries as t2 on t1.country_id = t2.country_id where t1.credit_limit < 3000
  [["Europe"]]
Show the categories that have both products with a price over 70 and products with a price below 10
  select category from products where price > 70 intersect select category from products where price < 10
  [["Lighting"]]
statuses of orders in both 2020 and 2021
  select status from orders where order_date between '2020-01-01' and '2020-12-31' intersect select status from orders where order_date between '2021-01-01' and '2021-12-31'
  [["Shipped"]]
Which cities are shared by at least two customers?
  select city from customers group by city having count(*) >= 2
  [["Berlin"]]
Show all information about customers in Berlin
  select * from customers where city = 'Berlin'
  [[1,"Alder","Berlin",5000,1,"2019-03-01",1],[3,"Cedar","Berlin",2500,1,"2021-01-15",1]]
all the details of the cheapest product
  select * from products order by price asc limit 1
  [[4,"Candle","Lighting",4,"N"]]
`;

const READ_IN_CHINESE = `
名称包含“茶”的产品
  select 产品名称 from 产品 where 产品名称 like '%茶%'
  [["茶壶"]]
名称以“壶”结尾的产品有哪些？
  select 产品名称 from 产品 where 产品名称 like '%壶'
  [["茶壶"],["水壶"]]
名称中含有“贸易”的客户
  select 客户名称 from 客户 where 客户名称 like '%贸易%'
  [["青松贸易"]]
名称不包含“壶”的产品
  select 产品名称 from 产品 where 产品名称 not like '%壶%'
  [["台灯"]]
单价低于40或高于70的产品
  select 产品名称 from 产品 where (单价 < 40 or 单价 > 70)
  [["茶壶"],["台灯"]]
上海或者信用额度超过100的客户
  select 客户名称 from 客户 where (城市 = '上海' or 信用额度 > 100)
  [["青松贸易"],["红杉实业"]]
产品按名称字母顺序排列
  select 产品名称 from 产品 order by 产品名称 asc
  [["台灯"],["水壶"],["茶壶"]]
客户按注册日期从晚到早排列
  select 客户名称 from 客户 order by 注册日期 desc
  [["红杉实业"],["白桦商行"],["青松贸易"]]
列出上海客户的全部信息
  select * from 客户 where 城市 = '上海'
  [[1,"青松贸易","上海",500,"2019-03-01"],[3,"红杉实业","上海",250,"2021-01-15"]]
`;

describe('in English', () => itReads(english, READ));
describe('in Chinese', () => itReads(chinese, READ_IN_CHINESE));

describe('no statement is read off', () => {
  itLeavesUnread(english, [
    ['orders containing Teapot', 'a value in what'],
    ['customers sorted by', 'a word is left over'],
    ['products in descending and ascending order', 'two directions'],
    ['products whose price contains 3', 'a text in numbers'],
    ['customers with a credit limit or 100', 'an alternative'],
    ['customers in Berlin with a credit limit over 100 or with status Pending', 'an alternative'],
    ['customers in Berlin or with no orders', 'an alternative'],
    ['customers with both an order amount over 100 and a credit limit over 100', 'both of them'],
    ['customers in both Berlin and Paris', 'both of them'],
    ['customers sorted by price or name', 'an alternative'],
    [
      'Give me all information about customers with more than 2 orders',
      'all columns beside others',
    ],
    ['customers in the US', 'no meaning of US'],
  ]);
});
