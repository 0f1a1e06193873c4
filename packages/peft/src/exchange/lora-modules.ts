/**
 * A stored LoRA as other programs see it: for each linear layer A[r, in], B[out, r] and the factor of
 * their product. What is more than that is named, since no reader outside HF-PEFT computes it.
 */

import { PeftError } from '../errors.ts';
import type { TensorData } from '../io/safetensors.ts';
import type { Translated } from '../translated.ts';
import { configProblems } from '../tuners/config-words.ts';
import { changesBase, type LoraConfig, loraConfig } from '../tuners/lora-config.ts';
import { rankAndScale } from '../tuners/lora-rank.ts';
import { factorName, factorProblems } from '../tuners/saved-factors.ts';

/** The correction s·B·A of one layer. */
export interface LoraModule {
  /** `model.layers.0.self_attn.q_proj` */
  readonly path: string;
  /** [r, in] */
  readonly a: TensorData;
  /** [out, r] */
  readonly b: TensorData;
  readonly rank: number;
  /** α/r, or α/√r with rsLoRA, by the patterns. */
  readonly scale: number;
}

export interface PlainLora {
  readonly config: LoraConfig;
  readonly modules: readonly LoraModule[];
}

const FACTOR = /^(.*)\.lora_([AB])\.weight$/;
/** What to do with what another program cannot compute. */
export const MERGE = {
  en: 'merge it into the base (quaestor hub merge)',
  zh: '请合并到基础模型中（quaestor hub merge）',
};

/** Types whose change is beside the weights, so that nothing is to be merged. */
const IN_NO_WEIGHT = [
  ...['PROMPT_TUNING', 'P_TUNING', 'PREFIX_TUNING'],
  ...['BOTTLENECK', 'ADAPTER_FUSION'],
];
const SERVE = {
  en: 'what it does is in no weight to merge; serve it with quaestor serve',
  zh: '它的作用不在任何权重中，无法合并；请用 quaestor serve 提供服务',
};

/** What to do with an adapter of a type that another program does not have. */
export function instead(peftType: string): Translated {
  return IN_NO_WEIGHT.includes(peftType) ? SERVE : MERGE;
}

/**
 * Splits an adapter into its layers.
 * @param config as in adapter_config.json @param state tensors by their name in the adapter's file
 * @throws PeftError 'bad-config' for a configuration that is none, 'unsupported' naming everything
 *   that is no plain LoRA, 'bad-file' naming every tensor that is missing, odd or not finite
 */
export function plainLora(
  config: Readonly<Record<string, unknown>>,
  state: ReadonlyMap<string, TensorData>,
): PlainLora {
  const problems = notPlain(config, state);
  if (problems.length > 0) {
    const message = { en: 'only a plain LoRA can be exported', zh: '只有普通的 LoRA 可以导出' };
    throw new PeftError('unsupported', message, { problems });
  }
  const settings = readConfig(config);
  const modules = pairFactors(settings, state);
  return { config: settings, modules };
}

