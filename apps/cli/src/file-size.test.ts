import { expect, it } from 'vitest';
import { fileSize } from './file-size.ts';

it.each([
  [46_160, '46.2 kB'],
  [99_999, '100.0 kB'],
  [100_000, '0.1 MB'],
  [19_593_064, '19.6 MB'],
])('%i bytes are %s', (bytes, said) => {
  expect(fileSize(bytes)).toBe(said);
});
