/**
 * The diagonal of the Fisher information, estimated from training examples (chapter eq. 4.8):
 *   F_i = 1/N Σ_j (∂ log p(Y_j | X_j) / ∂w_i)²
 * log p is the mean over an example's labelled tokens. 'empirical' takes the labels of the data,
 * 'expected' draws them from the model (Sung et al. 2021, eq. 3). Groups of more than one example
 * square the gradient of the group's mean loss: cheaper, and no longer the Fisher information.
 */
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import * as z from 'zod';
import { described } from '../../described.ts';
import { hiddenRows, type LanguageModel, logits } from '../../model/language-model.ts';
import { packSequences } from '../../model/packing.ts';
import { crossEntropySum } from '../../tensors/cross-entropy.ts';
import { engine } from '../../tensors/engine.ts';
import { type Random, seededRandom } from '../../tensors/random.ts';
import type { TrainExample } from '../../trainer/batches.ts';
import type { TrainingRun } from '../tuner.ts';
import type { NamedParameter } from './base-parameters.ts';
import { squared, sumOverGradients } from './gradient-scores.ts';
import { inGroups, sampleExamples } from './samples.ts';
import type { Scores } from './selection.ts';

/** How the Fisher information is estimated. */
export const fisherFields = {
  num_samples: z.int().positive().default(128).apply(described, {
    en: 'training examples that scores are computed on',
    zh: '用来计算分数的训练示例数',
  }),
  fisher: z.enum(['empirical', 'expected']).default('empirical').apply(described, {
    en: "labels of the data, or drawn from the model's own distribution",
    zh: '使用数据的标签，或从模型自身的分布中抽取标签',
  }),
  fisher_batch_size: z.int().positive().default(1).apply(described, {
    en: 'examples whose mean gradient is squared: 1 is the Fisher information',
    zh: '梯度先平均再平方的示例数：为 1 时即 Fisher 信息',
  }),
};

export interface FisherRule {
  readonly num_samples: number;
  readonly fisher: 'empirical' | 'expected';
  readonly fisher_batch_size: number;
}

/** Proportional to F for every entry of the pool. */
export function fisherScores(
  run: TrainingRun,
  pool: readonly NamedParameter[],
  rule: FisherRule,
): Promise<Scores> {
  const samples = sampleExamples(run, rule.num_samples);
  const random = seededRandom(run.config.seed);
  const passes = inGroups(samples, rule.fisher_batch_size).map(
    (group) => () =>
      rule.fisher === 'empirical' ? run.loss(group) : lossOfDrawnLabels(run.model, group, random),
  );
  return sumOverGradients(pool, passes, squared);
}

/** Mean cross-entropy of labels drawn from the model at the labelled positions. */
function lossOfDrawnLabels(
  model: LanguageModel,
  examples: readonly TrainExample[],
  random: Random,
): Scalar {
  const { tf } = engine();
  const packed = packSequences(examples.map(({ ids }) => ids.slice(0, -1)));
  const rows: number[] = [];
  let start = 0;
  for (const { ids, labelStart } of examples) {
    for (let t = Math.max(1, labelStart); t < ids.length; t++) rows.push(start + t - 1);
    start += ids.length - 1;
  }
  const scores = logits(model, hiddenRows(model, packed, rows));
  const labels = drawLabels(scores, random);
  return tf.div(crossEntropySum(scores, labels), rows.length) as Scalar;
}

/** One label for each row of logits[N, V], int32. */
function drawLabels(scores: Tensor, random: Random): Tensor {
  const { tf } = engine();
  const [rows, vocabulary] = scores.shape as [number, number];
  const values = scores.dataSync();
  const labels = Int32Array.from({ length: rows }, (_, row) =>
    draw(values.subarray(row * vocabulary, (row + 1) * vocabulary) as Float32Array, random),
  );
  return tf.tensor1d(labels, 'int32');
}

function draw(row: Float32Array, random: Random): number {
  const most = row.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY);
  const weights = row.map((value) => Math.exp(value - most));
  let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  const label = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return label === -1 ? row.length - 1 : label;
}
