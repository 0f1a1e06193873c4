import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { RENTAL_SQL } from '../../testing/rental-database.ts';
import { CHINESE_SHOP_SQL, openedDatabase, SHOP_SQL } from '../../testing/shop-database.ts';
import { WORKSHOP_SQL } from '../../testing/workshop-database.ts';

const rental = openedDatabase(RENTAL_SQL);
const shop = openedDatabase(SHOP_SQL);
const workshop = openedDatabase(WORKSHOP_SQL);
const chinese = openedDatabase(CHINESE_SHOP_SQL);
afterAll(() => {
  for (const { close } of [rental, shop, workshop, chinese]) close();
});

/** Questions in words that are not those of the schema, each with its statement and the rows of that. */
const OF_RENTALS = `
How many customers do we have on file?
  select count(*) from customer
  [[3]]
Customers on our books in Bath, only the names
  select first_name, last_name from customer where town = 'Bath'
  [["Ann","Ash"],["Bob","Beech"]]
customers without any rentals - first and last name
  select first_name, last_name from customer where cust_id not in (select cust_id from rental where cust_id is not null)
  [["Cy","Elm"]]
How many electric cars are in the fleet?
  select count(*) from veh where fuel = 'Electric'
  [[2]]
average odometer reading of the diesels
  select avg(mileage_km) from veh where fuel = 'Diesel'
  [[5000]]
What is the total payout of rentals?
  select sum(paid_amt) from rental
  [[270]]
How many rentals were turned down?
  select count(*) from rental where status = 'Rejected'
  [[1]]
How many rentals were called off in 2024?
  select count(*) from rental where status = 'Cancelled' and rental_date between '2024-01-01' and '2024-12-31'
  [[1]]
amount deposited per branch
  select t2.branch_name, sum(t1.amt) from cash as t1 join branch as t2 on t1.branch_id = t2.branch_id where t1.cash_type = 'Deposit' group by t2.branch_id, t2.branch_name
  [["Harbour",100],["Station",50]]
How much was withdrawn at Harbour?
  select sum(t1.amt) from cash as t1 join branch as t2 on t1.branch_id = t2.branch_id where t1.cash_type = 'Withdrawal' and t2.branch_name = 'Harbour'
  [[30]]
Which customers have never complained?
  select first_name, last_name from customer where cust_id not in (select cust_id from complaint where cust_id is not null)
  [["Bob","Beech"],["Cy","Elm"]]
Which customers complained in 2024?
  select distinct t1.first_name, t1.last_name from customer as t1 join complaint as t2 on t2.cust_id = t1.cust_id where t2.complaint_date between '2024-01-01' and '2024-12-31'
  [["Ann","Ash"]]
Which customer complained the most often?
  select t1.first_name, t1.last_name from customer as t1 join complaint as t2 on t2.cust_id = t1.cust_id group by t1.cust_id, t1.first_name, t1.last_name order by count(*) desc limit 1
  [["Ann","Ash"]]
How often did Ann Ash rent a car?
  select count(*) from rental as t1 join customer as t2 on t1.cust_id = t2.cust_id join veh as t3 on t1.veh_id = t3.veh_id where t2.first_name = 'Ann' and t2.last_name = 'Ash'
  [[2]]
cars nobody has ever rented
  select reg_no from veh where veh_id not in (select veh_id from rental where veh_id is not null)
  []
Which car has been rented the most often?
  select t1.reg_no from veh as t1 join rental as t2 on t2.veh_id = t1.veh_id group by t1.veh_id, t1.reg_no order by count(*) desc limit 1
  [["AA 11"]]
How many people have never rented from us?
  select count(*) from customer where cust_id not in (select cust_id from rental where cust_id is not null)
  [[1]]
number of rentals in 2024 only
  select count(*) from rental where rental_date between '2024-01-01' and '2024-12-31'
  [[3]]
How many complaints came in in 2024?
  select count(*) from complaint where complaint_date between '2024-01-01' and '2024-12-31'
  [[1]]
How many complaints were about Noise?
  select count(*) from complaint where topic = 'Noise'
  [[1]]
Who manages the Harbour branch?
  select manager from branch where branch_name = 'Harbour'
  [["Tess Hay"]]
Who runs Station?
  select manager from branch where branch_name = 'Station'
  [["Ian Lee"]]
Which branch does Tess Hay manage?
  select branch_name from branch where manager = 'Tess Hay'
  [["Harbour"]]
programs opened in 2021
  select programme_title from programmes where open_year = 2021
  [["Summer"]]
programme number and color
  select programme_id, colour from programmes
  [[1,"Red"],[2,"Blue"]]
opening year of each program
  select programme_title, open_year from programmes
  [["Weekend",2019],["Summer",2021]]
Which fuel occurs the most often?
  select fuel from veh group by fuel order by count(*) desc limit 1
  [["Electric"]]
cars by mileage, highest first
  select reg_no from veh order by mileage_km desc
  [["BB 22"],["AA 11"],["CC 33"]]
e-mail address of Ann Ash
  select email from customer where first_name = 'Ann' and last_name = 'Ash'
  [["ann@x.org"]]
Where do our customers live?
  select town from customer
  [["Bath"],["Bath"],["Ely"]]
What is the heaviest car?
  select reg_no from veh order by weight_kg desc limit 1
  [["BB 22"]]
cars heavier than 1550
  select reg_no from veh where weight_kg > 1550
  [["BB 22"],["CC 33"]]
the 2 lightest vehicles
  select reg_no from veh order by weight_kg asc limit 2
  [["AA 11"],["CC 33"]]
Which region is the most populous?
  select region_name from region order by population desc limit 1
  [["Mendip"]]
How many people live in Somerset?
  select sum(population) from region where county = 'Somerset'
  [[120]]
Which region has the fewest people?
  select region_name from region group by region_id, region_name order by sum(population) asc limit 1
  [["Levels"]]
How many inhabitants does Fenland have?
  select sum(population) from region where region_name = 'Fenland'
  [[60]]
Which cars were rented more than once?
  select t1.reg_no from veh as t1 join rental as t2 on t2.veh_id = t1.veh_id group by t1.veh_id, t1.reg_no having count(*) > 1
  [["AA 11"]]
customers who rented at least twice
  select t1.first_name, t1.last_name from customer as t1 join rental as t2 on t2.cust_id = t1.cust_id group by t1.cust_id, t1.first_name, t1.last_name having count(*) >= 2
  [["Ann","Ash"],["Bob","Beech"]]
customers who complained more than once in 2024
  select t1.first_name, t1.last_name from customer as t1 join complaint as t2 on t2.cust_id = t1.cust_id where t2.complaint_date between '2024-01-01' and '2024-12-31' group by t1.cust_id, t1.first_name, t1.last_name having count(*) > 1
  []
cars rented exactly 2 times
  select t1.reg_no from veh as t1 join rental as t2 on t2.veh_id = t1.veh_id group by t1.veh_id, t1.reg_no having count(*) = 2
  [["AA 11"]]
heaviest electric car
  select reg_no from veh where fuel = 'Electric' order by weight_kg desc limit 1
  [["CC 33"]]
Which branch has the largest amount of cars?
  select t1.branch_name from branch as t1 join veh as t2 on t2.branch_id = t1.branch_id group by t1.branch_id, t1.branch_name order by count(*) desc limit 1
  [["Harbour"]]
For each car, show its registration and the number of times it was rented
  select t1.reg_no, count(*) from veh as t1 join rental as t2 on t2.veh_id = t1.veh_id group by t1.veh_id, t1.reg_no
  [["AA 11",2],["BB 22",1],["CC 33",1]]
How many employees do the branches have in total?
  select sum(headcount) from branch
  [[13]]
Which fuel brought in the most money?
  select t1.fuel from veh as t1 join rental as t2 on t2.veh_id = t1.veh_id group by t1.fuel order by sum(t2.paid_amt) desc limit 1
  [["Electric"]]
`;

