import { expect, it } from 'vitest';
import { isolated, marked } from './direction.ts';

it('shows what turns the direction of writing, and leaves all else', () => {
  expect(marked('a\u202egnp.exe')).toBe('a\ufffdgnp.exe');
  expect(isolated('\u2067a\u2069\u200f')).toBe('\ufffda\ufffd\ufffd');
  for (const text of ['fund', '基金', '\u05d0\u05d1', 'a\u200db']) expect(marked(text)).toBe(text);
});

it('isolates only what is written from the right', () => {
  for (const text of ['fund', '基金', '']) expect(isolated(text)).toBe(text);
  for (const text of ['\u05d0\u05d1', 'a \u0634', '\u{1e900}']) {
    expect(isolated(text)).toBe(`\u2068${text}\u2069`);
  }
});
