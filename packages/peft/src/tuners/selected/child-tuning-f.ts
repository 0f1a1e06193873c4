/**
 * Child-Tuning_F (Xu et al. 2021, arXiv 2109.05687; chapter eq. 4.6, 4.7): a new random child
 * network at every step. The gradient of each entry is kept with probability p_F and then scaled up,
 * so its expectation stays what it was: noise that regularises small data sets.
 *   g ← g ⊙ M_t / p_F,   M_t ~ Bernoulli(p_F)
 * All parameters are trained and so is their optimizer state: momentum and weight decay move masked
 * entries, too, as in the authors' optimizer.
 */

import type { Tensor } from '@tensorflow/tfjs';
import * as z from 'zod';
import { described } from '../../described.ts';
import type { LanguageModel } from '../../model/language-model.ts';
import { engine } from '../../tensors/engine.ts';
import { type Random, seededRandom } from '../../tensors/random.ts';
import { type Adapter, defineTuner } from '../tuner.ts';
import { parameterPool } from './base-parameters.ts';
import { savedFields, targetFields } from './config.ts';
import { denseAdapter } from './dense-adapter.ts';

/** Child-Tuning_F's fields. */
export const childTuningFConfig = z.object({
  ...savedFields('CHILD_TUNING_F'),
  ...targetFields(),
  reserve_p: z.number().gt(0).max(1).default(0.3).apply(described, {
    en: 'p_F: probability that a gradient is kept',
    zh: 'p_F：保留一个梯度的概率',
  }),
});

export type ChildTuningFConfig = z.infer<typeof childTuningFConfig>;

defineTuner<ChildTuningFConfig>({
  name: 'child-tuning-f',
  peftType: 'CHILD_TUNING_F',
  family: 'selected',
  paper: 'Xu et al. 2021, arXiv 2109.05687',
  parameterCount: { en: 'Σ sizes of the target parameters', zh: '目标参数的元素总数' },
  startsAtBase: true,
  learningRate: 4e-5,
  config: childTuningFConfig,
  attach: attachChildTuningF,
});

function attachChildTuningF(
  model: LanguageModel,
  config: ChildTuningFConfig,
  random: Random,
): Adapter {
  // Each step's masks follow from the seed and its number: a resumed run draws the same ones.
  let seed = random.integer(2 ** 24);
  let step = 0;
  return denseAdapter(model, config, parameterPool(model, config), {
    adjust: (gradients) => {
      const draw = seededRandom(seed * 7919 + step++);
      for (const [name, gradient] of gradients) {
        gradients.set(name, masked(gradient, config.reserve_p, draw));
        gradient.dispose();
      }
    },
    progress: {
      state: () =>
        new Map([['draw', { shape: [2], data: Float32Array.of(seed, step), integers: true }]]),
      load: (state) => {
        [seed = 0, step = 0] = state.get('draw')?.data ?? [];
      },
    },
  });
}

function masked(gradient: Tensor, probability: number, random: Random): Tensor {
  const { tf } = engine();
  const factors = new Float32Array(gradient.size);
  for (let i = 0; i < factors.length; i++) {
    if (random.next() < probability) factors[i] = 1 / probability;
  }
  return tf.tidy(() => tf.mul(gradient, tf.tensor(factors, gradient.shape)));
}