const OF_SHOP = `
How much did Alder spend?
  select sum(t2.amt) from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id where t1.customer_name = 'Alder'
  [[187.5]]
What did Alder spend in 2021?
  select sum(t1.amt) from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id where t2.customer_name = 'Alder' and t1.order_date between '2021-01-01' and '2021-12-31'
  [[60]]
spending per customer
  select t2.customer_name, sum(t1.amt) from orders as t1 join customers as t2 on t1.customer_id = t2.customer_id group by t2.customer_id, t2.customer_name
  [["Alder",187.5],["Birch",80],["Cedar",300]]
Which customer spent the most?
  select t1.customer_name from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id group by t1.customer_id, t1.customer_name order by sum(t2.amt) desc limit 1
  [["Cedar"]]
top 2 customers by spend
  select t1.customer_name from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id group by t1.customer_id, t1.customer_name order by sum(t2.amt) desc limit 2
  [["Cedar"],["Alder"]]
products nobody ever bought
  select product_name from products where product_id not in (select product_id from order_items where product_id is not null)
  []
customers who never purchased anything
  select customer_name from customers where customer_id not in (select customer_id from orders where customer_id is not null)
  [["Dogwood"]]
Which product was bought most often?
  select t1.product_name from products as t1 join order_items as t2 on t2.product_id = t1.product_id join orders as t3 on t2.order_id = t3.order_id group by t1.product_id, t1.product_name order by count(distinct t3.order_id) desc limit 1
  [["Teapot"]]
the price level of products
  select price from products
  [[30],[55.5],[80],[4]]
order number and order date
  select order_id, order_date from orders
  [[1,"2020-02-10"],[2,"2021-05-03"],[3,"2021-05-20"],[4,"2021-12-31"],[5,"2022-01-07"]]
Which product costs the most?
  select product_name from products order by price desc limit 1
  [["Lamp"]]
average order
  select avg(amt) from orders
  [[113.5]]
Which city spent the most?
  select t1.city from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id group by t1.city order by sum(t2.amt) desc limit 1
  [["Berlin"]]
`;

