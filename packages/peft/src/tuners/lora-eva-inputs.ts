/** Covariances of what the adapted layers read on a sample of the training data. */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { PeftError } from '../errors.ts';
import { hiddenRows, logits } from '../model/language-model.ts';
import { packSequences } from '../model/packing.ts';
import { castRaw } from '../tensors/cast.ts';
import { computedValues } from '../tensors/computed-values.ts';
import { engine } from '../tensors/engine.ts';
import { microBatches, type TrainExample } from '../trainer/batches.ts';
import type { LoraLayer } from './lora-layer.ts';
import type { LowRankHook } from './low-rank-hook.ts';
import type { TrainingRun } from './tuner.ts';

/** Tokens that the sample has at least, if there are so many. */
const SAMPLE_TOKENS = 8192;
/** Entries of all covariances that are held at once: 256 MB. */
const HELD_ENTRIES = 64 * 2 ** 20;

/**
 * Runs the sample through the model as often as the memory for covariances needs.
 * @param labelled count only tokens that have a label
 * @param take receives Σ (x − x̄)(x − x̄)ᵀ, row-major [in, in], of each hook with layers, and Σ‖x‖²
 * @throws PeftError 'bad-config' when there are fewer than two such tokens
 */
export function inputCovariances(
  hooks: readonly LowRankHook<LoraLayer>[],
  run: TrainingRun,
  labelled: boolean,
  take: (hook: LowRankHook<LoraLayer>, covariance: Float32Array, energy: number) => void,
): void {
  const counted = ({ ids, labelStart }: TrainExample): number =>
    labelled ? ids.length - labelStart : ids.length;
  const sample: TrainExample[] = [];
  let tokens = 0;
  for (const example of run.random.shuffle(run.examples)) {
    if (tokens >= SAMPLE_TOKENS) break;
    sample.push(example);
    tokens += counted(example);
  }
  if (tokens < 2) {
    throw new PeftError('bad-config', {
      en: `EVA needs at least 2 tokens to count, got ${tokens}`,
      zh: `EVA 至少需要统计 2 个词元，实际为 ${tokens} 个`,
    });
  }
  const passes = microBatches(sample, run.config.micro_batch_tokens);
  for (const some of heldAtOnce(hooks.filter(({ layers }) => layers.length > 0))) {
    const sums = some.map((hook) => observe(hook));
    try {
      for (const pass of passes) {
        const rows = countedRows(pass, labelled);
        engine().tf.tidy(() => {
          for (const sum of sums) sum.rows = engine().tf.tensor1d(rows, 'int32');
          const hidden = hiddenRows(run.model, packSequences(pass.map(({ ids }) => ids)));
          if (run.model.headHook) logits(run.model, hidden);
        });
      }
      for (const [i, hook] of some.entries()) {
        const { covariance, energy } = sums[i] as Sums;
        take(hook, covariance(tokens), energy());
      }
    } finally {
      for (const sum of sums) sum.dispose();
    }
  }
}

interface Sums {
  /** Which rows of the pass in progress count, int32. */
  rows: Tensor | null;
  readonly covariance: (count: number) => Float32Array;
  /** Σ‖x‖² */
  readonly energy: () => number;
  dispose(): void;
}

/** Adds up x·xᵀ and x of a group's inputs until it is disposed. */
function observe(hook: LowRankHook<LoraLayer>): Sums {
  const { tf } = engine();
  const { inputSize } = hook.group;
  let products: Tensor = tf.zeros([inputSize, inputSize]);
  let sum: Tensor = tf.zeros([inputSize]);
  const sums: Sums = {
    rows: null,
    covariance: (count) =>
      computedValues(() => {
        const mean = tf.div(sum, count);
        return tf.sub(products, tf.outerProduct(sum.as1D(), mean.as1D()));
      }),
    energy: () => {
      const [trace = 0] = computedValues(() => tf.sum(tf.mul(products, tf.eye(inputSize))));
      return trace;
    },
    dispose: () => {
      hook.observer = null;
      tf.dispose([products, sum]);
    },
  };
  hook.observer = (x) => {
    const [more, total] = tf.tidy(() => {
      const counted = tf.gather(castRaw(x, 'float32'), sums.rows as never) as Tensor2D;
      const product = tf.matMul(counted, counted, true, false);
      return [
        tf.keep(tf.add(products, product)),
        tf.keep(tf.add(sum, tf.sum(counted, 0))),
      ] as const;
    });
    tf.dispose([products, sum]);
    products = more;
    sum = total;
  };
  return sums;
}

function countedRows(pass: readonly TrainExample[], labelled: boolean): number[] {
  let start = 0;
  return pass.flatMap(({ ids, labelStart }) => {
    const first = labelled ? labelStart : 0;
    const rows = ids.slice(first).map((_, t) => start + first + t);
    start += ids.length;
    return rows;
  });
}

/** Hooks in runs whose covariances fit into memory together. */
function heldAtOnce(
  hooks: readonly LowRankHook<LoraLayer>[],
): readonly (readonly LowRankHook<LoraLayer>[])[] {
  const runs: LowRankHook<LoraLayer>[][] = [];
  let room = 0;
  for (const hook of hooks) {
    const entries = hook.group.inputSize ** 2;
    const current = runs.at(-1);
    if (current && entries <= room) current.push(hook);
    else {
      runs.push([hook]);
      room = HELD_ENTRIES;
    }
    room -= entries;
  }
  return runs;
}
