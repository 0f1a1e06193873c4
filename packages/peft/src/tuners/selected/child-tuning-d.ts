/**
 * Child-Tuning_D (Xu et al. 2021, arXiv 2109.05687; chapter eq. 4.5, 4.6, 4.8): the child network is
 * the share p_D of the block parameters with the largest Fisher information; only it is trained.
 *   w ← w − η·(∂L/∂w ⊙ M),   M_i = 1 where F_i is among the top p_D
 * The paper and the chapter take the Fisher information of single examples; the authors' code
 * squares the gradients of batches, which `fisher_batch_size` above 1 does here. Their code trains
 * embedding and head in full beside the mask; here they stay frozen, as golden vectors have it.
 */
import * as z from 'zod';
import { defineTuner } from '../tuner.ts';
import { countFields, EVERY_BLOCK, savedFields, targetFields } from './config.ts';
import { fisherFields, fisherScores } from './fisher.ts';
import { scoredAdapter } from './sparse-adapter.ts';

/** Child-Tuning_D's fields; `keep_ratio` is p_D. */
export const childTuningDConfig = z.object({
  ...savedFields('CHILD_TUNING_D'),
  ...targetFields(EVERY_BLOCK),
  ...countFields(0.3),
  ...fisherFields,
});

export type ChildTuningDConfig = z.infer<typeof childTuningDConfig>;

defineTuner<ChildTuningDConfig>({
  name: 'child-tuning-d',
  peftType: 'CHILD_TUNING_D',
  family: 'selected',
  paper: 'Xu et al. 2021, arXiv 2109.05687',
  parameterCount: {
    en: '⌊p_D · Σ sizes of the target parameters⌋',
    zh: '⌊p_D · 目标参数的元素总数⌋',
  },
  startsAtBase: true,
  learningRate: 1e-4,
  config: childTuningDConfig,
  attach: (model, config) =>
    scoredAdapter(model, config, (run, pool) => fisherScores(run, pool, config)),
});
