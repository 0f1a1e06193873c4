import { expect, it } from 'vitest';
import { suggest } from './suggest.ts';

const commands = ['setup', 'serve', 'doctor', 'train sql'];

it.each([
  ['sevre', 'serve'],
  ['doctro', 'doctor'],
  ['train sq', 'train sql'],
  ['setup', 'setup'],
])('%s is taken for %s', (word, expected) => {
  expect(suggest(word, commands)).toBe(expected);
});

it('a word that is like none is left alone', () => {
  expect(suggest('classify', commands)).toBeNull();
  expect(suggest('x', [])).toBeNull();
});
