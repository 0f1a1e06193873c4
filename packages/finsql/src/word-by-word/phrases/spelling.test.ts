/** A word of the names with a slip of one letter. */
import { afterAll, describe, expect, it } from 'vitest';
import { itLeavesUnread, itReads } from '../../testing/read-off-checks.ts';
import { openedDatabase, SHOP_SQL } from '../../testing/shop-database.ts';
import { cutDown, spelledRight } from './spelling.ts';

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

describe('cutDown', () => {
  const written = new Set(['proj', 'comm', 'acct', 'mem', 'memo', 'st', 'nation']);
  const known = new Set([...written, 'account', 'national']);

  it.each([
    ['project', 'proj'],
    ['commission', 'comm'],
    ['account', undefined],
    ['memory', undefined],
    ['member', 'mem'],
    ['state', undefined],
    ['comms', undefined],
    ['proj', undefined],
    ['national', undefined],
    ['nationality', 'nation'],
  ])('%s: %s', (word, short) => {
    expect(cutDown(word, { written, known })).toBe(short);
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
