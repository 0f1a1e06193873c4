import { afterAll, describe } from 'vitest';
import { DEPOT_SQL } from '../../testing/depot-database.ts';
import { itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase, SHOP_SQL } from '../../testing/shop-database.ts';

const shop = openedDatabase(SHOP_SQL);
const depot = openedDatabase(DEPOT_SQL);
afterAll(() => {
  shop.close();
  depot.close();
});

/** A question, the statement read off it, and the rows of that. */
const READ = `
How many customers are there?
  select count(*) from customers
  [[4]]
How many customers are in Berlin?
  select count(*) from customers where city = 'Berlin'
  [[2]]
How many clients are there?
  select count(*) from customers
  [[4]]
How many orders does each customer have?
  select t2.customer_name, count(*) from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id group by t2.customer_id, t2.customer_name
  [["Alder",3],["Birch",1],["Cedar",1]]
Number of orders per customer
  select t2.customer_name, count(*) from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id group by t2.customer_id, t2.customer_name
  [["Alder",3],["Birch",1],["Cedar",1]]
number of orders by status
  select status, count(*) from orders group by status
  [["Cancelled",1],["Pending",1],["Shipped",3]]
How many products has each category?
  select category, count(*) from products group by category
  [["Kitchen",2],["Lighting",2]]
How many customers are in each continent?
  select t2.continent, count(*) from customers as t1 join countries as t2 on t1.country_id = t2.country_id group by t2.continent
  [["Asia",1],["Europe",3]]
How many different cities are there?
  select count(distinct city) from customers
  [[3]]
How many orders are Shipped?
  select count(*) from orders where status = 'Shipped'
  [[3]]
What is the average price?
  select avg(price) from products
  [[42.375]]
What is the average price of products in Lighting?
  select avg(price) from products where category = 'Lighting'
  [[42]]
minimum and maximum price of products
  select min(price), max(price) from products
  [[4,80]]
the average price and the highest price of products
  select avg(price), max(price) from products
  [[42.375,80]]
What is the total order amount?
  select sum(amt) from orders
  [[567.5]]
What is the total order amount for each status?
  select status, sum(amt) from orders group by status
  [["Cancelled",300],["Pending",60],["Shipped",207.5]]
Total order amount by customer
  select t2.customer_name, sum(t1.amt) from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id group by t2.customer_id, t2.customer_name
  [["Alder",187.5],["Birch",80],["Cedar",300]]
total order amount by country
  select t3.country_name, sum(t1.amt) from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id join countries as t3 on t2.country_id = t3.country_id group by t3.country_id, t3.country_name
  [["Germany",487.5],["France",80]]
total order amount of customers in Germany
  select sum(t2.amt) from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id join countries as t3 on t1.country_id = t3.country_id where t3.country_name = 'Germany'
  [[487.5]]
Average credit limit per city
  select city, avg(credit_limit) from customers group by city
  [["Berlin",3750],["Paris",800],["Tokyo",1200]]
total quantity per product
  select t2.product_name, sum(t1.qty) from order_items as t1 join products as t2 on t1.product_id = t2.product_id group by t2.product_id, t2.product_name
  [["Teapot",4],["Kettle",1],["Lamp",4],["Candle",18]]
total quantity of Candle
  select sum(t1.qty) from order_items as t1 join products as t2 on t1.product_id = t2.product_id where t2.product_name = 'Candle'
  [[18]]
amount of orders by status
  select status, sum(amt) from orders group by status
  [["Cancelled",300],["Pending",60],["Shipped",207.5]]
number of customers with an order amount over 100
  select count(distinct t1.customer_id) from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t2.amt > 100
  [[2]]
How many products did Alder order?
  select count(distinct t1.product_id) from products as t1 join order_items as t2 on t2.product_id = t1.product_id join orders as t3 on t2.order_id = t3.order_id join customers as t4 on t3.customer_id = t4.customer_id where t4.customer_name = 'Alder'
  [[3]]
List all customers
  select customer_name from customers
  [["Alder"],["Birch"],["Cedar"],["Dogwood"]]
Show the name and city of all customers
  select customer_name, city from customers
  [["Alder","Berlin"],["Birch","Paris"],["Cedar","Berlin"],["Dogwood","Tokyo"]]
What are the names of the customers in Berlin?
  select customer_name from customers where city = 'Berlin'
  [["Alder"],["Cedar"]]
Which cities do customers live in?
  select distinct city from customers
  [["Berlin"],["Paris"],["Tokyo"]]
Which customers have more than 2 orders?
  select t1.customer_name from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id group by t1.customer_id, t1.customer_name having count(*) > 2
  [["Alder"]]
customers with at least 2 orders
  select t1.customer_name from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id group by t1.customer_id, t1.customer_name having count(*) >= 2
  [["Alder"]]
cities with more than 1 customer
  select city from customers group by city having count(*) > 1
  [["Berlin"]]
categories with an average price over 40
  select category from products group by category having avg(price) > 40
  [["Kitchen"],["Lighting"]]
Which customer has the most orders?
  select t1.customer_name from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id group by t1.customer_id, t1.customer_name order by count(*) desc limit 1
  [["Alder"]]
Which customer has the fewest orders?
  select t1.customer_name from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id group by t1.customer_id, t1.customer_name order by count(*) asc limit 1
  [["Birch"]]
Which category has the most products?
  select category from products group by category order by count(*) desc limit 1
  [["Lighting"]]
Which product has the highest price?
  select product_name from products order by price desc limit 1
  [["Lamp"]]
What is the highest price?
  select max(price) from products
  [[80]]
What is the highest price of products in Kitchen?
  select max(price) from products where category = 'Kitchen'
  [[55.5]]
cheapest product
  select product_name from products order by price asc limit 1
  [["Candle"]]
most expensive product
  select product_name from products order by price desc limit 1
  [["Lamp"]]
Which is the newest customer?
  select customer_name from customers order by joined_date desc limit 1
  [["Dogwood"]]
Who has the highest credit limit?
  select customer_name from customers order by credit_limit desc limit 1
  [["Alder"]]
the order date with the highest order amount
  select order_date from orders order by amt desc limit 1
  [["2021-12-31"]]
top 3 products by price
  select product_name from products order by price desc limit 3
  [["Lamp"],["Kettle"],["Teapot"]]
the 2 customers with the highest credit limit
  select customer_name from customers order by credit_limit desc limit 2
  [["Alder"],["Cedar"]]
top 2 customers by number of orders
  select t1.customer_name from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id group by t1.customer_id, t1.customer_name order by count(*) desc limit 2
  [["Alder"],["Birch"]]
customers sorted by credit limit in descending order
  select customer_name from customers order by credit_limit desc
  [["Alder"],["Cedar"],["Dogwood"],["Birch"]]
List the products in alphabetical order
  select product_name from products order by product_name asc
  [["Candle"],["Kettle"],["Lamp"],["Teapot"]]
List the customers, newest first
  select customer_name from customers order by joined_date desc
  [["Dogwood"],["Cedar"],["Birch"],["Alder"]]
How many orders before 2021?
  select count(*) from orders where order_date < '2021-01-01'
  [[1]]
How many orders after 2021?
  select count(*) from orders where order_date > '2021-12-31'
  [[1]]
How many orders since 2021?
  select count(*) from orders where order_date >= '2021-01-01'
  [[4]]
How many orders until 2020?
  select count(*) from orders where order_date <= '2020-12-31'
  [[1]]
How many orders from 2020 to 2021?
  select count(*) from orders where order_date between '2020-01-01' and '2021-12-31'
  [[4]]
How many orders between 2020 and 2021?
  select count(*) from orders where order_date between '2020-01-01' and '2021-12-31'
  [[4]]
How many orders in 2020 and 2021?
  select count(*) from orders where order_date between '2020-01-01' and '2021-12-31'
  [[4]]
How many orders at the end of 2021?
  select count(*) from orders where order_date = '2021-12-31'
  [[1]]
How many orders in May 2021?
  select count(*) from orders where order_date between '2021-05-01' and '2021-05-31'
  [[2]]
How many orders per year?
  select strftime('%Y', order_date), count(*) from orders group by strftime('%Y', order_date)
  [["2020",1],["2021",3],["2022",1]]
number of orders per month
  select strftime('%Y-%m', order_date), count(*) from orders group by strftime('%Y-%m', order_date)
  [["2020-02",1],["2021-05",2],["2021-12",1],["2022-01",1]]
Order amount per month in 2021
  select strftime('%m', order_date), sum(amt) from orders where order_date between '2021-01-01' and '2021-12-31' group by strftime('%m', order_date)
  [["05",140],["12",300]]
customers with a credit limit between 1000 and 3000
  select customer_name from customers where credit_limit between 1000 and 3000
  [["Cedar"],["Dogwood"]]
products with price below 10
  select product_name from products where price < 10
  [["Candle"]]
customers with credit limit 2500 or more
  select customer_name from customers where credit_limit >= 2500
  [["Alder"],["Cedar"]]
customers with credit limit over 2 thousand
  select customer_name from customers where credit_limit > 2000
  [["Alder"],["Cedar"]]
customers in Berlin or Paris
  select customer_name from customers where city in ('Berlin', 'Paris')
  [["Alder"],["Birch"],["Cedar"]]
How many customers are in Berlin and Paris?
  select count(*) from customers where city in ('Berlin', 'Paris')
  [[3]]
customers not in Berlin
  select customer_name from customers where city <> 'Berlin'
  [["Birch"],["Dogwood"]]
customers excluding Berlin and Paris
  select customer_name from customers where city not in ('Berlin', 'Paris')
  [["Dogwood"]]
customers without orders
  select customer_name from customers where customer_id not in (select customer_id from orders where customer_id is not null)
  [["Dogwood"]]
customers with no orders in 2021
  select customer_name from customers where customer_id not in (select customer_id from orders where customer_id is not null and order_date between '2021-01-01' and '2021-12-31')
  [["Dogwood"]]
active customers
  select customer_name from customers where is_active = 1
  [["Alder"],["Cedar"],["Dogwood"]]
customers that are not active
  select customer_name from customers where is_active = 0
  [["Birch"]]
How many active customers are there?
  select count(*) from customers where is_active = 1
  [[3]]
discontinued products
  select product_name from products where discontinued = 'Y'
  [["Lamp"]]
products with a price above average
  select product_name from products where price > (select avg(price) from products)
  [["Kettle"],["Lamp"]]
products with above average price
  select product_name from products where price > (select avg(price) from products)
  [["Kettle"],["Lamp"]]
products with a price higher than the average price
  select product_name from products where price > (select avg(price) from products)
  [["Kettle"],["Lamp"]]
What is the average order amount of customers in the city Berlin?
  select avg(t2.amt) from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t1.city = 'Berlin'
  [[121.875]]
average order amount of orders of the customer with the highest credit limit
  select avg(t1.amt) from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id where t2.credit_limit = (select max(credit_limit) from customers)
  [[62.5]]
When is the order of Alder?
  select t1.order_date from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id where t2.customer_name = 'Alder'
  [["2020-02-10"],["2021-05-03"],["2022-01-07"]]
In which city is Alder?
  select distinct city from customers where customer_name = 'Alder'
  [["Berlin"]]
How much is the Teapot?
  select price from products where product_name = 'Teapot'
  [[30]]
What is the price of Teapot and Kettle?
  select price from products where product_name in ('Teapot', 'Kettle')
  [[30],[55.5]]
What is the joined date of Cedar?
  select joined_date from customers where customer_name = 'Cedar'
  [["2021-01-15"]]
how many customers joined in 2021
  select count(*) from customers where joined_date between '2021-01-01' and '2021-12-31'
  [[2]]
customers who joined before 2021
  select customer_name from customers where joined_date < '2021-01-01'
  [["Alder"],["Birch"]]
top 2 products by price, with that number
  select product_name, price from products order by price desc limit 2
  [["Lamp",80],["Kettle",55.5]]
when did Alder first order
  select min(t1.order_date) from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id where t2.customer_name = 'Alder'
  [["2020-02-10"]]
average Berlin credit limit
  select avg(credit_limit) from customers where city = 'Berlin'
  [[3750]]
number of active customers by city
  select city, count(*) from customers where is_active = 1 group by city
  [["Berlin",2],["Tokyo",1]]
product category of Teapot
  select category from products where product_name = 'Teapot'
  [["Kitchen"]]
people in Berlin
  select customer_name from customers where city = 'Berlin'
  [["Alder"],["Cedar"]]
number of orders per month
  select strftime('%Y-%m', order_date), count(*) from orders group by strftime('%Y-%m', order_date)
  [["2020-02",1],["2021-05",2],["2021-12",1],["2022-01",1]]
What percentage of orders were cancelled?
  select 100.0 * sum(case when status = 'Cancelled' then 1 else 0 end) / count(*) from orders
  [[20]]
What percentage of orders was Cancelled?
  select 100.0 * sum(case when status = 'Cancelled' then 1 else 0 end) / count(*) from orders
  [[20]]
percentage of products in Kitchen
  select 100.0 * sum(case when category = 'Kitchen' then 1 else 0 end) / count(*) from products
  [[50]]
What percentage of the orders from Alder were Shipped?
  select 100.0 * sum(case when t1.status = 'Shipped' then 1 else 0 end) / count(*) from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id where t2.customer_name = 'Alder'
  [[66.66666666666667]]
share of the order amount by status
  select status, 100.0 * sum(amt) / sum(sum(amt)) over () from orders group by status
  [["Cancelled",52.863436123348016],["Pending",10.572687224669604],["Shipped",36.563876651982376]]
What % of customers are active, by continent?
  select t2.continent, 100.0 * sum(case when t1.is_active = 1 then 1 else 0 end) / count(*) from customers as t1 join countries as t2 on t1.country_id = t2.country_id group by t2.continent
  [["Asia",100],["Europe",66.66666666666667]]
What percentage of the order amount in 2021 was Pending?
  select 100.0 * sum(case when status = 'Pending' then amt else 0 end) / sum(amt) from orders where order_date between '2021-01-01' and '2021-12-31'
  [[13.636363636363637]]
How much did the order amount grow from 2020 to 2021?
  select sum(case when order_date between '2021-01-01' and '2021-12-31' then amt else 0 end) - sum(case when order_date between '2020-01-01' and '2020-12-31' then amt else 0 end) from orders
  [[324.5]]
By what percentage did the total order amount change between 2020 and 2021?
  select 100.0 * (sum(case when order_date between '2021-01-01' and '2021-12-31' then amt else 0 end) - sum(case when order_date between '2020-01-01' and '2020-12-31' then amt else 0 end)) / sum(case when order_date between '2020-01-01' and '2020-12-31' then amt else 0 end) from orders
  [[280.95238095238096]]
order amount growth in percent from 2021 to 2022
  select 100.0 * (sum(case when order_date between '2022-01-01' and '2022-12-31' then amt else 0 end) - sum(case when order_date between '2021-01-01' and '2021-12-31' then amt else 0 end)) / sum(case when order_date between '2021-01-01' and '2021-12-31' then amt else 0 end) from orders
  [[-97.27272727272727]]
Which customers had a higher order amount in 2021 than in 2020?
  select t1.customer_name from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id group by t1.customer_id, t1.customer_name having sum(case when t2.order_date between '2021-01-01' and '2021-12-31' then t2.amt else 0 end) - sum(case when t2.order_date between '2020-01-01' and '2020-12-31' then t2.amt else 0 end) > 0
  [["Birch"],["Cedar"]]
By how much did the number of orders change from 2020 to 2021?
  select sum(case when order_date between '2021-01-01' and '2021-12-31' then 1 else 0 end) - sum(case when order_date between '2020-01-01' and '2020-12-31' then 1 else 0 end) from orders
  [[2]]
products with a price above the average for their own category
  select product_name from products where price > (select avg(own.price) from products as own where own.category = products.category)
  [["Kettle"],["Lamp"]]
Which products have a price above the average of the same category?
  select product_name from products where price > (select avg(own.price) from products as own where own.category = products.category)
  [["Kettle"],["Lamp"]]
customers by city
  select city, count(*) from customers group by city
  [["Berlin",2],["Paris",1],["Tokyo",1]]
orders by customer
  select t2.customer_name, count(*) from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id group by t2.customer_id, t2.customer_name
  [["Alder",3],["Birch",1],["Cedar",1]]
top 2 customers by order amount
  select t1.customer_name from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id group by t1.customer_id, t1.customer_name order by sum(t2.amt) desc limit 2
  [["Cedar"],["Alder"]]
top 2 customers by order amount, with the amounts
  select t1.customer_name, sum(t2.amt) from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id group by t1.customer_id, t1.customer_name order by sum(t2.amt) desc limit 2
  [["Cedar",300],["Alder",187.5]]
list the customers with their credit limit
  select customer_name, credit_limit from customers
  [["Alder",5000],["Birch",800],["Cedar",2500],["Dogwood",1200]]
customers with more than 1 Shipped orders
  select t1.customer_name from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t2.status = 'Shipped' group by t1.customer_id, t1.customer_name having count(*) > 1
  [["Alder"]]
how many are Shipped?
  select count(*) from orders where status = 'Shipped'
  [[3]]
What is the most expensive product?
  select product_name from products order by price desc limit 1
  [["Lamp"]]
ids of customers in Berlin
  select customer_id from customers where city = 'Berlin'
  [[1],[3]]
customers and their credit limit
  select customer_name, credit_limit from customers
  [["Alder",5000],["Birch",800],["Cedar",2500],["Dogwood",1200]]
orders per country
  select t3.country_name, count(*) from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id join countries as t3 on t2.country_id = t3.country_id group by t3.country_id, t3.country_name
  [["Germany",4],["France",1]]
How many customers have more than 1 order?
  select count(*) from (select t1.customer_id from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id group by t1.customer_id having count(*) > 1)
  [[1]]
How many customers have at least one order?
  select count(distinct t1.customer_id) from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id
  [[3]]
customers with at least one order
  select distinct t1.customer_name from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id
  [["Alder"],["Birch"],["Cedar"]]
the category with the highest total price
  select category from products group by category order by sum(price) desc limit 1
  [["Kitchen"]]
Which city has the highest average credit limit?
  select city from customers group by city order by avg(credit_limit) desc limit 1
  [["Berlin"]]
customers with orders in 2021
  select distinct t1.customer_name from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t2.order_date between '2021-01-01' and '2021-12-31'
  [["Alder"],["Birch"],["Cedar"]]
number of orders of customers in 2021
  select count(*) from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id where t1.order_date between '2021-01-01' and '2021-12-31'
  [[3]]
number of orders by status and customer city
  select t1.status, t2.city, count(*) from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id group by t1.status, t2.city
  [["Cancelled","Berlin",1],["Pending","Berlin",1],["Shipped","Berlin",2],["Shipped","Paris",1]]
average price by category and discontinued
  select category, discontinued, avg(price) from products group by category, discontinued
  [["Kitchen","N",42.75],["Lighting","N",4],["Lighting","Y",80]]
customers without a Shipped order
  select customer_name from customers where customer_id not in (select customer_id from orders where customer_id is not null and status = 'Shipped')
  [["Cedar"],["Dogwood"]]
How many German customers are there?
  select count(*) from customers as t1 join countries as t2 on t1.country_id = t2.country_id where t2.country_name = 'Germany'
  [[2]]
customers with orders at the latest order date
  select distinct t1.customer_name from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t2.order_date = (select max(order_date) from orders)
  [["Alder"]]
What was the status of orders on the latest order date?
  select status from orders where order_date = (select max(order_date) from orders)
  [["Shipped"]]
`;

