/** A small shop, in English and in Chinese: days, flags, money, and keys that only names tell. */
import { introspect } from '../database/introspect.ts';
import { openReadOnly } from '../database/open.ts';
import { type DatabaseContext, prepareDatabase } from '../retrieval/context.ts';
import type { ExemplarIndex } from '../retrieval/exemplars.ts';
import { buildValueIndex } from '../retrieval/values.ts';
import { temporaryDatabase } from './fund-database.ts';

export const SHOP_SQL = `
create table countries (country_id integer primary key, country_name text, continent text);
create table customers (
  customer_id integer primary key,
  customer_name text,
  city text,
  credit_limit real,
  is_active integer, -- active
  joined_date date,
  country_id integer references countries (country_id)
);
create table products (
  product_id integer primary key,
  product_name text,
  category text,
  price real,
  discontinued text
);
create table orders (
  order_id integer primary key,
  customer_id integer,
  order_date date,
  amt real, -- order amount
  status text
);
create table order_items (
  item_id integer primary key,
  order_id integer,
  product_id integer,
  qty integer
);

insert into countries values (1, 'Germany', 'Europe'), (2, 'France', 'Europe'), (3, 'Japan', 'Asia');
insert into customers values
  (1, 'Alder', 'Berlin', 5000, 1, '2019-03-01', 1),
  (2, 'Birch', 'Paris', 800, 0, '2020-06-30', 2),
  (3, 'Cedar', 'Berlin', 2500, 1, '2021-01-15', 1),
  (4, 'Dogwood', 'Tokyo', 1200, 1, '2021-11-02', 3);
insert into products values
  (1, 'Teapot', 'Kitchen', 30, 'N'),
  (2, 'Kettle', 'Kitchen', 55.5, 'N'),
  (3, 'Lamp', 'Lighting', 80, 'Y'),
  (4, 'Candle', 'Lighting', 4, 'N');
insert into orders values
  (1, 1, '2020-02-10', 115.5, 'Shipped'),
  (2, 1, '2021-05-03', 60, 'Pending'),
  (3, 2, '2021-05-20', 80, 'Shipped'),
  (4, 3, '2021-12-31', 300, 'Cancelled'),
  (5, 1, '2022-01-07', 12, 'Shipped');
insert into order_items values
  (1, 1, 1, 2), (2, 1, 2, 1), (3, 2, 1, 2), (4, 3, 3, 1), (5, 4, 3, 3), (6, 4, 4, 15), (7, 5, 4, 3);
`;

export const CHINESE_SHOP_SQL = `
create table 客户 (
  客户编号 integer primary key,
  客户名称 text,
  城市 text,
  信用额度 real, -- 信用额度（万元）
  注册日期 date
);
create table 产品 (产品编号 integer primary key, 产品名称 text, 类别 text, 单价 real);
create table 订单 (
  订单编号 integer primary key,
  客户编号 integer references 客户 (客户编号),
  产品编号 integer references 产品 (产品编号),
  下单日期 date,
  订单金额 real,
  状态 text
);

insert into 客户 values
  (1, '青松贸易', '上海', 500, '2019-03-01'),
  (2, '白桦商行', '北京', 80, '2020-06-30'),
  (3, '红杉实业', '上海', 250, '2021-01-15');
insert into 产品 values (1, '茶壶', '厨具', 30), (2, '水壶', '厨具', 55.5), (3, '台灯', '灯具', 80);
insert into 订单 values
  (1, 1, 1, '2020-02-10', 60, '已发货'),
  (2, 1, 3, '2021-05-03', 160, '待付款'),
  (3, 2, 3, '2021-05-20', 80, '已发货'),
  (4, 1, 2, '2021-12-31', 111, '已取消');
`;

export interface OpenedDatabase {
  readonly file: string;
  readonly context: DatabaseContext;
  /** The rows of a statement. */
  run(sql: string): unknown[];
  close(): void;
}

/** A database of statements, prepared for questions. */
export function openedDatabase(sql: string, exemplars?: ExemplarIndex): OpenedDatabase {
  const { file, remove } = temporaryDatabase(sql, 'shop.sqlite');
  const schema = introspect(file, 'shop');
  const database = openReadOnly(file);
  return {
    file,
    context: prepareDatabase(schema, { values: buildValueIndex(file, schema), exemplars }),
    run: (statement) => database.prepare(statement).raw().all(),
    close: () => {
      database.close();
      remove();
    },
  };
}
