/**
 * Cross-entropy of the labelled tokens of packed examples. Only rows that predict a label reach the
 * last feed-forward layer and the vocabulary projection.
 */
import type { Scalar } from '@tensorflow/tfjs';
import { hiddenRows, type LanguageModel, logits } from '../model/language-model.ts';
import { packSequences } from '../model/packing.ts';
import { crossEntropySum } from '../tensors/cross-entropy.ts';
import { engine } from '../tensors/engine.ts';
import { microBatches, type TrainExample } from './batches.ts';

/** Labelled tokens of an example: the token at position 0 is never predicted. */
export function labelCount({ ids, labelStart }: TrainExample): number {
  return Math.max(0, ids.length - Math.max(1, labelStart));
}

/** Σ −log p(label) over the labelled tokens of all examples, divided by `norm`. */
export function packedLoss(
  model: LanguageModel,
  examples: readonly TrainExample[],
  norm: number,
): Scalar {
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
  const hidden = hiddenRows(model, packed, rows);
  const sum = crossEntropySum(logits(model, hidden), tf.tensor1d(labels, 'int32'));
  return tf.div(sum, norm) as Scalar;
}

/** Mean cross-entropy of the labelled tokens of all examples, a few at a time, without gradients. */
export function heldOutLoss(
  model: LanguageModel,
  examples: readonly TrainExample[],
  tokensAtOnce = 1400,
): number {
  const { tf } = engine();
  const labelled = examples.reduce((sum, example) => sum + labelCount(example), 0);
  return microBatches(examples, tokensAtOnce).reduce(
    (sum, some) => sum + (tf.tidy(() => packedLoss(model, some, labelled).dataSync()[0]) as number),
    0,
  );
}
