/**
 * FISH Mask (Sung et al. 2021, arXiv 2111.09839): the k entries of the largest Fisher information
 * (fisher.ts), computed once before training, are trained; the mask stays.
 *   C = top-k of F,   F_i = 1/N Σ_j (∂ log p(y_j | x_j) / ∂w_i)²
 * A language model has no new head, so the head takes part in the ranking as any other parameter.
 */
import * as z from 'zod';
import { defineTuner } from '../tuner.ts';
import { countFields, savedFields, targetFields } from './config.ts';
import { fisherFields, fisherScores } from './fisher.ts';
import { scoredAdapter } from './sparse-adapter.ts';

/** FISH Mask's fields. */
export const fishmaskConfig = z.object({
  ...savedFields('FISHMASK'),
  ...targetFields(),
  ...countFields(0.005),
  ...fisherFields,
});

export type FishmaskConfig = z.infer<typeof fishmaskConfig>;

defineTuner<FishmaskConfig>({
  name: 'fishmask',
  peftType: 'FISHMASK',
  family: 'selected',
  paper: 'Sung et al. 2021, arXiv 2111.09839',
  parameterCount: {
    en: '⌊keep_ratio · Σ sizes of the target parameters⌋',
    zh: '⌊keep_ratio · 目标参数的元素总数⌋',
  },
  startsAtBase: true,
  learningRate: 5e-4,
  config: fishmaskConfig,
  attach: (model, config) =>
    scoredAdapter(model, config, (run, pool) => fisherScores(run, pool, config)),
});
