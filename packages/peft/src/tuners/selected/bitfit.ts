/**
 * BitFit (Ben Zaken et al. 2022, arXiv 2106.10199): of all linear layers, or of some, only the
 * biases are trained. The paper and the chapter add the task's head, which `modules_to_save` names.
 *   y = W·x + b,   b trained
 * Llama-type models have no biases; Qwen2 has those of q, k and v.
 */
import * as z from 'zod';
import { PeftError } from '../../errors.ts';
import type { LanguageModel } from '../../model/language-model.ts';
import { type Adapter, defineTuner } from '../tuner.ts';
import {
  baseParameters,
  modulePath,
  type NamedParameter,
  parameterPool,
  wholeModules,
} from './base-parameters.ts';
import { savedFields, targetFields, wholeModuleFields } from './config.ts';
import { denseAdapter } from './dense-adapter.ts';

/** BitFit's fields; `target_modules` are those whose biases are trained. */
export const bitfitConfig = z.object({
  ...savedFields('BITFIT'),
  ...targetFields(),
  ...wholeModuleFields,
});

export type BitfitConfig = z.infer<typeof bitfitConfig>;

defineTuner<BitfitConfig>({
  name: 'bitfit',
  peftType: 'BITFIT',
  family: 'selected',
  paper: 'Ben Zaken et al. 2022, arXiv 2106.10199',
  parameterCount: {
    en: 'Σ over target layers with a bias of out, + modules_to_save',
    zh: '各带偏置的目标层的 out 之和，加 modules_to_save',
  },
  startsAtBase: true,
  learningRate: 1e-3,
  config: bitfitConfig,
  attach: attachBitfit,
});

function attachBitfit(model: LanguageModel, config: BitfitConfig): Adapter {
  const biases = chosenBiases(model, config);
  return denseAdapter(model, config, [...biases, ...wholeModules(model, config.modules_to_save)]);
}

function chosenBiases(model: LanguageModel, config: BitfitConfig): readonly NamedParameter[] {
  const isBias = ({ tensor }: NamedParameter): boolean => tensor.kind === 'bias';
  const all = baseParameters(model).filter(isBias);
  if (all.length === 0) {
    throw new PeftError('bad-config', {
      en: `${model.name} has no biases, as Llama-type models, so BitFit has nothing to train; take another method (ln-tuning, ia3, lora) or a model with biases (Qwen2)`,
      zh: `${model.name} 与其他 Llama 类模型一样没有偏置，BitFit 没有可训练的参数，请改用其他方法（ln-tuning、ia3、lora）或有偏置的模型（Qwen2）`,
    });
  }
  const chosen = parameterPool(model, config).filter(isBias);
  if (chosen.length > 0) return chosen;
  const names = new Set(all.map(({ name }) => modulePath(name).replace(/^.*\./, '')));
  throw new PeftError('bad-config', {
    en: `target_modules ${JSON.stringify(config.target_modules)} matches no module with a bias; those of ${model.name} are ${[...names].join(', ')}`,
    zh: `target_modules ${JSON.stringify(config.target_modules)} 与有偏置的模块都不匹配，${model.name} 中有偏置的模块：${[...names].join('、')}`,
  });
}
