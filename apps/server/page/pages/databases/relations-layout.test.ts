import { expect, it } from 'vitest';
import type { Table } from './database-types.ts';
import { BOX_WIDTH, relationsLayout } from './relations-layout.ts';

function table(name: string, ...references: readonly string[]): Table {
  const columns = ['id', ...references.map((other) => `${other}_id`)].map((column) => ({
    name: column,
    type: 'INTEGER',
    kind: 'integer' as const,
    comment: '',
    primaryKey: column === 'id',
    samples: [],
  }));
  const foreignKeys = references.map((other) => ({
    ...{ column: `${other}_id`, table: other, target: 'id' },
  }));
  return { name, comment: '', rowCount: 1, columns, foreignKeys };
}

it('puts tables right of those that refer to them, without overlap', () => {
  const layout = relationsLayout([
    table('order', 'customer', 'product'),
    table('customer', 'country'),
    table('product', 'country'),
    table('country'),
    table('note'),
  ]);
  const box = (name: string) => layout.boxes.find((one) => one.name === name);
  expect(layout.unrelated).toEqual(['note']);
  expect(layout.arrows.map(({ id }) => id)).toContain('order.customer_id>customer.id');
  for (const { from, to } of layout.arrows) {
    expect(to.box.x).toBeGreaterThanOrEqual(from.box.x + BOX_WIDTH);
  }
  expect(box('order')?.columns).toEqual(['customer_id', 'product_id']);
  expect(box('customer')?.columns).toEqual(['id', 'country_id']);
  const [customer, product] = [box('customer'), box('product')];
  expect(customer?.x).toBe(product?.x);
  const [upper, lower] = [customer, product].sort((a, b) => (a?.y ?? 0) - (b?.y ?? 0));
  expect(lower?.y).toBeGreaterThanOrEqual((upper?.y ?? 0) + (upper?.height ?? 0));
});

it('draws cycles and tables that refer to themselves, and passes over what is not there', () => {
  const layout = relationsLayout([
    table('a', 'b'),
    table('b', 'a', 'missing'),
    table('tree', 'tree'),
  ]);
  expect(layout.boxes.map(({ name }) => name).sort()).toEqual(['a', 'b', 'tree']);
  expect(layout.arrows).toHaveLength(3);
  for (const { x, y } of layout.boxes) expect(Number.isFinite(x + y)).toBe(true);
});

it('spreads a long layer over several columns', () => {
  const many = Array.from({ length: 40 }, (_, i) => table(`child${i}`, 'parent'));
  const layout = relationsLayout([...many, table('parent')]);
  expect(layout.height).toBeLessThan(1200);
  const places = new Set(layout.boxes.map(({ x, y }) => `${x} ${y}`));
  expect(places.size).toBe(41);
});
