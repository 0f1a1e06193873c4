import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likest, rougeL, rougeLOfWords } from './rouge.ts';

/** Longest common subsequence by trying every subsequence of the left. */
function longestByTrial(left: readonly string[], right: readonly string[]): number {
  let longest = 0;
  for (let mask = 0; mask < 1 << left.length; mask++) {
    const picked = left.filter((_, i) => mask & (1 << i));
    let at = 0;
    for (const word of right) if (word === picked[at]) at++;
    if (at === picked.length) longest = Math.max(longest, at);
  }
  return longest;
}

const list = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 7 });

describe('rougeL', () => {
  it.each([
    // The example of Lin (2004), §3.1.
    ['police kill the gunman', 'police killed the gunman', 3 / 4],
    ['the gunman kill police', 'police killed the gunman', 2 / 4],
    ['Write a poem.', 'write a poem', 1],
    ['列出所有基金', '列出所有债券基金', 12 / 14],
    ['', 'a', 0],
  ])('%j, %j', (left, right, expected) => {
    expect(rougeL(left, right)).toBeCloseTo(expected, 12);
  });

  it('agrees with trying every subsequence', () => {
    fc.assert(
      fc.property(list, list, (left, right) => {
        const expected = (2 * longestByTrial(left, right)) / (left.length + right.length);
        expect(rougeLOfWords(left, right)).toBeCloseTo(expected, 12);
      }),
    );
  });
});

describe('likest', () => {
  it('is the first of the best that reach the threshold', () => {
    fc.assert(
      fc.property(
        list,
        fc.array(list, { maxLength: 6 }),
        fc.constantFrom(0, 0.5, 0.7, 1),
        (text, entries, threshold) => {
          const scores = entries.map((entry) => rougeLOfWords(text, entry));
          const best = Math.max(...scores);
          const expected = best >= threshold ? { index: scores.indexOf(best), score: best } : null;
          expect(likest(text, entries, threshold)).toEqual(expected);
        },
      ),
    );
  });
});
