/**
 * LoRA on a model, with every initialisation and, where the configuration says so, DoRA: HF-PEFT saves
 * both under one `peft_type`.
 */
import type { LanguageModel } from '../model/language-model.ts';
import type { Random } from '../tensors/random.ts';
import { addMagnitudes } from './dora-magnitudes.ts';
import { loadVariables } from './load-variables.ts';
import { type ChangedBase, changeBase, convertsOnSave, LOFTQ_DEFAULTS } from './lora-base.ts';
import { changesBase, type LoraConfig } from './lora-config.ts';
import { evaInitialisation } from './lora-eva.ts';
import { createLoraLayer } from './lora-layer.ts';
import { lowRankAdapter, savedConfig } from './low-rank-adapter.ts';
import { attachModules } from './low-rank-modules.ts';
import type { Adapter } from './tuner.ts';

/** @throws PeftError 'bad-config' with every problem and the names that there are */
export function attachLora(model: LanguageModel, config: LoraConfig, random: Random): Adapter {
  const modules = attachModules(model, config, random, {
    createLayer: (part, inputSize) => createLoraLayer(part, inputSize, config, random),
    embeddings: !config.use_dora,
  });
  let base: ChangedBase | null = null;
  try {
    base = changesBase(config) ? changeBase(modules, config, random) : null;
  } catch (error) {
    modules.detach();
    throw error;
  }
  if (config.use_dora) addMagnitudes(modules.hooks);
  const quantised = config.init_lora_weights === 'loftq' && {
    loftq_config: { ...LOFTQ_DEFAULTS, ...config.loftq_config },
  };
  const saved = () => ({ ...savedConfig(config, modules), ...quantised });
  const eva = config.init_lora_weights === 'eva' ? evaInitialisation(modules, config) : null;
  const converted = base && convertsOnSave(config) ? base : null;
  return lowRankAdapter(modules, {
    config: () => converted?.config(saved()) ?? eva?.config(saved()) ?? saved(),
    trains: ({ name }) => !(config.lora_fa && name.endsWith('.lora_A.weight')),
    ...(converted && { state: () => converted.state(modules.variables()) }),
    load: (state) => {
      eva?.skip();
      loadVariables(modules.variables(), state);
    },
    ...(eva && { begin: eva.begin, progress: eva.progress }),
    detach: () => base?.restore(),
  });
}
