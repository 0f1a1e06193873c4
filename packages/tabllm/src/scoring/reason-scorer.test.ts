import { type LanguageModel, loadEngine } from '@quaestor/peft';
import { tinyModel } from '@quaestor/peft/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelLogLikelihoods } from './label-log-likelihoods.ts';
import { reasonScorer } from './reason-scorer.ts';

let model: LanguageModel;
beforeAll(async () => {
  await loadEngine();
  model = tinyModel();
});
afterAll(() => model.dispose());

const encode = (text: string) => [...new TextEncoder().encode(text)];

/** log p(text | prompt). */
function likelihood(prompt: string, text: string): number {
  const [[score = 0] = []] = labelLogLikelihoods(model, [encode(prompt)], [encode(text)], {
    tokens: 'all',
  });
  return score;
}

describe('reasonScorer', () => {
  const score = () => reasonScorer({ model, question: 'Old?', words: ['No', 'Yes'] });

  it('scores values as what follows a label, [values][classes]', () => {
    const scores = score()('age', ['low', 'high']);
    for (const [v, value] of ['low', 'high'].entries()) {
      for (const [k, word] of ['No', 'Yes'].entries()) {
        const expected = likelihood(`Old? Answer: ${word}, because the age is`, ` ${value}.`);
        expect(scores[v]?.[k]).toBeCloseTo(expected, 4);
      }
    }
  });

  it('scores equal values once and says the same of them; of long ones it reads the beginning', () => {
    const long = 'x'.repeat(200);
    const [first, second, third, fourth] = score()('size', ['a  b', ` ${long}`, 'a b', `${long}y`]);
    expect(first).toEqual(third);
    expect(second).toEqual(fourth);
    expect(first).not.toEqual(second);
    expect(score()('size', ['a b'])[0]?.[1]).toBeCloseTo(first?.[1] as number, 4);
  });
});
