/**
 * The next token of each row: the most probable one, or a draw by temperature, top-k and top-p. Where a
 * rule refuses the token, it is picked again among the allowed ones only. That is a draw from the
 * allowed ones' own distribution: p + (1 − Z)·p/Z = p/Z, with Z the probability of all that are allowed.
 */
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

/** What is known about a row's token before its scores are: it itself, or which ones are allowed. */
export type TokenRule =
  | { readonly given: number }
  | { readonly accepts: (id: number) => boolean; readonly mask: (size: number) => Uint8Array };

/** Added to what is not allowed: no sum of log-probabilities outweighs it. */
const REFUSED = -1e30;

/**
 * logits[N, V] → one token for each row.
 * @param rules of each row, null where there is none; a given token only gets its probability
 */
export function pickTokens(
  logits: Tensor,
  options: SamplingOptions,
  random: Random,
  rules: readonly (TokenRule | null)[] = [],
): PickedToken[] {
  const { tf, name } = engine();
  return tf.tidy(() => {
    const logProbabilities =
      name === 'wasm'
        ? tf.logSoftmax(logits as Tensor2D)
        : rawOp1('LogSoftmax', { T: { type: FLOAT32 } }, [logits]);
    const rows = Array.from({ length: logits.shape[0] as number }, (_, row) => row);
    const isGiven = (row: number): boolean => 'given' in (rules[row] ?? {});
    const found = new Map(given(logProbabilities, rows.filter(isGiven), rules));
    const open = rows.filter((row) => !isGiven(row));
    for (const [i, token] of pick(among(logProbabilities, open), options, random).entries()) {
      found.set(open[i] as number, token);
    }
    const refused = open.flatMap((row) => {
      const rule = rules[row];
      const allowed = !rule || 'given' in rule || rule.accepts(found.get(row)?.id as number);
      return allowed ? [] : [{ row, rule }];
    });
    if (refused.length > 0) {
      const size = logits.shape[1] as number;
      const penalties = new Float32Array(refused.length * size);
      for (const [i, { rule }] of refused.entries()) {
        const mask = rule.mask(size);
        for (let id = 0; id < size; id++) if (mask[id] === 0) penalties[i * size + id] = REFUSED;
      }
      const left = tf.add(
        among(
          logProbabilities,
          refused.map(({ row }) => row),
        ),
        tf.tensor2d(penalties, [refused.length, size]),
      );
      for (const [i, token] of pick(left, options, random).entries()) {
        found.set(refused[i]?.row as number, token);
      }
    }
    return rows.map((row) => found.get(row) as PickedToken);
  });
}

/** Some rows of all, without a copy where it is all of them. */
function among(logProbabilities: Tensor, rows: readonly number[]): Tensor {
  const { tf } = engine();
  if (rows.length === logProbabilities.shape[0]) return logProbabilities;
  return tf.gather(logProbabilities, tf.tensor1d([...rows], 'int32'));
}

function given(
  logProbabilities: Tensor,
  rows: readonly number[],
  rules: readonly (TokenRule | null)[],
): [number, PickedToken][] {
  if (rows.length === 0) return [];
  const { tf } = engine();
  const ids = rows.map((row) => (rules[row] as { given: number }).given);
  const places = tf.tensor2d(
    rows.map((row, i) => [row, ids[i] as number]),
    [rows.length, 2],
    'int32',
  );
  const values = tf.gatherND(logProbabilities, places).dataSync();
  return rows.map((row, i) => [row, { id: ids[i] as number, logProbability: values[i] as number }]);
}

function pick(logProbabilities: Tensor, options: SamplingOptions, random: Random): PickedToken[] {
  if (logProbabilities.shape[0] === 0) return [];
  if (options.temperature === 0) return greedy(logProbabilities);
  const vocabulary = logProbabilities.shape[1] as number;
  const wanted =
    options.topK > 0 ? options.topK : options.topP < 1 ? NUCLEUS_CANDIDATES : vocabulary;
  return draw(logProbabilities, Math.min(wanted, vocabulary), options, random);
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
    while (kept < k && (kept === 0 || mass < topP * total)) {
      const weight = weights[kept] as number;
      if (weight === 0 && kept > 0) break;
      mass += weight;
      kept++;
    }
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
