import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { fitTextMeanings } from './fit-text-meanings.ts';
import { meaningOf, type TextMeanings } from './text-meanings.ts';

const random = seededRandom(5);
/** Around a common state, along two directions of which the first counts more. */
const [first, second] = [0, 1].map(() => Array.from({ length: 20 }, () => random.normal()));
const places = Array.from({ length: 60 }, () => [3 * random.normal(), random.normal()] as const);
const states = places.map(([a, b]) =>
  Float32Array.from({ length: 20 }, (_, j) => 5 + a * (first?.[j] ?? 0) + b * (second?.[j] ?? 0)),
);

function learned(rows: readonly Float32Array[], columns = 1): TextMeanings {
  const meanings = fitTextMeanings('tiny', rows, columns);
  if (meanings === null) throw new Error('nothing was learned');
  return meanings;
}

describe('meanings of texts', () => {
  it('lie around 0, apart along the directions in which states differ', () => {
    const meanings = learned(states);
    const rows = states.map((state) => meaningOf(meanings, state));
    const count = meanings.centre.length;
    const squares = Array.from({ length: count }, (_, t) => {
      const mean = rows.reduce((sum, row) => sum + (row[t] as number), 0) / rows.length;
      expect(mean).toBeCloseTo(0, 3);
      return rows.reduce((sum, row) => sum + (row[t] as number) ** 2, 0) / rows.length;
    });
    expect(squares.reduce((sum, square) => sum + square, 0)).toBeCloseTo(2, 2);
    expect(squares).toEqual([...squares].sort((a, b) => b - a));
    // Two directions give all there is.
    expect(squares.slice(2).every((square) => square < 1e-4)).toBe(true);
  });

  it('do not depend on how far a state lies from the mean', () => {
    const meanings = learned(states);
    const [state] = states as [Float32Array];
    const farther = state.map((entry, j) => {
      const mean = meanings.mean[j] as number;
      return mean + 3 * (entry - mean);
    });
    const [near, far] = [meaningOf(meanings, state), meaningOf(meanings, farther)];
    for (const [t, entry] of near.entries()) expect(far[t]).toBeCloseTo(entry, 4);
    const middle = meaningOf(meanings, meanings.mean);
    for (const [t, entry] of middle.entries()) {
      expect(entry).toBeCloseTo(-(meanings.centre[t] as number), 12);
    }
  });

  it('have fewer directions each where a table has many columns of text', () => {
    const wide = Array.from({ length: 80 }, () =>
      Float32Array.from({ length: 50 }, () => random.normal()),
    );
    const directions = (columns: number) => learned(wide, columns).centre.length;
    expect([1, 4, 100].map(directions)).toEqual([32, 24, 8]);
  });

  it('are none of few texts, or of texts that are the same to the model', () => {
    expect(fitTextMeanings('tiny', states.slice(0, 7))).toBeNull();
    expect(fitTextMeanings('tiny', [])).toBeNull();
    const same = Array.from({ length: 30 }, () => Float32Array.from([1, 2, 3]));
    expect(fitTextMeanings('tiny', same)).toBeNull();
  });
});
