import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../tensors/random.ts';
import { topEntries } from './top-entries.ts';

/** The same by sorting all entries. */
function sorted(scores: readonly Float32Array[], count: number, sign: number): number[][] {
  const all = scores.flatMap((array, a) => [...array].map((score, i) => ({ a, i, score })));
  const kept = all.sort((x, y) => sign * (y.score - x.score)).slice(0, count);
  return scores.map((_, a) =>
    kept
      .filter((entry) => entry.a === a)
      .map(({ i }) => i)
      .sort((x, y) => x - y),
  );
}

describe('topEntries', () => {
  it.each(['largest', 'smallest'] as const)('agrees with a stable sort, %s first', (best) => {
    const random = seededRandom(5);
    for (let round = 0; round < 40; round++) {
      // Few distinct values, some far apart in magnitude: many ties, every digit in use.
      const draw = (): number =>
        random.integer(7) === 0 ? 0 : random.normal() * 10 ** (random.integer(20) - 10);
      const values = Array.from({ length: 30 }, draw);
      const scores = [40, 1, 0, 25].map((length) =>
        Float32Array.from({ length }, () => values[random.integer(30)] as number),
      );
      const count = random.integer(67);
      const found = topEntries(scores, count, best).map((indices) => [...indices]);
      expect(found).toEqual(sorted(scores, count, best === 'largest' ? 1 : -1));
    }
  });

  it('takes −0 and 0 for equal', () => {
    const found = topEntries([Float32Array.of(-0, 0, -1, -0)], 2);
    expect(found.map((indices) => [...indices])).toEqual([[0, 1]]);
  });

  it('refuses a score that is not a number', () => {
    expect(() => topEntries([Float32Array.of(1, Number.NaN)], 1)).toThrow(/not a finite number/);
  });
});
