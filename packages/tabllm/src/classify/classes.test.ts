import fc from 'fast-check';
import { expect, it } from 'vitest';
import { classesOf, compareClasses } from './classes.ts';

const names = ['1a', '9', '10', '1', '1.0', '-3', 'Infinity', 'b', 'a', '', '0x10'];

it('orders numbers by size, then words by letters', () => {
  expect(classesOf('t', ['1a', '10', 'b', '9', 'a', '-3']).names).toEqual([
    '-3',
    '9',
    '10',
    '1a',
    'a',
    'b',
  ]);
});

it('is one order of all names, however they come', () => {
  const sorted = [...names].sort(compareClasses);
  fc.assert(
    fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (shuffled) => {
      expect(shuffled.sort(compareClasses)).toEqual(sorted);
    }),
  );
});
