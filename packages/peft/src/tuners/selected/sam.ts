/**
 * SAM, the Second-order Approximation Method (Fu et al. 2023, arXiv 2211.15583): the loss that a
 * choice of entries can reach is approximated to second order, and the choice that lowers it most is
 * the one with the largest
 *   s_i = (∇L)_i² / h_i
 * with h a constant diagonal Hessian, so the ranking is that of |∇L| over the samples. Not to be
 * confused with sharpness-aware minimisation.
 *
 * The authors' code ranks within each parameter of the blocks: ranking 'per-parameter' with
 * target_modules 'model\.layers\..*'.
 */
import * as z from 'zod';
import { described } from '../../described.ts';
import { PeftError } from '../../errors.ts';
import type { LanguageModel } from '../../model/language-model.ts';
import { type Adapter, defineTuner, type TrainingRun } from '../tuner.ts';
import { type NamedParameter, parameterPool } from './base-parameters.ts';
import { countFields, sampleFields, savedFields, targetFields } from './config.ts';
import { signed, sumOverGradients } from './gradient-scores.ts';
import { sampleExamples } from './samples.ts';
import { countToKeep, type Scores, selectEntries, selectPerParameter } from './selection.ts';
import { sparseAdapter } from './sparse-adapter.ts';
import { SparseWeights } from './sparse-weights.ts';

/** SAM's fields. */
export const samConfig = z.object({
  ...savedFields('SAM'),
  ...targetFields(),
  ...countFields(0.005),
  ...sampleFields(128),
  ranking: z.enum(['global', 'per-parameter']).default('global').apply(described, {
    en: 'one ranking, or keep_ratio of each parameter',
    zh: '统一排序，或在每个参数中各取 keep_ratio',
  }),
});

export type SamConfig = z.infer<typeof samConfig>;

defineTuner<SamConfig>({
  name: 'sam',
  peftType: 'SAM',
  family: 'selected',
  paper: 'Fu et al. 2023, arXiv 2211.15583',
  parameterCount: {
    en: '⌊keep_ratio · Σ sizes of the target parameters⌋',
    zh: '⌊keep_ratio · 目标参数的元素总数⌋',
  },
  startsAtBase: true,
  learningRate: 5e-4,
  config: samConfig,
  attach: attachSam,
});

function attachSam(model: LanguageModel, config: SamConfig): Adapter {
  const pool = parameterPool(model, config);
  const global = config.ranking === 'global';
  const count = countToKeep(pool, config);
  if (!global && config.keep_count !== null) {
    throw new PeftError('bad-config', {
      en: "keep_count needs ranking 'global'; 'per-parameter' takes keep_ratio",
      zh: "keep_count 需要 ranking 为 'global'；'per-parameter' 使用 keep_ratio",
    });
  }
  const weights = new SparseWeights(model);
  return sparseAdapter(model, config, weights, {
    begin: async (run) => {
      if (weights.chosen) return;
      const scores = await gradientSizes(run, pool, config.num_samples);
      weights.choose(
        global
          ? selectEntries(pool, scores, count)
          : selectPerParameter(pool, scores, config.keep_ratio),
      );
    },
  });
}

/** |Σ_j ∂L_j/∂w|: the weights do not move meanwhile. */
async function gradientSizes(
  run: TrainingRun,
  pool: readonly NamedParameter[],
  samples: number,
): Promise<Scores> {
  const passes = sampleExamples(run, samples).map((example) => () => run.loss([example]));
  const sums = await sumOverGradients(pool, passes, signed);
  return new Map([...sums].map(([name, values]) => [name, values.map(Math.abs)]));
}
