import { expect, it } from 'vitest';
import { readSettings } from './settings.ts';

it('reads JSON where it is JSON, else text', () => {
  expect(
    readSettings([
      'r=16',
      'target_modules=all-linear',
      'rank_pattern={"q_proj":4}',
      'use_rslora=true',
    ]),
  ).toEqual({ r: 16, target_modules: 'all-linear', rank_pattern: { q_proj: 4 }, use_rslora: true });
});

it('keeps what stands after the first equals sign', () => {
  expect(readSettings(['target_modules=.*=x'])).toEqual({ target_modules: '.*=x' });
});

it('refuses a word without one', () => {
  expect(() => readSettings(['r16'])).toThrow('--set r16: expected FIELD=VALUE');
});
