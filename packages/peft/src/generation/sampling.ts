/**
 * The next token of each row: the most probable one, or a draw by temperature, top-k and top-p. Where a
 * rule refuses the token, it is put aside and another one picked: what is accepted in the end is a draw
 * from the allowed ones' own distribution, p/Z with Z the probability of all that are allowed. Only
 * where many are refused in a row is the whole vocabulary asked about.
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

/**
 * Candidates looked at first where top-k does not say how many. With top-p their tail holds next to
 * nothing; without it, the tail is fetched for the rare draw that falls into it.
 */
const LIKELY_CANDIDATES = 512;

/** So many tokens of a row may be refused before its mask is made. */
const REFUSALS = 64;

/** What is known about a row's token before its scores are: it itself, or which ones are allowed. */
export type TokenRule = { readonly given: number } | AllowedTokens;

export interface AllowedTokens {
  readonly accepts: (id: number) => boolean;
  /** 1 for each token that is accepted. */
  readonly mask: (size: number) => Uint8Array;
}

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
    const ruleAt = (row: number) => (isGiven(row) ? null : (rules[row] as AllowedTokens | null));
    const masked: { readonly row: number; readonly rule: AllowedTokens }[] = [];
    const picked = pick(among(logProbabilities, open), options, random, open.map(ruleAt));
    for (const [i, token] of picked.entries()) {
      const row = open[i] as number;
      const rule = ruleAt(row);
      if (token !== null) found.set(row, token);
      else if (rule) masked.push({ row, rule });
    }
    if (masked.length > 0) {
      const size = logits.shape[1] as number;
      const penalties = new Float32Array(masked.length * size);
      for (const [i, { rule }] of masked.entries()) {
        const mask = rule.mask(size);
        for (let id = 0; id < size; id++) if (mask[id] === 0) penalties[i * size + id] = REFUSED;
      }
      const left = tf.add(
        among(
          logProbabilities,
          masked.map(({ row }) => row),
        ),
        tf.tensor2d(penalties, [masked.length, size]),
      );
      for (const [i, token] of pick(left, options, random, []).entries()) {
        found.set(masked[i]?.row as number, token as PickedToken);
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

/** For each row its token; null where its rule refuses too many. */
function pick(
  logProbabilities: Tensor,
  options: SamplingOptions,
  random: Random,
  rules: readonly (AllowedTokens | null | undefined)[],
): (PickedToken | null)[] {
  if (logProbabilities.shape[0] === 0) return [];
  const vocabulary = logProbabilities.shape[1] as number;
  if (options.temperature === 0) return greedy(logProbabilities, rules);
  const wanted = options.topK > 0 ? options.topK : LIKELY_CANDIDATES;
  return draw(logProbabilities, Math.min(wanted, vocabulary), options, random, rules);
}

function greedy(
  logProbabilities: Tensor,
  rules: readonly (AllowedTokens | null | undefined)[],
): (PickedToken | null)[] {
  const { tf } = engine();
  const ids = tf.argMax(logProbabilities, 1).dataSync();
  const best = tf.max(logProbabilities, 1).dataSync();
  const picked: (PickedToken | null)[] = Array.from(ids, (id, i) =>
    rules[i]?.accepts(id) === false ? null : { id, logProbability: best[i] as number },
  );
  const refused = picked.flatMap((token, row) => (token === null ? [row] : []));
  if (refused.length === 0) return picked;
  const k = Math.min(REFUSALS, logProbabilities.shape[1] as number);
  const [values, next] = largest(among(logProbabilities, refused), k);
  for (const [i, row] of refused.entries()) {
    for (let at = i * k; at < (i + 1) * k && picked[row] === null; at++) {
      const id = next[at] as number;
      if (rules[row]?.accepts(id)) picked[row] = { id, logProbability: values[at] as number };
    }
  }
  return picked;
}

function draw(
  logProbabilities: Tensor,
  k: number,
  options: SamplingOptions,
  random: Random,
  rules: readonly (AllowedTokens | null | undefined)[],
): (PickedToken | null)[] {
  const { tf } = engine();
  const { temperature, topK, topP } = options;
  const [values, ids] = largest(logProbabilities, k);
  const rows = logProbabilities.shape[0] as number;
  const whole = topK === 0 && topP === 1 && k < (logProbabilities.shape[1] as number);
  const masses = whole ? tf.logSumExp(tf.div(logProbabilities, temperature), 1).dataSync() : null;
  return Array.from({ length: rows }, (_, row) => {
    const listed = {
      logs: values.slice(row * k, (row + 1) * k),
      ids: ids.slice(row * k, (row + 1) * k),
    };
    const top = listed.logs[0] as number;
    const mass = masses && Math.exp((masses[row] as number) - top / temperature);
    const all = () => among(logProbabilities, [row]).dataSync() as Float32Array;
    return drawRow(listed, mass, all, options, random, rules[row]);
  });
}

interface Candidates {
  readonly logs: Float32Array;
  readonly ids: Int32Array;
}

/**
 * A draw from candidates in descending order; those that are refused leave the list.
 * @param mass weight of the whole vocabulary, null where only the candidates count
 * @param all log-probabilities of the whole vocabulary
 */
function drawRow(
  listed: Candidates,
  mass: number | null,
  all: () => Float32Array,
  { temperature, topP }: SamplingOptions,
  random: Random,
  rule: AllowedTokens | null | undefined,
): PickedToken | null {
  const top = listed.logs[0] as number;
  const weigh = (logs: Float32Array) =>
    Float64Array.from(logs, (log) => Math.exp((log - top) / temperature));
  let { logs, ids } = listed;
  const known = ids.slice();
  let weights = weigh(logs);
  let count = ids.length;
  let tail = mass === null ? 0 : Math.max(0, mass - sumOf(weights, count));
  for (let refused = 0; refused < REFUSALS && count > 0; refused++) {
    const kept = nucleus(weights, count, topP);
    let left = random.next() * (sumOf(weights, kept) + tail);
    let chosen = 0;
    while (chosen < kept && left >= (weights[chosen] as number))
      left -= weights[chosen++] as number;
    if (chosen === kept && tail > 0) {
      const others = without(all(), known);
      logs = Float32Array.from([...logs.subarray(0, count), ...others.logs]);
      ids = Int32Array.from([...ids.subarray(0, count), ...others.ids]);
      weights = weigh(logs);
      count = ids.length;
      tail = 0;
      while (chosen < count && left >= (weights[chosen] as number)) {
        left -= weights[chosen++] as number;
      }
      // Rounding may leave a rest.
      chosen = Math.min(chosen, count - 1);
      while (chosen > 0 && weights[chosen] === 0) chosen--;
    } else chosen = Math.min(chosen, kept - 1);
    const id = ids[chosen] as number;
    if (rule?.accepts(id) !== false) return { id, logProbability: logs[chosen] as number };
    for (const list of [logs, ids, weights]) list.copyWithin(chosen, chosen + 1, count);
    count--;
  }
  return null;
}

/** How many of the first candidates count: the fewest whose weights reach the share `topP`. */
function nucleus(weights: Float64Array, count: number, topP: number): number {
  const wanted = topP * sumOf(weights, count);
  let kept = 0;
  let mass = 0;
  while (kept < count && (kept === 0 || mass < wanted)) {
    const weight = weights[kept] as number;
    if (weight === 0 && kept > 0) break;
    mass += weight;
    kept++;
  }
  return kept;
}

function sumOf(weights: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += weights[i] as number;
  return sum;
}

/** Every token but some, in the order of ids. */
function without(all: Float32Array, ids: Int32Array): Candidates {
  const left = new Uint8Array(all.length).fill(1);
  for (const id of ids) left[id] = 0;
  const others = Int32Array.from(all.keys()).filter((id) => left[id] === 1);
  return { logs: Float32Array.from(others, (id) => all[id] as number), ids: others };
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
