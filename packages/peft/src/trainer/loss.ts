/**
 * Cross-entropy of the labelled tokens of packed examples. Only rows that predict a label reach the
 * last feed-forward layer and the vocabulary projection.
 */
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { PeftError } from '../errors.ts';
import { hiddenRows, type LanguageModel, logits } from '../model/language-model.ts';
import { packSequences } from '../model/packing.ts';
import { crossEntropySum } from '../tensors/cross-entropy.ts';
import { engine } from '../tensors/engine.ts';
import { microBatches, type TrainExample } from './batches.ts';
import { checkExamples } from './check-examples.ts';

/** Labelled tokens of an example: the token at position 0 is never predicted. */
export function labelCount({ ids, labelStart }: TrainExample): number {
  return Math.max(0, ids.length - Math.max(1, labelStart));
}

/** Labelled tokens of several examples. */
export function labelCounts(examples: readonly TrainExample[]): number {
  return examples.reduce((sum, example) => sum + labelCount(example), 0);
}

/** Σ −log p(label) over the labelled tokens of all examples, divided by `norm`. */
export function packedLoss(
  model: LanguageModel,
  examples: readonly TrainExample[],
  norm: number,
): Scalar {
  const { tf } = engine();
  const { scores, labels } = labelledScores(model, examples);
  return tf.div(crossEntropySum(scores, labels), norm) as Scalar;
}

/** How well a model predicts the labelled tokens of examples that it was not trained on. */
export interface HeldOut {
  /** Mean cross-entropy. */
  readonly loss: number;
  /** Share of the tokens that are the likeliest one, given the true tokens before. */
  readonly accuracy: number;
}

/**
 * Evaluates without gradients, a few examples at a time.
 * @throws PeftError 'bad-config' when no example has a labelled token, 'mismatch' for ids outside the
 *   vocabulary or examples beyond the context
 */
export function evaluateHeldOut(
  model: LanguageModel,
  examples: readonly TrainExample[],
  tokensAtOnce = 1400,
): HeldOut {
  const { tf } = engine();
  checkExamples(model, examples, () => true);
  const count = labelCounts(examples);
  if (count === 0) {
    throw new PeftError('bad-config', {
      en: `none of the ${examples.length} examples has a labelled token to predict`,
      zh: `${examples.length} 个样本中没有一个带标签的词元可供预测`,
    });
  }
  let loss = 0;
  let right = 0;
  // One without tokens predicts nothing, and has no row to read.
  const some = examples.filter(({ ids }) => ids.length > 0);
  for (const batch of microBatches(some, tokensAtOnce)) {
    tf.tidy(() => {
      const { scores, labels } = labelledScores(model, batch);
      loss += crossEntropySum(scores, labels).dataSync()[0] as number;
      right += tf.sum(tf.equal(tf.argMax(scores, -1), labels)).dataSync()[0] as number;
    });
  }
  return { loss: loss / count, accuracy: right / count };
}

/** Logits [M, V] before each of the M labelled tokens, and these tokens [M]. */
function labelledScores(
  model: LanguageModel,
  examples: readonly TrainExample[],
): { scores: Tensor; labels: Tensor } {
  const { tf } = engine();
  // The last token predicts nothing: its row is left out.
  const packed = packSequences(
    examples.map(({ ids }) => ids.slice(0, -1)),
    examples.some(({ tag }) => tag !== undefined) ? examples.map(({ tag = 0 }) => tag) : undefined,
  );
  const rows: number[] = [];
  const labels: number[] = [];
  let start = 0;
  for (const { ids, labelStart } of examples) {
    for (let t = Math.max(1, labelStart); t < ids.length; t++) {
      rows.push(start + t - 1);
      labels.push(ids[t] as number);
    }
    start += ids.length - 1;
  }
  const scores = logits(model, hiddenRows(model, packed, rows));
  return { scores, labels: tf.tensor1d(labels, 'int32') };
}
