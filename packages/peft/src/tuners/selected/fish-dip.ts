/**
 * Fish-Dip (Das et al. 2023, arXiv 2311.03748): the mask follows the training. Every n steps the
 * examples with the highest current loss give the scores, and the top k become the trained entries.
 *   S = the worst share of the samples (3 … 25),   C = top-k of Σ_{j∈S} (∂L_j/∂w_i)²
 * Entries no longer chosen keep what they learned and lose their moments, so in the end more than k
 * entries may differ from the base: the union of all choices.
 */
import * as z from 'zod';
import { described } from '../../described.ts';
import type { LanguageModel } from '../../model/language-model.ts';
import { engine } from '../../tensors/engine.ts';
import type { TrainExample } from '../../trainer/batches.ts';
import { type Adapter, defineTuner, type TrainingRun } from '../tuner.ts';
import { type NamedParameter, parameterPool } from './base-parameters.ts';
import { countFields, sampleFields, savedFields, targetFields } from './config.ts';
import { squared, sumOverGradients } from './gradient-scores.ts';
import { sampleExamples } from './samples.ts';
import { countToKeep, type Scores, selectEntries } from './selection.ts';
import { sparseAdapter } from './sparse-adapter.ts';
import { SparseWeights } from './sparse-weights.ts';

/** Fish-Dip's fields. */
export const fishDipConfig = z.object({
  ...savedFields('FISH_DIP'),
  ...targetFields(),
  ...countFields(0.01),
  ...sampleFields(128),
  update_steps: z
    .int()
    .positive()
    .default(100)
    .apply(described, { en: 'steps between two choices', zh: '两次选择之间的步数' }),
  worst_share: z.number().gt(0).max(1).default(0.1).apply(described, {
    en: 'share of the samples that decides',
    zh: '起决定作用的示例所占的比例',
  }),
  worst_min: z
    .int()
    .positive()
    .default(3)
    .apply(described, { en: 'at least so many of them', zh: '起决定作用的示例至少多少个' }),
  worst_max: z
    .int()
    .positive()
    .default(25)
    .apply(described, { en: 'at most so many of them', zh: '起决定作用的示例最多多少个' }),
});

export type FishDipConfig = z.infer<typeof fishDipConfig>;

defineTuner<FishDipConfig>({
  name: 'fish-dip',
  peftType: 'FISH_DIP',
  family: 'selected',
  paper: 'Das et al. 2023, arXiv 2311.03748',
  parameterCount: {
    en: '⌊keep_ratio · Σ sizes of the target parameters⌋ at a time',
    zh: '同一时刻 ⌊keep_ratio · 目标参数的元素总数⌋',
  },
  startsAtBase: true,
  learningRate: 5e-4,
  config: fishDipConfig,
  attach: attachFishDip,
});

function attachFishDip(model: LanguageModel, config: FishDipConfig): Adapter {
  const pool = parameterPool(model, config);
  const count = countToKeep(pool, config);
  const weights = new SparseWeights(model);
  return sparseAdapter(model, config, weights, {
    begin: async (run) => {
      weights.choose(selectEntries(pool, await worstScores(run, pool, config, 0), count));
    },
    onStep: async ({ step, optimizer, run }) => {
      if (step % config.update_steps !== 0 || step >= run.totalSteps) return;
      const scores = await worstScores(run, pool, config, step);
      weights.choose(selectEntries(pool, scores, count), optimizer);
    },
  });
}

/** Σ of the squared gradients of the examples that the model does worst on now. */
function worstScores(
  run: TrainingRun,
  pool: readonly NamedParameter[],
  config: FishDipConfig,
  step: number,
): Promise<Scores> {
  const worst = worstExamples(run, sampleExamples(run, config.num_samples, step), config);
  const passes = worst.map((example) => () => run.loss([example]));
  return sumOverGradients(pool, passes, squared);
}

/** The examples of the highest loss; of equal losses the earlier one. */
function worstExamples(
  run: TrainingRun,
  examples: readonly TrainExample[],
  { worst_share, worst_min, worst_max }: FishDipConfig,
): readonly TrainExample[] {
  const { tf } = engine();
  const wanted = Math.floor(worst_share * examples.length);
  const count = Math.min(examples.length, worst_max, Math.max(worst_min, wanted));
  return examples
    .map((example) => ({
      example,
      loss: tf.tidy(() => run.loss([example]).dataSync()[0] as number),
    }))
    .sort((a, b) => b.loss - a.loss)
    .slice(0, count)
    .map(({ example }) => example);
}
