import { expect, it } from 'vitest';
import { columnList } from './column-list.ts';

it('has the names of a table of few columns, and some of many or long ones', () => {
  expect(columnList(['a', 'b'])).toEqual({ en: 'a, b', zh: 'a、b' });
  const many = Array.from({ length: 25 }, (_, i) => `c${i}`);
  expect(columnList(many).en).toMatch(/^c0, c1, .*, c19 and 5 more$/);
  expect(columnList(many).zh).toMatch(/c19 等 25 列$/);
  expect(columnList(['x'.repeat(5000)]).en).toBe(`${'x'.repeat(40)}…`);
});
