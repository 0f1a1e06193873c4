/**
 * Only the last blocks are trained (Lee et al. 2019, "What Would Elsa Do?", arXiv 1911.03090; the
 * chapter: the last quarter reaches 90 % of full fine-tuning).
 *   trained: blocks L − ⌈L/4⌉ … L − 1, and what `modules_to_save` names (norm, lm_head)
 */
import * as z from 'zod';
import { described } from '../../described.ts';
import { PeftError } from '../../errors.ts';
import type { LanguageModel } from '../../model/language-model.ts';
import { type Adapter, defineTuner } from '../tuner.ts';
import { baseParameters, wholeModules } from './base-parameters.ts';
import { savedFields, wholeModuleFields } from './config.ts';
import { denseAdapter } from './dense-adapter.ts';

/** The fields of training the last blocks. */
export const lastLayersConfig = z.object({
  ...savedFields('LAST_LAYERS'),
  layer_ratio: z.number().gt(0).max(1).default(0.25).apply(described, {
    en: 'share of the blocks that are trained, rounded up',
    zh: '所训练的块的比例，向上取整',
  }),
  num_layers: z.int().positive().nullable().default(null).apply(described, {
    en: 'number of these blocks, instead of layer_ratio',
    zh: '所训练的块数，代替 layer_ratio',
  }),
  ...wholeModuleFields,
});

export type LastLayersConfig = z.infer<typeof lastLayersConfig>;

defineTuner<LastLayersConfig>({
  name: 'last-layers',
  peftType: 'LAST_LAYERS',
  family: 'selected',
  paper: 'Lee et al. 2019, arXiv 1911.03090',
  parameterCount: {
    en: '⌈L/4⌉ · size of a block, + modules_to_save',
    zh: '⌈L/4⌉ · 一个块的参数量，加 modules_to_save',
  },
  startsAtBase: true,
  learningRate: 1e-4,
  config: lastLayersConfig,
  attach: attachLastLayers,
});

function attachLastLayers(model: LanguageModel, config: LastLayersConfig): Adapter {
  const layers = model.blocks.length;
  const count = config.num_layers ?? Math.ceil(config.layer_ratio * layers);
  if (count > layers) {
    throw new PeftError('bad-config', {
      en: `num_layers ${count} is more than the ${layers} blocks of ${model.name}`,
      zh: `num_layers ${count} 超过了 ${model.name} 的 ${layers} 层`,
    });
  }
  const last = baseParameters(model).filter(
    ({ tensor: { layer } }) => layer !== null && layer >= layers - count,
  );
  return denseAdapter(model, config, [...last, ...wholeModules(model, config.modules_to_save)]);
}
