import { describe, expect, it } from 'vitest';
import { inferSchema } from './infer.ts';

const WORDS = ['unknown', '--', 'n.a.', 'none'];
const column = (number: (i: number) => string, words: readonly string[] = WORDS) =>
  Array.from({ length: 60 }, (_, i) => [
    i % 5 === 0 ? (words[(i / 5) % words.length] ?? '') : number(i),
  ]);
const kindOf = (rows: readonly (readonly string[])[]) => inferSchema(['x'], rows).columns[0]?.kind;

describe('words in place of numbers', () => {
  it('leave a column of numbers one, with units or without', () => {
    expect(kindOf(column((i) => `$${1000 + i}.50`))).toBe('numeric');
    expect(kindOf(column((i) => `${i + 0.5}x`))).toBe('numeric');
  });

  it('leave a column of dates one', () => {
    expect(kindOf(column((i) => `2024-${1 + (i % 12)}-${1 + (i % 28)}`))).toBe('date');
  });

  it('say something themselves where they are many, or most cells', () => {
    const names = Array.from({ length: 12 }, (_, i) => `name ${'abcdefghijkl'[i]}`);
    expect(kindOf(column((i) => String(i), names))).not.toBe('numeric');
    const few = Array.from({ length: 60 }, (_, i) => [i < 25 ? String(i) : 'none']);
    expect(kindOf(few)).not.toBe('numeric');
  });
});