/** Everything in an adapter that is no plain LoRA, each with what to do; empty for one that is. */
export function notPlain(
  config: Readonly<Record<string, unknown>>,
  state: ReadonlyMap<string, TensorData>,
): readonly Translated[] {
  const type = JSON.stringify(config.peft_type);
  if (config.peft_type !== 'LORA') {
    const { en, zh } = instead(String(config.peft_type));
    return [
      {
        en: `peft_type is ${type}, no LORA: ${en}`,
        zh: `peft_type 是 ${type}，不是 LORA：${zh}`,
      },
    ];
  }
  const set = (field: string): boolean => {
    const value = config[field];
    return Array.isArray(value) ? value.length > 0 : Boolean(value);
  };
  const keys = [...state.keys()];
  const embeddings = keys.some((key) => key.includes('.lora_embedding_'));
  const biased = (config.bias ?? 'none') !== 'none';
  // What the sentences below name already.
  const known = [FACTOR, /\.lora_embedding_[AB]$/, /\.lora_magnitude_vector$/];
  if (biased || set('lora_bias')) known.push(/\.bias$/);
  if (set('modules_to_save')) known.push(/^(?!.*\.lora_)/);
  const others = keys.filter((key) => !known.some((pattern) => pattern.test(key)));
  const saved = [config.modules_to_save].flat();
  const bias = JSON.stringify(config.bias);
  const start = JSON.stringify(config.init_lora_weights);
  const problems = [
    (set('use_dora') || keys.some((key) => key.endsWith('.lora_magnitude_vector'))) && {
      en: `use_dora: DoRA rescales the rows of the base: ${MERGE.en}`,
      zh: `use_dora：DoRA 会缩放基础权重的各行：${MERGE.zh}`,
    },
    set('modules_to_save') && {
      en: `modules_to_save: whole modules are trained (${saved.join(', ')}): ${MERGE.en}`,
      zh: `modules_to_save：训练了整个模块（${saved.join('、')}）：${MERGE.zh}`,
    },
    biased && {
      en: `bias is ${bias}: biases of the base are trained: ${MERGE.en}`,
      zh: `bias 是 ${bias}：训练了基础模型的偏置：${MERGE.zh}`,
    },
    set('lora_bias') && {
      en: `lora_bias: B has a bias: ${MERGE.en}`,
      zh: `lora_bias：B 带有偏置：${MERGE.zh}`,
    },
    embeddings && {
      en: `the embedding has a correction: ${MERGE.en}, or train without embed_tokens`,
      zh: `词嵌入也有修正：${MERGE.zh}，或训练时不包含 embed_tokens`,
    },
    set('alora_invocation_tokens') && {
      en: 'alora_invocation_tokens: the correction begins at certain tokens',
      zh: 'alora_invocation_tokens：修正从特定的词元开始',
    },
    set('trainable_token_indices') && {
      en: `trainable_token_indices: single embeddings are trained: ${MERGE.en}`,
      zh: `trainable_token_indices：训练了个别词元的嵌入：${MERGE.zh}`,
    },
    typeof config.init_lora_weights === 'string' &&
      changesBase({ init_lora_weights: config.init_lora_weights as 'pissa' }) && {
        en: `init_lora_weights is ${start}: it belongs to a changed base; load it here and save it again, which converts it`,
        zh: `init_lora_weights 是 ${start}：它依赖改动过的基础权重，请在这里加载后重新保存，即可完成转换`,
      },
    others.length > 0 && foreignTensors(others),
  ];
  return problems.filter((problem) => problem !== false);
}

function readConfig(config: Readonly<Record<string, unknown>>): LoraConfig {
  const parsed = loraConfig.safeParse(config);
  if (parsed.success) return parsed.data;
  const message = { en: 'the configuration is none of a LoRA', zh: '不是 LoRA 的配置' };
  const problems = configProblems(loraConfig, config, parsed.error);
  throw new PeftError('bad-config', message, { problems });
}

function pairFactors(
  config: LoraConfig,
  state: ReadonlyMap<string, TensorData>,
): readonly LoraModule[] {
  const problems = factorProblems({ config, tensors: state });
  const modules: LoraModule[] = [];
  for (const [key, a] of state) {
    if (a.data.some((value) => !Number.isFinite(value))) {
      problems.push({ en: `${key}: holds NaN or infinity`, zh: `${key}：含有 NaN 或无穷大` });
    }
    const name = factorName(key);
    const b = name?.factor === 'A' && state.get(name.partner);
    if (!name || !b) continue;
    modules.push({ path: name.path, a, b, ...rankAndScale(name.path, config) });
  }
  if (problems.length > 0) {
    const message = { en: 'the tensors are not those of this LoRA', zh: '张量与这个 LoRA 不符' };
    throw new PeftError('bad-file', message, { problems });
  }
  return modules;
}

/** The same values times a factor. */
export function scaled({ shape, data }: TensorData, factor: number): TensorData {
  return factor === 1 ? { shape, data } : { shape, data: data.map((value) => value * factor) };
}

function foreignTensors(names: readonly string[]): Translated {
  const shown = names.slice(0, 3);
  const more = names.length - shown.length;
  const [en, zh] = more > 0 ? [` and ${more} more`, `，另有 ${more} 个`] : ['', ''];
  return {
    en: `tensors that no plain LoRA has: ${shown.join(', ')}${en}`,
    zh: `普通的 LoRA 没有的张量：${shown.join('、')}${zh}`,
  };
}
