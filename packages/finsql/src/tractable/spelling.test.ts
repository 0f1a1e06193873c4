/** A word of the names with a slip of one letter. */
import { afterAll, describe, expect, it } from 'vitest';
import { itLeavesUnread, itReads } from '../testing/read-off-checks.ts';
import { openedDatabase, SHOP_SQL } from '../testing/shop-database.ts';
import { spelledRight } from './spelling.ts';

describe('spelledRight', () => {
  const known = new Set(['population', 'country', 'industry', 'continent', 'station', 'city']);

  it.each([
    ['popuation', 'population'],
    ['coutnry', 'country'],
    ['countrry', 'country'],
    ['indestry', 'industry'],
    ['statoin', 'station'],
    ['population', undefined],
    ['opulation', undefined],
    ['poplation', 'population'],
    ['popation', undefined],
    ['cty', undefined],
    ['ctiy', undefined],
    ['content', undefined],
  ])('%s: %s', (word, right) => {
    expect(spelledRight(word, known)).toBe(right);
  });

  it('takes none of several words that are as near', () => {
    expect(spelledRight('shipmont', new Set(['shipment', 'shipper']))).toBe('shipment');
    expect(spelledRight('shipmont', new Set(['shipment', 'shipmint']))).toBeUndefined();
  });
});

describe('a question with a slip', () => {
  const database = openedDatabase(SHOP_SQL);
  afterAll(database.close);

  itReads(
    database,
    `
How many custmers are in Berlin?
select count(*) from customers where city = 'Berlin'
[[2]]
average price of produtcs by categroy
select category, avg(price) from products group by category
[["Kitchen",42.75],["Lighting",42]]
`,
  );
  itLeavesUnread(database, [['How many custos are in Berlin?', 'no meaning of custo']]);
});
