/**
 * log p(token | what precedes it) of a few tokens:  x_t − log Σ_v exp x_v  with x = hidden·Wᵀ.
 * x_t is computed in float32 from the rows of W that are asked for, so that tokens are told apart
 * finely even where the vocabulary projection rounds to bfloat16. Differentiable.
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { cast } from '../tensors/cast.ts';
import { engine } from '../tensors/engine.ts';
import { fork } from '../tensors/fork.ts';
import { gatherRows } from '../tensors/gather-rows.ts';
import { selectRows } from '../tensors/select-rows.ts';
import { type LanguageModel, logits } from './language-model.ts';

export interface TokenReadOptions {
  /** Leave the sum over the vocabulary out: the logits x_t as they are. Default false. */
  readonly unnormalised?: boolean;
}

/**
 * @param hidden [N, D], of `hiddenRows`
 * @param at pairs of a row of `hidden` and a token id
 * @returns [at.length] float32
 */
export function tokenLogProbabilities(
  model: LanguageModel,
  hidden: Tensor,
  at: readonly (readonly [row: number, token: number])[],
  { unnormalised = false }: TokenReadOptions = {},
): Tensor {
  const { tf } = engine();
  const tokens = [...new Set(at.map(([, token]) => token))];
  const places = new Map(tokens.map((token, i) => [token, i]));
  const rows = hidden.shape[0] as number;
  const [forTokens, forTotals] = unnormalised ? [hidden, hidden] : fork(hidden);
  const own = tokenLogits(model, forTokens, tokens);
  const picked = selectRows(
    tf.reshape(own, [rows * tokens.length, 1]),
    tf.tensor1d(
      at.map(([row, token]) => row * tokens.length + (places.get(token) as number)),
      'int32',
    ),
  );
  if (unnormalised) return tf.reshape(picked, [at.length]);
  const total = logTotals(model, forTotals);
  const totals = selectRows(
    total,
    tf.tensor1d(
      at.map(([row]) => row),
      'int32',
    ),
  );
  return tf.reshape(tf.sub(picked, totals), [at.length]);
}

/** Rows up to which the vocabulary projection does not round, off the tape. */
const EXACT_ROWS = 16;

/** log Σ_v exp x_v of each row: [N, 1]. */
function logTotals(model: LanguageModel, hidden: Tensor): Tensor {
  const { tf } = engine();
  const rows = hidden.shape[0] as number;
  if (rows <= EXACT_ROWS || tf.engine().state.gradientDepth > 0) {
    return tf.logSumExp(logits(model, hidden), 1, true);
  }
  const pieces = Array.from({ length: Math.ceil(rows / EXACT_ROWS) }, (_, i) =>
    tf.tidy(() => {
      const start = i * EXACT_ROWS;
      const some = tf.range(start, Math.min(rows, start + EXACT_ROWS), 1, 'int32');
      return tf.logSumExp(logits(model, selectRows(hidden, some)), 1, true);
    }),
  );
  return tf.concat(pieces, 0);
}

/** hidden[N, D] → the logits [N, tokens] of some tokens. */
function tokenLogits(model: LanguageModel, hidden: Tensor, tokens: readonly number[]): Tensor {
  const { tf } = engine();
  const ids = tf.tensor1d(Int32Array.from(tokens), 'int32');
  if (model.headHook) return tf.gather(model.headHook(hidden), ids, 1);
  const weight = gatherRows(model.head, ids) as Tensor2D;
  return tf.matMul(cast(hidden, 'float32') as Tensor2D, weight, false, true);
}
