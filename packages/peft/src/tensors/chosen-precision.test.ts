import { expect, it } from 'vitest';
import { fastestForm, namedForm, type ProductSpeed } from './chosen-precision.ts';

it.each([
  [undefined, undefined],
  ['', undefined],
  ['float32', { precision: 'float32', storage: 'float32', bytes: false }],
  ['mixed', { precision: 'float32', storage: 'bfloat16', bytes: false }],
  ['bytes', { precision: 'float32', storage: 'bfloat16', bytes: true }],
  ['bfloat16', { precision: 'bfloat16', storage: 'bfloat16', bytes: false }],
])('QUAESTOR_PRECISION=%s', (word, form) => {
  expect(namedForm(word)).toEqual(form);
});

it('names the values of QUAESTOR_PRECISION where another is set', () => {
  expect(() => namedForm('half')).toThrow(/"half"; expected float32, bfloat16, mixed, bytes/);
});

it.each([
  { what: 'nothing else is fast', speed: [270, 140, 150, 0], form: ['float32', 'float32', false] },
  { what: 'memory is spared', speed: [270, 140, 240, 0], form: ['float32', 'bfloat16', false] },
  { what: 'there are tiles', speed: [340, 1460, 300, 600], form: ['bfloat16', 'bfloat16', false] },
  { what: 'bytes are fastest', speed: [270, 140, 240, 550], form: ['float32', 'bfloat16', true] },
  { what: 'bytes beat bfloat16', speed: [100, 300, 90, 500], form: ['float32', 'bfloat16', true] },
  {
    what: 'bytes are hardly faster',
    speed: [270, 0, 150, 300],
    form: ['float32', 'float32', false],
  },
])('chooses a form where $what', ({ speed: [float32, bfloat16, mixed, bytes], form }) => {
  const chosen = fastestForm({ float32, bfloat16, mixed, bytes } as ProductSpeed);
  expect([chosen.precision, chosen.storage, chosen.bytes]).toEqual(form);
});
