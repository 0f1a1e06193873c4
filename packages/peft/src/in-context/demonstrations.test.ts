import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexDemonstrations, selectDemonstrations } from './demonstrations.ts';
import { DEFAULT_IN_CONTEXT_TEMPLATE, demonstrationText } from './prompt.ts';
import { cosine, indexTexts, type TextVector } from './text-similarity.ts';
import { words } from './words.ts';

const countTokens = (text: string) => words(text).length;
const pool = [
  { input: 'capital of France', output: 'Paris' },
  { input: 'the capital of France', output: 'Paris' },
  { input: 'the capital of Spain', output: 'Madrid' },
  { input: 'colour of the sky', output: 'blue' },
  { input: 'sum of two and two', output: 'four' },
];
const whole = { budgetTokens: 1000, countTokens };

describe('selectDemonstrations', () => {
  it('shows the most similar last', () => {
    const { chosen, tokens, leftOut } = selectDemonstrations('the capital of Spain?', pool, whole);
    expect(chosen.at(-1)).toBe(pool[2]);
    expect(chosen.at(-2)).toBe(pool[1]);
    expect(chosen).toHaveLength(5);
    expect(leftOut).toEqual([]);
    expect(tokens).toBe(
      pool.reduce(
        (sum, one) => sum + countTokens(demonstrationText(one, DEFAULT_IN_CONTEXT_TEMPLATE)),
        0,
      ),
    );
  });

  it('does not show the same thing twice when it is to be diverse', () => {
    const query = 'the capital of France, then the sky';
    const options = { ...whole, count: 2 };
    const similar = selectDemonstrations(query, pool, options);
    expect(similar.chosen).toEqual([pool[0], pool[1]]);
    const diverse = selectDemonstrations(query, pool, { ...options, ranking: 'diverse' });
    expect(diverse.chosen).toEqual([pool[3], pool[1]]);
    const relevant = selectDemonstrations(query, pool, {
      ...options,
      ranking: 'diverse',
      relevance: 1,
    });
    expect(relevant).toEqual(similar);
  });

  it('draws at random by the seed', () => {
    const draw = (seed: number) =>
      selectDemonstrations('', pool, { ...whole, ranking: 'random', count: 3, seed }).chosen;
    expect(draw(1)).toEqual(draw(1));
    const sets = new Set(Array.from({ length: 20 }, (_, seed) => JSON.stringify(draw(seed))));
    expect(sets.size).toBeGreaterThan(10);
  });

  it('passes over one that is too long, and says so', () => {
    const long = { input: `the capital of Spain ${'very '.repeat(50)}far`, output: 'Madrid' };
    const { chosen, tokens, leftOut } = selectDemonstrations(
      'very, very far from the capital of Spain',
      [long, ...pool],
      { budgetTokens: 14, countTokens, count: 1 },
    );
    expect(chosen).toEqual([pool[2]]);
    expect(tokens).toBe(7);
    expect(leftOut[0]).toEqual({ index: 0, reason: 'budget' });
    expect(leftOut.slice(1).every(({ reason }) => reason === 'count')).toBe(true);
  });

  it('counts what a chat template adds', () => {
    const options = { ...whole, budgetTokens: 24, overheadTokens: 5 };
    const { chosen, tokens } = selectDemonstrations('capital of France', pool, options);
    expect(chosen).toEqual([pool[1], pool[0]]);
    expect(tokens).toBe(6 + 7 + 2 * 5);
  });

  it('is maximal marginal relevance, when it is to be diverse', () => {
    const text = fc.stringMatching(/^[abc]{1,3}( [abc]{1,3}){0,4}$/);
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 7 }), text, (inputs, query) => {
        const { vectors, vector } = indexTexts(inputs);
        const chosen: number[] = [];
        while (chosen.length < Math.min(3, inputs.length)) {
          const gains = vectors.map((one, at) => {
            if (chosen.includes(at)) return Number.NEGATIVE_INFINITY;
            const repeated = chosen.map((other) => cosine(vectors[other] as TextVector, one));
            return 0.6 * cosine(vector(query), one) - (1 - 0.6) * Math.max(0, ...repeated);
          });
          chosen.push(gains.indexOf(Math.max(...gains)));
        }
        const list = inputs.map((input, at) => ({ input, output: String(at) }));
        const options = { ...whole, ranking: 'diverse' as const, relevance: 0.6, count: 3 };
        const selected = selectDemonstrations(query, list, options).chosen;
        expect(selected.map(({ output }) => Number(output)).sort()).toEqual(chosen.sort());
      }),
    );
  });

  it('accounts for every demonstration within the budget, under every ranking', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), maxLength: 20 });
    const demonstrations = fc.array(fc.record({ input: text, output: text }), { maxLength: 8 });
    const ranking = fc.constantFrom('similarity' as const, 'diverse' as const, 'random' as const);
    const count = fc.integer({ min: 0, max: 8 });
    fc.assert(
      fc.property(
        demonstrations,
        text,
        ranking,
        fc.nat(40),
        count,
        (list, query, how, budgetTokens, count) => {
          const asked: string[] = [];
          const counting = (one: string) => asked.push(one) && countTokens(one);
          const options = { ranking: how, budgetTokens, countTokens: counting, count };
          const { chosen, tokens, leftOut } = selectDemonstrations(
            query,
            indexDemonstrations(list),
            options,
          );
          expect(tokens).toBeLessThanOrEqual(budgetTokens);
          expect(chosen.length).toBeLessThanOrEqual(count);
          expect(asked.length).toBeLessThanOrEqual(list.length);
          const out = new Set(leftOut.map(({ index }) => index));
          expect(out.size).toBe(leftOut.length);
          const kept = list.filter((_, index) => !out.has(index));
          expect(new Set(chosen)).toEqual(new Set(kept));
          expect(chosen).toHaveLength(kept.length);
        },
      ),
    );
  });
});
