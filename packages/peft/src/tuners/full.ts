/**
 * Full fine-tuning, the baseline that every other method is measured against: all parameters are
 * trained as float32 variables, embedding, norms and head included; `target_modules` and
 * `layers_to_transform` leave some out.
 *   w ← w − η·∂L/∂w
 * Products are still computed in the model's precision. Saved are the trained tensors, whole, under
 * their Hugging Face names.
 */
import * as z from 'zod';
import { parameterPool } from './selected/base-parameters.ts';
import { savedFields, targetFields } from './selected/config.ts';
import { denseAdapter } from './selected/dense-adapter.ts';
import { defineTuner } from './tuner.ts';

/** Full fine-tuning's fields. */
export const fullConfig = z.object({ ...savedFields('FULL'), ...targetFields() });

export type FullConfig = z.infer<typeof fullConfig>;

defineTuner<FullConfig>({
  name: 'full',
  peftType: 'FULL',
  family: 'selected',
  paper: 'Howard & Ruder 2018, arXiv 1801.06146',
  parameterCount: { en: 'Σ sizes of the target parameters', zh: '目标参数的元素总数' },
  startsAtBase: true,
  learningRate: 5e-5,
  config: fullConfig,
  attach: (model, config) => denseAdapter(model, config, parameterPool(model, config)),
});
