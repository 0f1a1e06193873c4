import { expect, it, vi } from 'vitest';

// The browser's own store, where the page keeps the language that was chosen.
vi.stubGlobal('localStorage', { getItem: () => 'en' });
const { ago, bytes, duration } = await import('./format.ts');

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [1234, '1.2 kB'],
  [999_400, '999 kB'],
  [999_950, '1 MB'],
  [999_999_999, '1 GB'],
  [5e15, '5,000 TB'],
])('%d bytes are %s', (value, text) => expect(bytes(value)).toBe(text));

it.each([
  [0.4, '<1 ms'],
  [999.4, '999 ms'],
  [999.7, '1.0 s'],
  [59_949, '59.9 s'],
  [59_960, '1 min 0 s'],
  [3_599_600, '1 h 0 min'],
])('%d milliseconds are %s', (value, text) => expect(duration(value)).toBe(text));

it.each([
  [59, '59 seconds ago'],
  [59.7, '1 minute ago'],
  [3590, '1 hour ago'],
  [86_300, 'yesterday'],
])('%d seconds before is %s', (seconds, text) => {
  const now = Date.UTC(2025, 0, 31, 12);
  expect(ago(new Date(now - seconds * 1000).toISOString(), now)).toBe(text);
});
