/** The next token of each stream: the most probable one, or a draw by temperature, top-k and top-p. */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { engine } from '../tensors/engine.ts';
import type { Random } from '../tensors/random.ts';
import { FLOAT32, INT32, rawOp, rawOp1 } from '../tensors/raw-op.ts';

export interface SamplingOptions {
  /** 0 = greedy. */
  readonly temperature: number;
  /** Only the k most probable tokens; 0 = no such limit. */
  readonly topK: number;
  /** Only the fewest tokens whose probabilities reach p; 1 = no such limit. */
  readonly topP: number;
}

// A type, not an interface: tf.tidy passes it through only with an implicit index signature.
export type PickedToken = {
  readonly id: number;
  /** Natural logarithm of its probability at temperature 1. */
  readonly logProbability: number;
};

/** Candidates looked at when only top-p limits: their tail holds next to nothing. */
const NUCLEUS_CANDIDATES = 512;

/** logits[N, V] → one token for each row. */
export function pickTokens(
  logits: Tensor,
  options: SamplingOptions,
  random: Random,
): PickedToken[] {
  const { tf, name } = engine();
  return tf.tidy(() => {
    const logProbabilities =
      name === 'wasm'
        ? tf.logSoftmax(logits as Tensor2D)
        : rawOp1('LogSoftmax', { T: { type: FLOAT32 } }, [logits]);
    if (options.temperature === 0) return greedy(logProbabilities);
    const vocabulary = logits.shape[1] as number;
    const wanted =
      options.topK > 0 ? options.topK : options.topP < 1 ? NUCLEUS_CANDIDATES : vocabulary;
    return draw(logProbabilities, Math.min(wanted, vocabulary), options, random);
  });
}

function greedy(logProbabilities: Tensor): PickedToken[] {
  const { tf } = engine();
  const ids = tf.argMax(logProbabilities, 1).dataSync();
  const best = tf.max(logProbabilities, 1).dataSync();
  return Array.from(ids, (id, i) => ({ id, logProbability: best[i] as number }));
}

function draw(
  logProbabilities: Tensor,
  k: number,
  { temperature, topP }: SamplingOptions,
  random: Random,
): PickedToken[] {
  const [values, ids] = largest(logProbabilities, k);
  const rows = logProbabilities.shape[0] as number;
  return Array.from({ length: rows }, (_, row) => {
    const logs = values.subarray(row * k, (row + 1) * k);
    const top = logs[0] as number;
    const weights = Array.from(logs, (log) => Math.exp((log - top) / temperature));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let kept = 0;
    let mass = 0;
    while (kept < k && (kept === 0 || mass < topP * total)) mass += weights[kept++] as number;
    let left = random.next() * mass;
    let chosen = 0;
    while (chosen < kept - 1 && left >= (weights[chosen] as number))
      left -= weights[chosen++] as number;
    return { id: ids[row * k + chosen] as number, logProbability: logs[chosen] as number };
  });
}

/** The k largest of each row in descending order, and where they stand. */
function largest(x: Tensor, k: number): [Float32Array, Int32Array] {
  const { tf, name } = engine();
  if (name === 'wasm') {
    const { values, indices } = tf.topk(x, k, true);
    return [values.dataSync() as Float32Array, indices.dataSync() as Int32Array];
  }
  const attributes = {
    sorted: true,
    T: { type: FLOAT32 },
    Tk: { type: INT32 },
    index_type: { type: INT32 },
  };
  const [values, indices] = rawOp('TopKV2', attributes, [x, tf.scalar(k, 'int32')], 2);
  return [
    (values as Tensor).dataSync() as Float32Array,
    (indices as Tensor).dataSync() as Int32Array,
  ];
}
