import { type LanguageModel, loadEngine } from '@quaestor/peft';
import { tinyModel } from '@quaestor/peft/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meanBias } from './label-bias.ts';
import { labelLogLikelihoods } from './label-log-likelihoods.ts';
import { labelScorer } from './label-scorer.ts';
import { labelProbabilities } from './normalise.ts';

let model: LanguageModel;
beforeAll(async () => {
  await loadEngine();
  model = tinyModel();
});
afterAll(() => model.dispose());

const words = ['Good', 'Very good', 'Bad'];
const notes = ['The size is 5.', 'The size is 7.', 'The size is large.'];
const asked = { question: 'How is it?', words };

describe('labelScorer', () => {
  const raw = (texts: readonly string[]) =>
    labelLogLikelihoods(
      model,
      texts.map((text) => [...new TextEncoder().encode(text)]),
      words.map((word) => [...new TextEncoder().encode(` ${word}`)]),
      { tokens: 'all' },
    );
  const prompts = notes.map((note) => `${note}\n\nHow is it? Answer:`);

  it('divides by the length in tokens or in bytes', () => {
    const expected = raw(prompts);
    for (const [normalise, lengths] of [
      ['none', [1, 1, 1]],
      ['tokens', [5, 10, 4]],
      ['bytes', [4, 9, 3]],
    ] as const) {
      const scores = labelScorer({ ...asked, model, tokens: 'all', normalise })(notes);
      for (const [i, row] of scores.entries()) {
        for (const [k, score] of row.entries()) {
          expect(score).toBeCloseTo((expected[i]?.[k] ?? 0) / (lengths[k] as number), 4);
        }
      }
    }
  });

  it('takes away what the question alone says: PMI-DC', () => {
    const [domain = []] = raw(['How is it? Answer:']);
    const expected = raw(prompts).map((row) => row.map((score, k) => score - (domain[k] ?? 0)));
    const options = { model, tokens: 'all', calibration: 'pmi-dc' } as const;
    const scores = labelScorer({ ...asked, ...options })(notes);
    for (const [i, row] of scores.entries()) {
      for (const [k, score] of row.entries()) expect(score).toBeCloseTo(expected[i]?.[k] ?? 0, 4);
    }
  });

  it('leaves no leaning on the rows that it was found on: contextual, batch', () => {
    const contentFree = ['The size is N/A.', 'The size is .'];
    const options = { ...asked, model, contentFree } as const;
    const contextual = labelScorer({ ...options, calibration: 'contextual' });
    const plain = labelScorer({ ...options })(contentFree);
    const bias = meanBias(plain);
    for (const [i, row] of contextual(contentFree).entries()) {
      for (const [k, score] of row.entries()) {
        expect(score).toBeCloseTo((plain[i]?.[k] ?? 0) - (bias[k] ?? 0), 5);
      }
    }
    const batch = labelScorer({ ...options, calibration: 'batch' });
    const first = batch(notes);
    const means = [0, 1, 2].map((k) => {
      const p = labelProbabilities(labelScorer(options)(notes));
      return [0, 1, 2].reduce((sum, i) => sum + (p[3 * i + k] as number), 0) / 3;
    });
    expect(first[0]?.[0]).toBeCloseTo(
      (labelScorer(options)(notes)[0]?.[0] ?? 0) - Math.log(means[0] as number),
      5,
    );
    // Found once: other rows do not move it.
    expect(batch(notes.slice(0, 1))[0]?.[0]).toBeCloseTo(first[0]?.[0] ?? 0, 5);
  });

  it('refuses what it cannot do', () => {
    const options = { ...asked, model, calibration: 'contextual' } as const;
    expect(() => labelScorer(options)).toThrow(/rows without content/);
    expect(() => labelScorer({ ...asked, model: { ...model, tokenizer: null } })).toThrow(
      /no tokenizer/,
    );
  });
});
