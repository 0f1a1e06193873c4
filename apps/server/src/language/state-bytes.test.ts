import { expect, it } from 'vitest';
import { readStates, writtenStates } from './state-bytes.ts';

it('states come back as they were, none of them too', () => {
  const states = [Float32Array.of(1.5, -2e-30, 3), Float32Array.of(0, 4, Number.MAX_VALUE)];
  expect(readStates(writtenStates(states))).toEqual(states);
  expect(readStates(writtenStates([]))).toEqual([]);
});
