import { describe, expect, it } from 'vitest';
import { lookUp, type Place } from './prompt-lookup.ts';

describe('lookUp', () => {
  const found = (tokens: readonly number[], near = 0, most = 4): Place[] => [
    ...lookUp(tokens, near, most),
  ];

  it('puts the place with the longest repeated beginning first, and says how long that is', () => {
    // 1 2 3 stands at the end; before, 3 alone is followed by 7, and 2 3 by 8.
    expect(found([3, 7, 5, 2, 3, 8, 1, 2, 3], 9)).toEqual([
      { at: 5, length: 2 },
      { at: 1, length: 1 },
    ]);
  });

  it('of several places takes the one that comes soonest after the last draft', () => {
    const tokens = [4, 1, 4, 2, 4, 3, 4];
    expect(found(tokens, 4, 1)).toEqual([{ at: 5, length: 1 }, ...after(4, 7)]);
    expect(found(tokens, 0, 1)).toEqual([{ at: 1, length: 1 }, ...after(0, 6)]);
  });

  it('goes on a little after the last draft where nothing is repeated', () => {
    expect(found([1, 2, 3, 4], 1)).toEqual(after(1, 4));
  });

  const after = (near: number, end: number): Place[] =>
    Array.from({ length: end - near }, (_, i) => ({ at: near + i, length: 0 }));
});
