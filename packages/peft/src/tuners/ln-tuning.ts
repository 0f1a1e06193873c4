/**
 * LayerNorm tuning (Zhao et al. 2023, arXiv 2312.11420): the norms' own weights are trained, all else
 * stays frozen. The change is in the weights from the start, so merging has nothing to do.
 * Default targets are HF-PEFT's: all norms of Llama and Mistral, of Qwen2 only those before the
 * feed-forward layers.
 */
import * as z from 'zod';
import { described } from '../described.ts';
import { PeftError } from '../errors.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { NORM_TARGETS } from './default-targets.ts';
import { loadVariables } from './load-variables.ts';
import { moduleNames } from './module-names.ts';
import { matches } from './target-modules.ts';
import { normPaths, trainNorms } from './trained-norms.ts';
import { type Adapter, defineTuner } from './tuner.ts';

/** LN tuning's fields, under Hugging Face PEFT's names and with its defaults. */
export const lnTuningConfig = z.object({
  peft_type: z.literal('LN_TUNING').default('LN_TUNING'),
  task_type: z.string().nullable().default('CAUSAL_LM'),
  base_model_name_or_path: z.string().nullable().default(null),
  target_modules: moduleNames.nullable().default(null).apply(described, {
    en: 'names of norms or a regular expression; default: by model type',
    zh: '归一化层的名称或正则表达式；默认：由模型类型决定',
  }),
  exclude_modules: moduleNames.nullable().default(null).apply(described, {
    en: 'norms left out of target_modules',
    zh: '从 target_modules 中排除的归一化层',
  }),
  modules_to_save: z.null('modules_to_save is not computed').optional(),
});

/** A validated LN-tuning configuration. */
export type LnTuningConfig = z.infer<typeof lnTuningConfig>;

defineTuner<LnTuningConfig>({
  name: 'ln-tuning',
  peftType: 'LN_TUNING',
  family: 'selected',
  paper: 'Zhao et al. 2023, arXiv 2312.11420',
  parameterCount: { en: 'D for each norm', zh: '每个归一化层 D' },
  startsAtBase: true,
  learningRate: 1e-3,
  config: lnTuningConfig,
  attach: attachLnTuning,
});

const ALL_NORMS = ['input_layernorm', 'post_attention_layernorm', 'norm'];

/** Makes the norms trainable. @throws PeftError 'bad-config' when no norm matches */
function attachLnTuning(model: LanguageModel, config: LnTuningConfig): Adapter {
  const targets = config.target_modules ?? NORM_TARGETS[model.config.model_type] ?? ALL_NORMS;
  const wanted = (path: string): boolean =>
    matches(path, targets) && !(config.exclude_modules && matches(path, config.exclude_modules));
  if (!normPaths(model).some(wanted)) {
    throw new PeftError('bad-config', {
      en: `target_modules ${JSON.stringify(targets)} matches no norm of ${model.name} (after exclude_modules); the norms are called ${ALL_NORMS.join(', ')}`,
      zh: `target_modules ${JSON.stringify(targets)} 与 ${model.name} 的归一化层都不匹配（已应用 exclude_modules），各归一化层的名称：${ALL_NORMS.join('、')}`,
    });
  }
  const { variables, restore } = trainNorms(
    model,
    wanted,
    (path) => `base_model.model.${path}.ln_tuning_layers.weight`,
  );
  return {
    config: {
      ...config,
      target_modules: targets,
    },
    training: false,
    parameters: () => variables,
    state: () => new Map(variables.map(({ name, variable }) => [name, variable])),
    load: (state) => loadVariables(variables, state),
    merge: () => {},
    unmerge: () => {},
    detach: restore,
  };
}