const OF_WORKSHOP = `
clients who never paid
  select client_name from clients where client_id not in (select client_id from jobs where client_id is not null and job_id in (select job_id from payments where job_id is not null))
  []
Which client paid the most?
  select t1.client_name from clients as t1 join jobs as t2 on t2.client_id = t1.client_id join payments as t3 on t3.job_id = t2.job_id group by t1.client_id, t1.client_name order by sum(t3.amount) desc limit 1
  [["Ash"]]
how much did we spend on Stairs?
  select sum(cost) from jobs where job_name = 'Stairs'
  [[700]]
What did each client pay?
  select t3.client_name, sum(t1.amount) from payments as t1 join jobs as t2 on t1.job_id = t2.job_id join clients as t3 on t2.client_id = t3.client_id group by t3.client_id, t3.client_name
  [["Ash",1200],["Beech",200],["Elm",250]]
Which client brought in the most money?
  select t1.client_name from clients as t1 join jobs as t2 on t2.client_id = t1.client_id join payments as t3 on t3.job_id = t2.job_id group by t1.client_id, t1.client_name order by sum(t3.amount) desc limit 1
  [["Ash"]]
jobs delivered in 2024
  select job_name from jobs where delivered_on between '2024-01-01' and '2024-12-31'
  [["Door"],["Shelf"]]
Which job title is the most popular?
  select job_title from staff group by job_title order by count(*) desc limit 1
  [["Joiner"]]
`;

