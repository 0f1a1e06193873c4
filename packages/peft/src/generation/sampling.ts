/**
 * The next token of each row: the most probable one, or a draw by temperature, top-k and top-p. Where a
 * rule refuses the token, it is put aside and another one picked: what is accepted in the end is a draw
 * from the allowed ones' own distribution, p/Z with Z the probability of all that are allowed; with top-p it
 * is drawn from the fewest that reach p among those left at the time, with top-k from those of the k that
 * are allowed. Only where many are refused in a row is the whole vocabulary asked about.
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { engine } from '../tensors/engine.ts';
import type { Random } from '../tensors/random.ts';
import { FLOAT32, INT32, rawOp, rawOp1 } from '../tensors/raw-op.ts';
import { type DrawChoice, drawRow, REFUSALS } from './draw-row.ts';

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
 * Candidates looked at first where top-k does not say how many. The others are fetched for the rare draw that
 * falls into them, and where with top-p these do not reach p.
 */
const LIKELY_CANDIDATES = 512;

/** What is known about a row's token before its scores are: it itself, or which ones are allowed. */
export type TokenRule = { readonly given: number } | AllowedTokens;

export interface AllowedTokens {
  readonly accepts: (id: number) => boolean;
  /** 1 for each token that is accepted. */
  readonly mask: (size: number) => Uint8Array;
}

/** Added to what is not allowed: no sum of log-probabilities outweighs it. */
const REFUSED = -1e30;

/** How the token of a row is chosen. */
export interface RowChoice extends SamplingOptions {
  /** Asked in the order of the rows that share it. */
  readonly random: Random;
  /** Null where there is none; a given token only gets its probability. */
  readonly rule: TokenRule | null;
}

/** logits[N, V] → one token for each row. */
export function pickTokens(logits: Tensor, choices: readonly RowChoice[]): PickedToken[] {
  const { tf, name } = engine();
  return tf.tidy(() => {
    const logProbabilities =
      name === 'wasm'
        ? tf.logSoftmax(logits as Tensor2D)
        : rawOp1('LogSoftmax', { T: { type: FLOAT32 } }, [logits]);
    const rows = Array.from({ length: logits.shape[0] as number }, (_, row) => row);
    const found = new Map<number, PickedToken>();
    const open: OpenRow[] = [];
    const told: { readonly row: number; readonly id: number }[] = [];
    for (const row of rows) {
      const { rule, ...choice } = choices[row] as RowChoice;
      if (rule !== null && 'given' in rule) told.push({ row, id: rule.given });
      else open.push({ ...choice, row, rule });
    }
    for (const [i, token] of given(logProbabilities, told).entries()) {
      found.set(told[i]?.row as number, token);
    }
    const masked: (OpenRow & { readonly rule: AllowedTokens })[] = [];
    for (const [i, token] of pick(logProbabilities, open).entries()) {
      const { rule, ...row } = open[i] as OpenRow;
      if (token !== null) found.set(row.row, token);
      else if (rule !== null) masked.push({ ...row, rule });
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
      const asked = masked.map((choice, row) => ({ ...choice, row, rule: null }));
      for (const [i, token] of pick(left, asked).entries()) {
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

/** A row whose token is to be picked. */
interface OpenRow extends DrawChoice {
  readonly row: number;
}

function given(
  logProbabilities: Tensor,
  told: readonly { readonly row: number; readonly id: number }[],
): PickedToken[] {
  if (told.length === 0) return [];
  const { tf } = engine();
  const places = tf.tensor2d(
    told.map(({ row, id }) => [row, id]),
    [told.length, 2],
    'int32',
  );
  const values = tf.gatherND(logProbabilities, places).dataSync();
  return told.map(({ id }, i) => ({ id, logProbability: values[i] as number }));
}

/** For each of those rows its token; null where its rule refuses too many. */
function pick(logProbabilities: Tensor, open: readonly OpenRow[]): (PickedToken | null)[] {
  const found = new Map<OpenRow, PickedToken | null>();
  const choose = (those: readonly OpenRow[], by: typeof greedy): void => {
    if (those.length === 0) return;
    const rows = those.map(({ row }) => row);
    for (const [i, token] of by(among(logProbabilities, rows), those).entries()) {
      found.set(those[i] as OpenRow, token);
    }
  };
  choose(
    open.filter(({ temperature }) => temperature === 0),
    greedy,
  );
  choose(
    open.filter(({ temperature }) => temperature > 0),
    draw,
  );
  return open.map((choice) => found.get(choice) ?? null);
}

/** The likeliest. @param scores a row for each of `open`, in the same order */
function greedy(scores: Tensor, open: readonly OpenRow[]): (PickedToken | null)[] {
  const { tf } = engine();
  const ids = tf.argMax(scores, 1).dataSync();
  const best = tf.max(scores, 1).dataSync();
  const picked: (PickedToken | null)[] = Array.from(ids, (id, i) =>
    open[i]?.rule?.accepts(id) === false ? null : { id, logProbability: best[i] as number },
  );
  const refused = picked.flatMap((token, row) => (token === null ? [row] : []));
  if (refused.length === 0) return picked;
  const k = Math.min(REFUSALS, scores.shape[1] as number);
  const [values, next] = largest(among(scores, refused), k);
  for (const [i, row] of refused.entries()) {
    for (let at = i * k; at < (i + 1) * k && picked[row] === null; at++) {
      const id = next[at] as number;
      if (open[row]?.rule?.accepts(id)) picked[row] = { id, logProbability: values[at] as number };
    }
  }
  return picked;
}

/** Draws. @param scores as for `greedy` */
function draw(scores: Tensor, open: readonly OpenRow[]): (PickedToken | null)[] {
  const { tf } = engine();
  const vocabulary = scores.shape[1] as number;
  const listed = open.map(({ topK }) => Math.min(topK > 0 ? topK : LIKELY_CANDIDATES, vocabulary));
  const k = Math.max(...listed);
  const [values, ids] = largest(scores, k);
  const whole = open.map(({ topK }, i) => topK === 0 && (listed[i] as number) < vocabulary);
  const temperatures = tf.tensor2d(
    open.map(({ temperature }) => temperature),
    [open.length, 1],
  );
  const masses = whole.includes(true)
    ? tf.logSumExp(tf.div(tf.sub(scores, tf.max(scores, 1, true)), temperatures), 1).dataSync()
    : [];
  return open.map((choice, row) => {
    const end = row * k + (listed[row] as number);
    const candidates = { logs: values.slice(row * k, end), ids: ids.slice(row * k, end) };
    const mass = whole[row] ? Math.exp(masses[row] as number) : null;
    const all = () => among(scores, [row]).dataSync() as Float32Array;
    return drawRow(candidates, mass, all, choice);
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
