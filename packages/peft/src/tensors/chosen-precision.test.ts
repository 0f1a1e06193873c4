import { expect, it } from 'vitest';
import { namedForm } from './chosen-precision.ts';

it.each([
  [undefined, undefined],
  ['', undefined],
  ['float32', { precision: 'float32', storage: 'float32' }],
  ['mixed', { precision: 'float32', storage: 'bfloat16' }],
  ['bfloat16', { precision: 'bfloat16', storage: 'bfloat16' }],
])('QUAESTOR_PRECISION=%s', (word, form) => {
  expect(namedForm(word)).toEqual(form);
});

it('names the values of QUAESTOR_PRECISION where another is set', () => {
  expect(() => namedForm('half')).toThrow(/"half"; expected float32, bfloat16, mixed/);
});
