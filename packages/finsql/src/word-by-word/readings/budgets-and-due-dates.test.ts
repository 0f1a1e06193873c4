import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase } from '../../testing/shop-database.ts';
import { WORKSHOP_SQL } from '../../testing/workshop-database.ts';

const workshop = openedDatabase(WORKSHOP_SQL);
afterAll(() => workshop.close());

/** A question, the statement read off it, and the rows of that. */
const READ = `
jobs whose cost is above their budget
  select job_name from jobs where cost > budget
  [["Door"],["Table"]]
Which jobs cost more than their budget?
  select distinct job_name from jobs where cost > budget
  [["Door"],["Table"]]
How many jobs were delivered after the due date?
  select count(*) from jobs where delivered_on > due_date
  [[1]]
jobs delivered before the due date
  select job_name from jobs where delivered_on < due_date
  [["Stairs"],["Shelf"]]
What percentage of the jobs were delivered after the due date?
  select 100.0 * sum(case when delivered_on > due_date then 1 else 0 end) / count(*) from jobs
  [[25]]
clients who paid more than 500 in total
  select t1.client_name from clients as t1 join jobs as t2 on t2.client_id = t1.client_id join payments as t3 on t3.job_id = t2.job_id group by t1.client_id, t1.client_name having sum(t3.amount) > 500
  [["Ash"]]
clients with payments of at least 250 in total
  select t1.client_name from clients as t1 join jobs as t2 on t2.client_id = t1.client_id join payments as t3 on t3.job_id = t2.job_id group by t1.client_id, t1.client_name having sum(t3.amount) >= 250
  [["Ash"],["Elm"]]
clients who have paid over 650 altogether in 2024
  select t1.client_name from clients as t1 join jobs as t2 on t2.client_id = t1.client_id join payments as t3 on t3.job_id = t2.job_id where t3.paid_on between '2024-01-01' and '2024-12-31' group by t1.client_id, t1.client_name having sum(t3.amount) > 650
  [["Ash"]]
clients with a budget over 700 in total
  select t1.client_name from clients as t1 join jobs as t2 on t2.client_id = t1.client_id group by t1.client_id, t1.client_name having sum(t2.budget) > 700
  [["Ash"]]
How many days from order to delivery on average?
  select avg(julianday(delivered_on) - julianday(order_date)) from jobs where delivered_on is not null
  [[25]]
average number of days between order date and delivery date
  select avg(julianday(delivered_on) - julianday(order_date)) from jobs where delivered_on is not null
  [[25]]
number of days between order and delivery for each job
  select job_name, julianday(delivered_on) - julianday(order_date) from jobs
  [["Stairs",25],["Door",30],["Shelf",20],["Table",null]]
on average, how many days passed between order and delivery, by city
  select t2.city, avg(julianday(t1.delivered_on) - julianday(t1.order_date)) from jobs as t1 join clients as t2 on t1.client_id = t2.client_id where t1.delivered_on is not null group by t2.city
  [["Leeds",20],["York",27.5]]
How many days did it take from the order date to the delivery of Door?
  select julianday(delivered_on) - julianday(order_date) from jobs where job_name = 'Door'
  [[30]]
jobs delivered more than 20 days after the order date
  select job_name from jobs where julianday(delivered_on) - julianday(order_date) > 20
  [["Stairs"],["Door"]]
jobs delivered within 20 days of the order
  select job_name from jobs where julianday(delivered_on) - julianday(order_date) <= 20
  [["Shelf"]]
jobs that took longer than 20 days to deliver
  select job_name from jobs where julianday(delivered_on) - julianday(order_date) > 20
  [["Stairs"],["Door"]]
how long did it take to deliver Door
  select julianday(delivered_on) - julianday(order_date) from jobs where job_name = 'Door'
  [[30]]
Which job took the longest from order to delivery?
  select job_name from jobs order by julianday(delivered_on) - julianday(order_date) desc limit 1
  [["Door"]]
average delivery time per client
  select t2.client_name, avg(julianday(t1.delivered_on) - julianday(t1.order_date)) from jobs as t1 join clients as t2 on t1.client_id = t2.client_id where t1.delivered_on is not null group by t2.client_id, t2.client_name
  [["Ash",27.5],["Beech",20]]
jobs with a delivery time of more than 20 days
  select job_name from jobs where julianday(delivered_on) - julianday(order_date) > 20
  [["Stairs"],["Door"]]
How many jobs were delivered late?
  select count(*) from jobs where delivered_on > due_date
  [[1]]
jobs delivered on time
  select job_name from jobs where delivered_on <= due_date
  [["Stairs"],["Shelf"]]
jobs that were late
  select job_name from jobs where delivered_on > due_date
  [["Door"]]
how many payments came in before the due date
  select count(*) from payments as t1 join jobs as t2 on t1.job_id = t2.job_id where t1.paid_on < t2.due_date
  [[3]]
从下单到交货平均多少天
  select avg(julianday(delivered_on) - julianday(order_date)) from jobs where delivered_on is not null
  [[25]]
各客户从下单到交货的平均天数
  select t2.client_name, avg(julianday(t1.delivered_on) - julianday(t1.order_date)) from jobs as t1 join clients as t2 on t1.client_id = t2.client_id where t1.delivered_on is not null group by t2.client_id, t2.client_name
  [["Ash",27.5],["Beech",20]]
从下单到交货超过20天的有多少
  select count(*) from jobs where julianday(delivered_on) - julianday(order_date) > 20
  [[2]]
交货日期晚于到期日期的有几个
  select count(*) from jobs where delivered_on > due_date
  [[1]]
按时交货的有几个
  select count(*) from jobs where delivered_on <= due_date
  [[2]]
2024年延迟交货的有几个
  select count(*) from jobs where delivered_on > due_date and order_date between '2024-01-01' and '2024-12-31'
  [[1]]
累计付款超过500的客户
  select t1.client_name from clients as t1 join jobs as t2 on t2.client_id = t1.client_id join payments as t3 on t3.job_id = t2.job_id group by t1.client_id, t1.client_name having sum(t3.amount) > 500
  [["Ash"]]
number of jobs per quarter
  select strftime('%Y', order_date) || '-Q' || ((strftime('%m', order_date) + 2) / 3), count(*) from jobs group by strftime('%Y', order_date) || '-Q' || ((strftime('%m', order_date) + 2) / 3)
  [["2023-Q4",1],["2024-Q1",2],["2024-Q2",1]]
jobs by quarter in 2024
  select (strftime('%m', order_date) + 2) / 3, count(*) from jobs where order_date between '2024-01-01' and '2024-12-31' group by (strftime('%m', order_date) + 2) / 3
  [[1,2],[2,1]]
payment amount per quarter in 2024
  select (strftime('%m', paid_on) + 2) / 3, sum(amount) from payments where paid_on between '2024-01-01' and '2024-12-31' group by (strftime('%m', paid_on) + 2) / 3
  [[1,900],[2,250]]
How many jobs were delivered in each quarter of 2024?
  select (strftime('%m', delivered_on) + 2) / 3, count(*) from jobs where delivered_on is not null and delivered_on between '2024-01-01' and '2024-12-31' group by (strftime('%m', delivered_on) + 2) / 3
  [[1,2]]
number of jobs delivered per month
  select strftime('%Y-%m', delivered_on), count(*) from jobs where delivered_on is not null group by strftime('%Y-%m', delivered_on)
  [["2023-12",1],["2024-02",2]]
Which month had the most jobs?
  select strftime('%Y-%m', order_date) from jobs group by strftime('%Y-%m', order_date) order by count(*) desc limit 1
  [["2024-05"]]
Which month of 2024 had the highest payment amount?
  select strftime('%m', paid_on) from payments where paid_on between '2024-01-01' and '2024-12-31' group by strftime('%m', paid_on) order by sum(amount) desc limit 1
  [["02"]]
which quarter had the most payments
  select strftime('%Y', paid_on) || '-Q' || ((strftime('%m', paid_on) + 2) / 3) from payments group by strftime('%Y', paid_on) || '-Q' || ((strftime('%m', paid_on) + 2) / 3) order by count(*) desc limit 1
  [["2024-Q1"]]
In which year were there the most jobs?
  select strftime('%Y', order_date) from jobs group by strftime('%Y', order_date) order by count(*) desc limit 1
  [["2024"]]
in which months were there more than 1 payments
  select strftime('%Y-%m', paid_on) from payments group by strftime('%Y-%m', paid_on) having count(*) > 1
  [["2024-02"]]
In which month were the most jobs delivered?
  select strftime('%Y-%m', delivered_on) from jobs where delivered_on is not null group by strftime('%Y-%m', delivered_on) order by count(*) desc limit 1
  [["2024-02"]]
amount of payments per month in 2024, months as YYYY-MM
  select strftime('%Y-%m', paid_on), sum(amount) from payments where paid_on between '2024-01-01' and '2024-12-31' group by strftime('%Y-%m', paid_on)
  [["2024-01",400],["2024-02",500],["2024-05",250]]
By what percentage did the payment amount grow in 2024 compared to the previous year?
  select 100.0 * (sum(case when paid_on between '2024-01-01' and '2024-12-31' then amount else 0 end) - sum(case when paid_on between '2023-01-01' and '2023-12-31' then amount else 0 end)) / sum(case when paid_on between '2023-01-01' and '2023-12-31' then amount else 0 end) from payments
  [[130]]
how much did the number of payments grow in 2024 over the previous year
  select sum(case when paid_on between '2024-01-01' and '2024-12-31' then 1 else 0 end) - sum(case when paid_on between '2023-01-01' and '2023-12-31' then 1 else 0 end) from payments
  [[3]]
year over year growth of the payment amount in 2024
  select 100.0 * (sum(case when paid_on between '2024-01-01' and '2024-12-31' then amount else 0 end) - sum(case when paid_on between '2023-01-01' and '2023-12-31' then amount else 0 end)) / sum(case when paid_on between '2023-01-01' and '2023-12-31' then amount else 0 end) from payments
  [[130]]
month over month change in the payment amount in February 2024
  select 100.0 * (sum(case when paid_on between '2024-02-01' and '2024-02-29' then amount else 0 end) - sum(case when paid_on between '2024-01-01' and '2024-01-31' then amount else 0 end)) / sum(case when paid_on between '2024-01-01' and '2024-01-31' then amount else 0 end) from payments
  [[25]]
各季度的付款金额
  select strftime('%Y', paid_on) || '-Q' || ((strftime('%m', paid_on) + 2) / 3), sum(amount) from payments group by strftime('%Y', paid_on) || '-Q' || ((strftime('%m', paid_on) + 2) / 3)
  [["2023-Q4",500],["2024-Q1",900],["2024-Q2",250]]
哪个月的付款最多
  select strftime('%Y-%m', paid_on) from payments group by strftime('%Y-%m', paid_on) order by count(*) desc limit 1
  [["2024-02"]]
2024年哪个季度的付款金额最高
  select (strftime('%m', paid_on) + 2) / 3 from payments where paid_on between '2024-01-01' and '2024-12-31' group by (strftime('%m', paid_on) + 2) / 3 order by sum(amount) desc limit 1
  [[1]]
2024年的付款金额比2023年增长了百分之几
  select 100.0 * (sum(case when paid_on between '2024-01-01' and '2024-12-31' then amount else 0 end) - sum(case when paid_on between '2023-01-01' and '2023-12-31' then amount else 0 end)) / sum(case when paid_on between '2023-01-01' and '2023-12-31' then amount else 0 end) from payments
  [[130]]
2024年付款金额比2023年增加了多少
  select sum(case when paid_on between '2024-01-01' and '2024-12-31' then amount else 0 end) - sum(case when paid_on between '2023-01-01' and '2023-12-31' then amount else 0 end) from payments
  [[650]]
2024年付款金额同比增长多少
  select 100.0 * (sum(case when paid_on between '2024-01-01' and '2024-12-31' then amount else 0 end) - sum(case when paid_on between '2023-01-01' and '2023-12-31' then amount else 0 end)) / sum(case when paid_on between '2023-01-01' and '2023-12-31' then amount else 0 end) from payments
  [[130]]
2024年2月付款金额环比增长百分之几
  select 100.0 * (sum(case when paid_on between '2024-02-01' and '2024-02-29' then amount else 0 end) - sum(case when paid_on between '2024-01-01' and '2024-01-31' then amount else 0 end)) / sum(case when paid_on between '2024-01-01' and '2024-01-31' then amount else 0 end) from payments
  [[25]]
How many staff report to Hazel?
  select count(*) from staff where manager_id in (select staff_id from staff where staff_name = 'Hazel')
  [[2]]
staff who report to the Director
  select staff_name from staff where manager_id in (select staff_id from staff where job_title = 'Director')
  [["Hazel"]]
staff reporting to Hazel with a salary over 50
  select staff_name from staff where manager_id in (select staff_id from staff where staff_name = 'Hazel') and salary > 50
  [["Rowan"]]
`;

const UNREAD: readonly (readonly [question: string, reason: string])[] = [
  ['jobs with a cost above the due date', 'compared with another kind'],
  ['jobs with a cost above the cost', 'compared with itself'],
  ['clients who paid more than 50% in total', 'a total of what'],
  ['staff with more than 100 in total', 'the total of what'],
  ['payments that were late', 'late of what'],
  ['how long', 'how long of what'],
  ['jobs over 30 days', 'a number compared with a text'],
  ['how many hours from order to delivery', 'hours of days'],
  ['average number of days from delivery to delivery', 'two measures'],
  ['超过30天的客户', 'days of what'],
  ['which month', 'about nothing'],
  ['staff who report to', 'reports to whom'],
  ['clients that report to Hazel', 'reports of other things'],
];

describe('of a workshop', () => {
  itReads(workshop, READ);

  itLeavesUnread(workshop, UNREAD);
});
