/**
 * PaFi (Liao et al. 2023, arXiv 2305.16742): the k smallest weights by magnitude are trained, norms
 * left out. Neither task nor data decide, so the mask of a model is always the same one and the
 * differences of several tasks can be added.
 *   C = the k smallest |w_i|
 */
import * as z from 'zod';
import { castRaw } from '../../tensors/cast.ts';
import { computedValues } from '../../tensors/computed-values.ts';
import { engine } from '../../tensors/engine.ts';
import { defineTuner } from '../tuner.ts';
import { byTensor, type NamedParameter } from './base-parameters.ts';
import { countFields, savedFields, targetFields } from './config.ts';
import type { Scores } from './selection.ts';
import { scoredAdapter } from './sparse-adapter.ts';

const NORMS = ['input_layernorm', 'post_attention_layernorm', 'norm'];

/** PaFi's fields. */
export const pafiConfig = z.object({
  ...savedFields('PAFI'),
  ...targetFields(null, NORMS),
  ...countFields(0.005),
});

export type PafiConfig = z.infer<typeof pafiConfig>;

defineTuner<PafiConfig>({
  name: 'pafi',
  peftType: 'PAFI',
  family: 'selected',
  paper: 'Liao et al. 2023, arXiv 2305.16742',
  parameterCount: {
    en: '⌊keep_ratio · Σ sizes of the target parameters⌋',
    zh: '⌊keep_ratio · 目标参数的元素总数⌋',
  },
  startsAtBase: true,
  learningRate: 5e-4,
  config: pafiConfig,
  attach: (model, config) =>
    scoredAdapter(model, config, (_, pool) => magnitudes(pool), 'smallest'),
});

/** |w| */
function magnitudes(pool: readonly NamedParameter[]): Scores {
  const { tf } = engine();
  return new Map(
    [...byTensor(pool)].flatMap(([tensor, group]) => {
      const values = computedValues(() => tf.abs(castRaw(tensor.tensor, 'float32')));
      return group.map(
        ({ name, offset, size }) => [name, values.subarray(offset, offset + size)] as const,
      );
    }),
  );
}
