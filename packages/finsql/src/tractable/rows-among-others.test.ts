/** What questions ask of rows among others: the first of each group, above their mean, one but not the other. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../testing/read-off-checks.ts';
import { openedDatabase, SHOP_SQL } from '../testing/shop-database.ts';

const shop = openedDatabase(SHOP_SQL);
afterAll(() => shop.close());

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

describe('the first of each group', () => {
  itReads(shop, FIRST_OF_EACH);
  itLeavesUnread(shop, [
    ['the most expensive product of each product', 'groups of nothing'],
    ['the customer with the highest credit limit in each category', 'the first of repeated rows'],
  ]);
});
