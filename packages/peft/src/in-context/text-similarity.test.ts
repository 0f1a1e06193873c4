import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosine, indexTexts } from './text-similarity.ts';
import { words } from './words.ts';

describe('words', () => {
  it.each([
    ["Don't stop: 3.5%", ['don', 't', 'stop', '3', '5']],
    ['基金经理 ABC', ['基', '金', '经', '理', 'abc']],
    ['naïve CAFE\u0301', ['naïve', 'cafe\u0301']],
    [' …', []],
  ])('%j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });
});

describe('indexTexts', () => {
  it('weighs as its header says', () => {
    const { vectors } = indexTexts(['aa', 'aa bb']);
    // Both texts have aa and the run ' aa '; one has bb, the pair and three more runs.
    const rare = Math.log(3 / 2) + 1;
    const length = Math.hypot(1, 0.5, rare, rare, 0.5 * rare, 0.5 * rare, 0.5 * rare);
    expect([...(vectors[0] as Map<string, number>)]).toEqual([
      ['aa', 1 / Math.hypot(1, 0.5)],
      ['# aa ', 0.5 / Math.hypot(1, 0.5)],
    ]);
    expect(vectors[1]?.get('aa')).toBeCloseTo(1 / length, 12);
    expect(vectors[1]?.get('aa bb')).toBeCloseTo(rare / length, 12);
  });

  it('finds the text in other words and spellings', () => {
    const texts = [
      'How many funds does a manager run?',
      'List all bonds',
      '每个基金经理管理多少基金',
    ];
    const { vectors, vector } = indexTexts(texts);
    const nearest = (query: string) => {
      const likeness = vectors.map((one) => cosine(vector(query), one));
      return likeness.indexOf(Math.max(...likeness));
    };
    expect(nearest('fund managing')).toBe(0);
    expect(nearest('Which bond?')).toBe(1);
    expect(nearest('基金经理')).toBe(2);
  });

  it('is symmetric, at most 1, and 1 for a text itself', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '金', '1'), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), text, (texts, query) => {
        const { vectors, vector } = indexTexts(texts);
        for (const [i, one] of vectors.entries()) {
          const likeness = cosine(vector(query), one);
          expect(likeness).toBeCloseTo(cosine(one, vector(query)), 12);
          expect(likeness).toBeGreaterThanOrEqual(0);
          expect(likeness).toBeLessThanOrEqual(1 + 1e-12);
          const own = cosine(vector(texts[i] as string), one);
          expect(own).toBeCloseTo(words(texts[i] as string).length > 0 ? 1 : 0, 12);
        }
      }),
    );
  });
});
