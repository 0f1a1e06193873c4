import { seededRandom } from '@quaestor/peft';
import { expect, it } from 'vitest';
import { plainNumber } from './plain-number.ts';

it('is bit for bit what Number says, with either mark', () => {
  const random = seededRandom(3);
  const digits = (count: number) =>
    Array.from({ length: count }, () => random.integer(10)).join('');
  const cells = Array.from({ length: 5000 }, () => {
    const sign = random.integer(2) ? '-' : '';
    const whole = random.integer(5) ? `${1 + random.integer(9)}${digits(random.integer(8))}` : '0';
    return `${sign}${whole}${random.integer(3) ? `.${digits(1 + random.integer(4))}` : ''}`;
  });
  const numbers = cells.map(Number);
  expect(cells.map((cell) => plainNumber(cell, '.'))).toEqual(numbers);
  expect(cells.map((cell) => plainNumber(cell.replace('.', ','), ','))).toEqual(numbers);
  expect(plainNumber('0.1234567890123', '.')).toBe(0.1234567890123);
  expect(plainNumber('-0', '.')).toBe(-0);
});

it('leaves all others to be read elsewhere', () => {
  const others = ['', '-', '.', '5.', '.5', '007', '-01', '1.2.3', '1,5', ' 5', '5 ', '+5', '1e3'];
  const more = ['1-', '--1', '−5', '(5)', '٣', '1234567890123456', '0x10'];
  for (const cell of [...others, ...more])
    expect([cell, plainNumber(cell, '.')]).toEqual([cell, Number.NaN]);
  expect(plainNumber('1.5', ',')).toBeNaN();
});
