import { afterAll, describe } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { CHINESE_SHOP_SQL, openedDatabase, SHOP_SQL } from '../../testing/shop-database.ts';

const shop = openedDatabase(SHOP_SQL);
const chinese = openedDatabase(CHINESE_SHOP_SQL);
afterAll(() => {
  for (const { close } of [shop, chinese]) close();
});

/** Dogwood has no order. */
const OF_SHOP = `
Which customers have fewer than 2 orders?
  select customer_name from customers where (select count(*) from orders where orders.customer_id = customers.customer_id) < 2
  [["Birch"],["Cedar"],["Dogwood"]]
How many customers have at most one order?
  select count(*) from customers where (select count(*) from orders where orders.customer_id = customers.customer_id) <= 1
  [[3]]
Which customers in Berlin have fewer than 2 shipped orders?
  select customer_name from customers where city = 'Berlin' and (select count(*) from orders where orders.customer_id = customers.customer_id and orders.status = 'Shipped') < 2
  [["Cedar"]]
Which customers have at least 2 orders?
  select t1.customer_name from customers as t1 join orders as t2 on t2.customer_id = t1.customer_id group by t1.customer_id, t1.customer_name having count(*) >= 2
  [["Alder"]]
`;

describe('of the shop', () => itReads(shop, OF_SHOP));

const OF_CHINESE_SHOP = `
订单少于两个的客户有哪些？
  select 客户名称 from 客户 where (select count(*) from 订单 where 订单.客户编号 = 客户.客户编号) < 2
  [["白桦商行"],["红杉实业"]]
订单不超过1个的客户有多少个？
  select count(*) from 客户 where (select count(*) from 订单 where 订单.客户编号 = 客户.客户编号) <= 1
  [[2]]
`;
describe('of the Chinese shop', () => itReads(chinese, OF_CHINESE_SHOP));

describe('with more than that', () =>
  itLeavesUnread(shop, [
    ['Which customers bought fewer than 2 products?', 'rows of what, none among them'],
  ]));
