import { describe, expect, it } from 'vitest';
import { allowedPart, mayKnow, readablePart } from './allowed-part.ts';
import { type Client, LOCAL } from './client.ts';
import { matchesNow, settleAllowed } from './settle-allowed.ts';

const clientFor = (...allow: string[]): Client => ({ ...LOCAL, scope: 'read', allow });
const partOf = (database: string, ...allow: string[]) => allowedPart(clientFor(...allow), database);

describe('allowedPart', () => {
  it('tells databases, tables and columns apart by dots', () => {
    const allow = ['sales', 'fund.nav', 'fund.manager.name', 'fund.manager.id', 'fund.nav.code'];
    expect(partOf('sales', ...allow)).toBeNull();
    expect(partOf('fund', ...allow)).toEqual({ nav: 'all', manager: ['name', 'id'] });
    expect(() => partOf('other', ...allow)).toThrow(/no database called/);
  });

  it('takes names with dots in quotes, and opens no other database by them', () => {
    const allow = ['"sales.2024"', 'sales."Open.Price"', 'sales."a""b".c'];
    expect(partOf('sales.2024', ...allow)).toBeNull();
    expect(partOf('sales', ...allow)).toEqual({ 'Open.Price': 'all', 'a"b': ['c'] });
    expect(mayKnow(clientFor('"sales.2024"'), 'sales')).toBe(false);
    expect(mayKnow(clientFor('sales.2024'), 'sales.2024')).toBe(false);
    expect(() => partOf('sales', '"sales.2024"')).toThrow(/no database called/);
  });
});

describe('readablePart', () => {
  const catalog = { names: async () => ['fund', 'payroll'] };

  it('tells a key for parts nothing of what else is there', async () => {
    const client = clientFor('fund.nav', 'gone');
    expect(await readablePart(client, 'fund', catalog)).toEqual({ nav: 'all' });
    const told = async (database: string) =>
      readablePart(client, database, catalog).catch(({ message }) => message);
    expect(await told('payroll')).not.toMatch(/fund|gone/);
    expect(await told('gone')).toBe(String(await told('payroll')).replace('payroll', 'gone'));
    // Whoever may read everything is helped with the names, by the catalog.
    expect(await readablePart(LOCAL, 'gone', catalog)).toBeNull();
  });
});

const tables = ['Open', 'Open.Price', 'fund'].map((name) => ({
  name,
  columns: [{ name: 'Code' }],
}));

describe('matchesNow', () => {
  const known = {
    names: async () => ['sales', 'broken'],
    schema: async (name: string) => {
      if (name === 'broken') throw new Error('not a database');
      return { tables: tables as never };
    },
  };

  it.each([
    ['sales', true],
    ['sales.FUND', true],
    ['sales."open.price".code', true],
    ['sales.fund.price', false],
    ['sales.bond', false],
    ['nosuchdb.fund', false],
    ['broken', true],
    ['broken.fund', false],
  ])('%s: %s', async (item, expected) => {
    expect(await matchesNow(item, known)).toBe(expected);
  });
});

describe('settleAllowed', () => {
  const known = {
    names: async () => ['sales', 'sales.2024', 'broken'],
    schema: async (name: string) => {
      if (name === 'broken') throw new Error('not a database');
      return { tables: tables as never };
    },
  };

  it.each([
    ['sales', 'sales'],
    ['sales.2024', '"sales.2024"'],
    ['sales.2024.fund.code', '"sales.2024".fund.code'],
    ['sales.2023', 'sales.2023'],
    ['sales.fund.code', 'sales.fund.code'],
    ['sales.open.price', 'sales."open.price"'],
    ['sales.Open.high', 'sales.Open.high'],
    ['sales.Open.Price.per.day', 'sales."Open.Price"."per.day"'],
    ['sales.', 'sales.'],
    ['sales.Open.', 'sales.Open.'],
    ['"sales.2024".fund', '"sales.2024".fund'],
    ['sales."Open.Price".x', 'sales."Open.Price".x'],
    ['broken.a.b', 'broken.a.b'],
    ['elsewhere.a.b', 'elsewhere.a.b'],
    ['Sales.2024', 'Sales.2024'],
  ])('reads %s as %s', async (item, settled) => {
    expect(await settleAllowed(item, known)).toBe(settled);
  });
});
