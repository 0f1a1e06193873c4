import { expect, it } from 'vitest';
import { byteSize } from './byte-size.ts';

it.each([
  [0, '0 B'],
  [300, '300 B'],
  [999, '999 B'],
  [200_000, '200 kB'],
  [999_499, '999 kB'],
  [999_999, '1 MB'],
  [1_250_000_000, '1.25 GB'],
  [20e9, '20 GB'],
  [5e15, '5000 TB'],
])('%d bytes are %s', (bytes, text) => expect(byteSize(bytes)).toBe(text));
