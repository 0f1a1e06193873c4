import { afterAll, describe, expect, it } from 'vitest';
import { openedDatabase, SHOP_SQL } from '../../testing/shop-database.ts';
import { joinTables, linksOf } from './joins.ts';

const shop = openedDatabase(SHOP_SQL);
afterAll(shop.close);
const { schema, links: declared } = shop.context;
const links = linksOf(schema, declared);

const asText = (all: typeof links) =>
  all.map(
    ({ table, column, target, targetColumn }) => `${table}.${column}=${target}.${targetColumn}`,
  );

describe('linksOf', () => {
  it('keeps the declared keys and adds those that names tell', () => {
    expect(asText(declared.slice())).toEqual(['customers.country_id=countries.country_id']);
    expect(asText(links)).toEqual([
      'customers.country_id=countries.country_id',
      'orders.customer_id=customers.customer_id',
      'order_items.order_id=orders.order_id',
      'order_items.product_id=products.product_id',
    ]);
  });

  it('tells a key that is called id by the name of its table', () => {
    const { context, close } = openedDatabase(`
      create table branch (id integer primary key, branch_name text);
      create table staff (id integer primary key, branch_id integer, code text);
      create table badges (code text primary key, id integer);`);
    expect(asText(linksOf(context.schema, context.links))).toEqual(['staff.branch_id=branch.id']);
    close();
  });

  it('adds none where one is declared between the tables', () => {
    const [link] = declared;
    const reversed = { table: 'customers', column: 'x', target: 'orders', targetColumn: 'y' };
    const found = linksOf(schema, [...(link ? [link] : []), reversed]);
    expect(asText(found)).not.toContain('orders.customer_id=customers.customer_id');
  });
});

describe('joinTables', () => {
  it('joins along the keys, through tables between, each once', () => {
    const joined = joinTables(links, ['Customers', 'products', 'customers']);
    expect(joined?.tables).toEqual(['customers', 'orders', 'order_items', 'products']);
    expect(asText([...(joined?.keys ?? [])])).toEqual([
      'orders.customer_id=customers.customer_id',
      'order_items.order_id=orders.order_id',
      'order_items.product_id=products.product_id',
    ]);
  });

  it('needs no key for one table', () => {
    expect(joinTables([], ['orders'])).toEqual({ tables: ['orders'], keys: [] });
  });

  it('joins nothing without a key, or with several between two tables', () => {
    expect(joinTables(declared, ['orders', 'customers'])).toBeUndefined();
    const other = { table: 'orders', column: 'agent', target: 'customers', targetColumn: 'id' };
    expect(joinTables([...links, other], ['orders', 'customers'])).toBeUndefined();
    // Products of orders: those that were ordered, or those that were returned.
    const back = (column: string, target: string) => ({
      ...{ table: 'returns', column, target, targetColumn: column },
    });
    const returns = [back('order_id', 'orders'), back('product_id', 'products')];
    expect(joinTables([...links, ...returns], ['orders', 'products'])).toBeUndefined();
  });
});