const IN_CHINESE = `
我们手上有多少客户
  select count(*) from 客户
  [[3]]
哪家客户花得最多
  select t1.客户名称 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 group by t1.客户编号, t1.客户名称 order by sum(t2.订单金额) desc limit 1
  [["青松贸易"]]
2021年花钱最多的2位客户
  select t1.客户名称 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 where t2.下单日期 between '2021-01-01' and '2021-12-31' group by t1.客户编号, t1.客户名称 order by sum(t2.订单金额) desc limit 2
  [["青松贸易"],["白桦商行"]]
消费最多的客户是哪个
  select t1.客户名称 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 group by t1.客户编号, t1.客户名称 order by sum(t2.订单金额) desc limit 1
  [["青松贸易"]]
下单最少的客户
  select t1.客户名称 from 客户 as t1 join 订单 as t2 on t2.客户编号 = t1.客户编号 group by t1.客户编号, t1.客户名称 order by count(*) asc limit 1
  [["白桦商行"]]
青松贸易和白桦商行各花了多少钱
  select t2.客户名称, sum(t1.订单金额) from 订单 as t1 join 客户 as t2 on t1.客户编号 = t2.客户编号 where t2.客户名称 in ('青松贸易', '白桦商行') group by t2.客户名称
  [["白桦商行",80],["青松贸易",331]]
青松贸易一共买了多少次
  select count(*) from 订单 as t1 join 客户 as t2 on t1.客户编号 = t2.客户编号 where t2.客户名称 = '青松贸易'
  [[3]]
哪些产品没人买过
  select 产品名称 from 产品 where 产品编号 not in (select 产品编号 from 订单 where 产品编号 is not null)
  []
没人买的产品
  select 产品名称 from 产品 where 产品编号 not in (select 产品编号 from 订单 where 产品编号 is not null)
  []
取消的订单有几个
  select count(*) from 订单 where 状态 = '已取消'
  [[1]]
有几单被取消了
  select count(*) from 订单 where 状态 = '已取消'
  [[1]]
待付款的单子一共多少钱
  select sum(订单金额) from 订单 where 状态 = '待付款'
  [[160]]
上海的客户有哪些，只要名称就行
  select 客户名称 from 客户 where 城市 = '上海'
  [["青松贸易"],["红杉实业"]]
客户都分布在哪些城市
  select distinct 城市 from 客户
  [["上海"],["北京"]]
2021年一共卖了多少钱
  select sum(订单金额) from 订单 where 下单日期 between '2021-01-01' and '2021-12-31'
  [[351]]
厨具一共卖了几单
  select count(*) from 订单 as t1 join 产品 as t2 on t1.产品编号 = t2.产品编号 where t2.类别 = '厨具'
  [[2]]
`;

describe("people's own words are read", () => {
  itReads(rental, OF_RENTALS);
  itReads(shop, OF_SHOP);
  itReads(workshop, OF_WORKSHOP);
  itReads(chinese, IN_CHINESE);
});

describe('words that may hold rows to something are not passed over', () => {
  itLeavesUnread(rental, [
    ['longest rental', 'a word is left over'],
    ['cars heavier than the average', 'not one such column in veh'],
    ['customer who has rented once', 'no meaning of once'],
    ['How many people live in Somerset, and what is the largest region?', 'two questions'],
    ['Which cars were rented cheaper than 50?', 'how much of what is done'],
  ]);
  itLeavesUnread(shop, [
    ['orders that were turned down', 'no meaning of turned'],
    ['How many customers complained?', 'no meaning of complained'],
    ['How many customers applied?', 'no meaning of applied'],
    ['customers that only bought Teapot', 'a unit of nothing'],
    ['only customers in Berlin', 'a unit of nothing'],
    ['products that cost about 30', 'about so many'],
    ['customers with about 5 orders', 'about so many'],
    ['as many orders as Alder', 'no meaning of many'],
    ['customers in "as"', 'no meaning of as'],
    ['Show the places of customers', 'no meaning of place'],
    ['names and scores of customers', 'no meaning of score'],
    ['How often did customers visit us?', 'how often of what'],
    ['what do we charge for Teapot?', 'the total of what'],
  ]);
  itLeavesUnread(workshop, [
    ['Who earns the most money?', 'money of no sum'],
    ['unpaid jobs', 'no meaning of unpaid'],
  ]);
  itLeavesUnread(chinese, [
    ['买得最多的客户是谁', 'how much of what is done'],
    ['卖得最多的产品', 'how much of what is done'],
    ['哪个城市的客户下单最多', 'how much of what is done'],
    ['谁下单最多', 'who of no person'],
    ['被拒绝的订单有几个', 'no meaning of 拒'],
    ['每个客户平均下多少单', 'how much of what is done'],
  ]);
});
