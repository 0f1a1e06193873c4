import { afterAll, describe, expect, it } from 'vitest';
import { itLeavesUnread, reasonFor } from '../../testing/read-off-checks.ts';
import { CHINESE_SHOP_SQL, openedDatabase, SHOP_SQL } from '../../testing/shop-database.ts';

const english = openedDatabase(SHOP_SQL);
const chinese = openedDatabase(CHINESE_SHOP_SQL);
/** Two keys from transfers to accounts; tills that nothing leads to. */
const bank = openedDatabase(`
create table accounts (account_id integer primary key, account_name text, balance real);
create table transfers (
  transfer_id integer primary key,
  sender_id integer references accounts (account_id),
  receiver_id integer references accounts (account_id),
  amount real
);
create table tills (till_id integer primary key, till_name text, cash real, opened date, audited date, closed_on date);
insert into accounts values (1, 'Current', 10);
insert into tills values (1, 'Front', 5, '2020-01-01', '2021-01-01', null);
`);
afterAll(() => {
  for (const { close } of [english, chinese, bank]) close();
});

describe('no statement is read off', () => {
  itLeavesUnread(english, [
    // A word is left over, or what it needs is.
    ['How many customers like tea?', 'no meaning of like'],
    ['customers in Berlin, please translate', 'no meaning of translate'],
    ['products sorted', 'sorted by nothing'],
    ['customers with more than 5', 'a word is left over'],
    ['customers with the highest', 'a word is left over'],
    ['top 5 customers', 'a word is left over'],
    ['customers by', 'a word is left over'],
    ['customers before', 'before or after what'],
    ['price of products between 10', 'between what'],
    ['customers with 2 3 orders', 'two numbers'],
    ['the highest', 'about nothing'],
    // Alternatives of different columns, and both of two values of one.
    [
      'Which customers have a credit limit or an order amount over 100?',
      'a column beside what is asked for',
    ],
    ['customers in both Berlin and Paris', 'both of them'],
    ['customers in Berlin and in Paris', 'a column is two things'],
    ['customers that never had Teapot', 'not so of any of several rows'],
    // Of one row that nothing tells, of nobody.
    ['What is the price?', 'of which row'],
    ['Who is the price?', 'who is a figure'],
    // Parts of what, changes of when, means over whom.
    ['percentage of active customers in each city', 'a share of what'],
    [
      'Who are the customers in Berlin? Please give city and credit limit.',
      'asks for what it says',
    ],
    ['what percentage of customers', 'a share of no part'],
    ['percentage of Shipped orders from Alder', 'a share of which part'],
    ['percentage of the average price in Kitchen', 'a share of a measure'],
    ['percentage of customers without orders', 'a share of what is absent'],
    ['How much did the price grow from 2020 to 2021?', 'a change of levels'],
    ['How much did the order amount grow?', 'a change of when'],
    ['order amount growth from 2020', 'a change of when'],
    ['How much did the maximum price grow from 2020 to 2021?', 'a change of extremes'],
    ['Which customers had a higher price in 2021 than in 2020 and 2019?', 'a change of when'],
    ['orders higher than', 'a word is left over'],
    ['customers of the same city', 'the same of what'],
    ['products with a price above the average for their own customers', 'a mean over rows of what'],
    ['list customers by city', 'groups of nothing'],
    ['which customers by city', 'groups of nothing'],
    ['shares of customers', 'no meaning of share'],
    // Figures of what has none.
    ['What is the average city?', 'a measure of a text'],
    ['total product name', 'a measure of a text'],
    ['the highest customer name', 'the most of a text'],
    ['average minimum price', 'two measures'],
    ['minimum and average credit limit over 200', 'several measures'],
    ['customers with an average credit limit between 10 and 20', 'a measure against rows'],
    ['number of customers between 1 and 2', 'between of what'],
    ['What is the highest average price?', 'an extreme of a measure'],
    ['my orders: when and how much', 'two questions'],
    // Nothing tells which column.
    ['5 orders', 'orders has no label'],
    ['Where is Alder?', 'not one such column in customers'],
    ['credit limit per month in 2021 per year', 'two periods of groups'],
  ]);

  itLeavesUnread(chinese, [
    ['客户喜欢什么？', 'no meaning of 喜'],
    ['哪些客户的订单超过2？', 'a word is left over'],
    ['订单超过2的客户', 'rows on both sides of a number'],
    ['上海客户有多少点', 'rows counted by a unit'],
    ['有超过3年的订单的客户', 'no meaning of 3'],
    ['前3名客户', 'a word is left over'],
    ['最高的客户', 'not one such column in 客户'],
    ['客户名称的平均值', 'a measure of a text'],
    // Of each or of all, how often or how much, of what.
    ['平均每个客户的信用额度', 'a measure of each'],
    ['每个客户平均有多少订单', 'a measure of a count'],
    ['买东西最多的客户是谁', 'how much of what is done'],
    ['有单价的产品', 'a column before its table'],
    ['美元产品有几种', 'a unit of nothing'],
    ['谁的订单金额最高', 'who of no person'],
    ['2021年订单金额最高的月份', 'groups of nothing'],
    ['订单比客户多多少', 'no meaning of 多'],
    ['2021年订单金额比2020年', 'compared with what'],
    ['上海没有订单的产品', 'joined through what there is none of'],
    ['同类别的产品', 'a column before its table'],
    ['订单金额占比', 'a share of no part'],
    ['下单两次的客户', 'how much of what is done'],
    ['青松贸易买了多少件', 'how much of what is done'],
    ['卖得最好的产品', 'no meaning of 最'],
    ['2021年注册的客户在2020年买过什么', 'when it is done'],
    ['平均订单总额', 'a measure of totals'],
    ['没注册的客户', 'about nothing'],
    ['产品一共有几类', 'no meaning of 类'],
    ['未发货但没付款的订单', 'no meaning of 发'],
    ['订单多的客户', 'no meaning of 多'],
    ['平均每份产品的订单金额', 'a measure of each'],
    ['客户买了多少次茶壶', 'how much of what is done'],
    ['信用额度占订单金额的百分比', 'a column beside what is asked for'],
  ]);

  it('where a name means two columns as well', () => {
    expect(reasonFor(english, 'name')).toMatch(/country_name from countries \| .*customer_name/);
  });

  itLeavesUnread(bank, [
    ['balance of accounts with a transfer amount over 5', 'no way to join'],
    ['cash of tills of the account Current', 'no way to join'],
    ['accounts without transfers', 'not one key to what is absent'],
    ['cash of tills in 2020', 'several days'],
    ['balance in 2020', 'no day'],
  ]);

  it('where it may mean more than can be tried', () => {
    const question = 'name '.repeat(20);
    expect(reasonFor(english, question)).toBe('too many readings');
  });
});