/** Of a depot: lines without amounts, days that hold nothing yet, codes, times, names in part. */
const READ_OF_DEPOT = `
sales by category
  select t2.category, sum(t1.quantity * t1.unit_price) from order_lines as t1 join goods as t2 on t1.goods_id = t2.goods_id group by t2.category
  [["Box",120],["Rack",90]]
total sales in 2024
  select sum(amount) from fund_orders where placed_at >= '2024-01-01' and placed_at < '2025-01-01'
  [[190]]
revenue per client
  select t2.client_name, sum(t1.amount) from fund_orders as t1 join clients as t2 on t1.client_id = t2.client_id group by t2.client_id, t2.client_name
  [["Ash",250],["Beech",40],["Elm",60]]
How many clients are overdrawn?
  select count(*) from clients where balance < 0
  [[1]]
goods out of stock
  select goods_name from goods where stock_qty = 0
  [["Crate"]]
which goods are in stock?
  select goods_name from goods where stock_qty > 0
  [["Carton"],["Pallet"]]
clients in Texas
  select client_name from clients where state_cd = 'TX'
  [["Ash"],["Elm"]]
How many women are clients?
  select count(*) from clients where gender = 'F'
  [[2]]
percentage of women among clients
  select 100.0 * sum(case when gender = 'F' then 1 else 0 end) / count(*) from clients
  [[66.66666666666667]]
clients from Germany
  select client_name from clients where country_cd = 'DE'
  [["Elm"]]
how many order lines have a value above the average value
  select count(*) from order_lines where quantity * unit_price > (select avg(quantity * unit_price) from order_lines)
  [[2]]
4-star goods
  select goods_name from goods where stars = 4
  [["Crate"],["Pallet"]]
how many orders were placed in May 2024
  select count(*) from fund_orders where placed_at >= '2024-05-01' and placed_at < '2024-06-01'
  [[1]]
number of orders after May 2024
  select count(*) from fund_orders where placed_at >= '2024-06-01'
  [[1]]
number of orders since 2024-05-31
  select count(*) from fund_orders where placed_at >= '2024-05-31'
  [[2]]
unpaid invoices
  select invoice_no from invoices where paid_dt is null
  [["R-2"],["R-3"]]
How many invoices have not been paid?
  select count(*) from invoices where paid_dt is null
  [[2]]
which invoices have been paid?
  select invoice_no from invoices where paid_dt is not null
  [["R-1"]]
how many leases are still running?
  select count(*) from lease_contract where end_date is null
  [[2]]
average rent of running leases
  select avg(rent) from lease_contract where end_date is null
  [[400]]
For each client, what percentage of leases has ended?
  select t2.client_name, 100.0 * sum(case when t1.end_date is not null then 1 else 0 end) / count(*) from lease_contract as t1 join clients as t2 on t1.client_id = t2.client_id group by t2.client_id, t2.client_name
  [["Ash",0],["Beech",100],["Elm",0]]
number of leases by client
  select t2.client_name, count(*) from lease_contract as t1 join clients as t2 on t1.client_id = t2.client_id group by t2.client_id, t2.client_name
  [["Ash",1],["Beech",1],["Elm",1]]
largest order
  select max(amount) from fund_orders
  [[150]]
VAT of unpaid invoices
  select vat from invoices where paid_dt is null
  [[7],[4]]
how many invoices were paid in February 2024
  select count(*) from invoices where paid_dt between '2024-02-01' and '2024-02-29'
  [[1]]
`;

describe('of the shop', () => itReads(shop, READ));
describe('of the depot', () => itReads(depot, READ_OF_DEPOT));
