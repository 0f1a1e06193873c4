/** Several figures of the same rows, places behind the first, spans from the least to the most, ratios and differences. */
import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase, SHOP_SQL } from '../../testing/shop-database.ts';
import { WORKSHOP_SQL } from '../../testing/workshop-database.ts';

const shop = openedDatabase(SHOP_SQL);
const workshop = openedDatabase(WORKSHOP_SQL);
afterAll(() => {
  shop.close();
  workshop.close();
});

const READ = `
How many orders were there and what was their total amount?
  select count(*), sum(amt) from orders
  [[5,567.5]]
How many orders were there in 2021 and how much in total?
  select count(*), sum(amt) from orders where order_date between '2021-01-01' and '2021-12-31'
  [[3,440]]
number of orders and order amount by status
  select status, count(*), sum(amt) from orders group by status
  [["Cancelled",1,300],["Pending",1,60],["Shipped",3,207.5]]
how many customers and how many products are there
  select (select count(*) from customers), (select count(*) from products)
  [[4,4]]
what is the second highest price?
  select distinct price from products order by price desc limit 1 offset 1
  [[55.5]]
the second most expensive product
  select product_name from products order by price desc limit 1 offset 1
  [["Kettle"]]
Which customer placed the third most orders?
  select t1.customer_name from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id group by t1.customer_id, t1.customer_name order by count(*) desc limit 1 offset 2
  [["Cedar"]]
difference between the highest and lowest price per category
  select category, max(price) - min(price) from products group by category
  [["Kitchen",25.5],["Lighting",76]]
difference between highest and lowest price
  select max(price) - min(price) from products
  [[76]]
how many orders and how much in total per status
  select status, count(*), sum(amt) from orders group by status
  [["Cancelled",1,300],["Pending",1,60],["Shipped",3,207.5]]
the second most expensive product of each category
  select category, product_name from (select category, product_name, rank() over (partition by category order by price desc) as place from products) where place = 2
  [["Kitchen","Teapot"],["Lighting","Candle"]]
`;

describe('several figures', () => {
  itReads(shop, READ);
  itLeavesUnread(shop, [['the second and the third price', 'which place']]);
});

const MEANS_OF_COUNTS = `
number of orders per customer on average
  select avg(number) from (select count(*) as number from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id group by t2.customer_id, t2.customer_name)
  [[1.6666666666666667]]
average number of orders per customer
  select avg(number) from (select count(*) as number from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id group by t2.customer_id, t2.customer_name)
  [[1.6666666666666667]]
average number of products per category
  select avg(number) from (select count(*) as number from products group by category)
  [[2]]
How many orders does a customer have on average?
  select avg(number) from (select count(*) as number from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id group by t2.customer_id, t2.customer_name)
  [[1.6666666666666667]]
`;

describe('means of counts', () => {
  itReads(shop, MEANS_OF_COUNTS);
  itLeavesUnread(shop, [
    ['average number of orders', 'an average number of what'],
    ['average number of orders per customer and status', 'an average number of what'],
  ]);
});

const RATIOS = `
cost as a percentage of budget
  select 100.0 * sum(cost) / sum(budget) from jobs
  [[90.5]]
total cost as a percentage of total budget
  select 100.0 * sum(cost) / sum(budget) from jobs
  [[90.5]]
total cost as a percentage of total budget per staff
  select t2.staff_name, 100.0 * sum(t1.cost) / sum(t1.budget) from jobs as t1 join staff as t2 on t1.staff_id = t2.staff_id group by t2.staff_id, t2.staff_name
  [["Rowan",87.33333333333333],["Olive",100]]
What percentage of the budget is cost?
  select 100.0 * sum(cost) / sum(budget) from jobs
  [[90.5]]
budget minus cost of each job
  select job_name, sum(budget - cost) from jobs group by job_id, job_name
  [["Stairs",200],["Door",-50],["Shelf",50],["Table",-10]]
difference between budget and cost per client
  select t2.client_name, sum(t1.budget - t1.cost) from jobs as t1 join clients as t2 on t1.client_id = t2.client_id group by t2.client_id, t2.client_name
  [["Ash",150],["Beech",50],["Elm",-10]]
average budget minus cost
  select avg(budget - cost) from jobs
  [[47.5]]
number of jobs per staff as a percentage of total
  select t2.staff_name, 100.0 * count(*) / sum(count(*)) over () from jobs as t1 join staff as t2 on t1.staff_id = t2.staff_id group by t2.staff_id, t2.staff_name
  [["Rowan",50],["Olive",50]]
payment amount by job in percent of the total
  select t2.job_name, 100.0 * sum(t1.amount) / sum(sum(t1.amount)) over () from payments as t1 join jobs as t2 on t1.job_id = t2.job_id group by t2.job_id, t2.job_name
  [["Stairs",54.54545454545455],["Door",18.181818181818183],["Shelf",12.121212121212121],["Table",15.151515151515152]]
jobs per staff in percent
  select t2.staff_name, 100.0 * count(*) / sum(count(*)) over () from jobs as t1 join staff as t2 on t1.staff_id = t2.staff_id group by t2.staff_id, t2.staff_name
  [["Rowan",50],["Olive",50]]
`;

describe('ratios and differences', () => {
  itReads(workshop, RATIOS);
  itLeavesUnread(workshop, [
    ['cost as a percentage of salary', 'figures of other rows'],
    ['difference between budget and salary', 'figures of other rows'],
    ['total salary in percent', 'in percent of what'],
  ]);
});
