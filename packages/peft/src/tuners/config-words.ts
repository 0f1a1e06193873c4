/** What the configurations of the methods say themselves → Chinese, behind a field's name. */
import type * as z from 'zod';
import { type OwnWords, schemaProblems } from '../schema-problems.ts';
import type { Translated } from '../translated.ts';

/** Settings of HF-PEFT that no method here computes. */
const NOT_COMPUTED = [
  'alora_invocation_tokens',
  'arrow_config',
  'kasa_config',
  'layer_replication',
  'modules_to_save',
  'monteclora_config',
  'target_parameters',
  'trainable_token_indices',
  'use_bdlora',
  'use_qalora',
  'velora_config',
];

export const METHOD_WORDS: OwnWords = {
  ...Object.fromEntries(NOT_COMPUTED.map((name) => [`${name} is not computed`, '此处不支持'])),
  'AdaLoRA and DoRA do not go together': 'AdaLoRA 不能与 DoRA 同时使用',
  'AdaLoRA trains both A and B': 'AdaLoRA 同时训练 A 和 B',
  "AdaLoRA's B has no bias": 'AdaLoRA 的 B 没有偏置',
  'DyLoRA and DoRA do not go together': 'DyLoRA 不能与 DoRA 同时使用',
  'ReLoRA and DoRA do not go together': 'ReLoRA 不能与 DoRA 同时使用',
  'TEXT needs the text to start from': '选择 TEXT 时需要给出初始文本',
  'a parallel adapter sits beside the feed-forward layer only; set mh_adapter to false':
    '并行适配器只能放在前馈层旁，请将 mh_adapter 设为 false',
  'each name only once': '每个名称只能出现一次',
  'expected 1: there is only a decoder': '应为 1：这里只有解码器',
  'expected a regular expression': '应为正则表达式',
  'expected at least one adapter': '至少要有一个适配器',
  'expected false: weights are [out, in]': '应为 false：权重的形状是 [out, in]',
  'expected letters, digits, - or _': '只能由字母、数字、- 或 _ 组成',
  'expected mh_adapter or output_adapter: there is no adapter otherwise':
    'mh_adapter 和 output_adapter 至少要有一个为 true，否则没有适配器',
  'expected only names that target_modules has, too': '只能是 target_modules 中已有的名称',
  "expected true or 'gaussian'": "应为 true 或 'gaussian'",
  "expected true, false or 'gaussian'": "应为 true、false 或 'gaussian'",
  "expected true, false, 'gaussian', 'pissa', 'pissa_niter_<iterations>', 'olora', 'eva' or 'loftq'":
    "应为 true、false、'gaussian'、'pissa'、'pissa_niter_<次数>'、'olora'、'eva' 或 'loftq'",
  'fan_in_fan_out: linear layers here are [out, in]': '此处线性层的形状是 [out, in]',
  'is no regular expression': '不是正则表达式',
  'must be above threshold, so that training starts at the base':
    '必须大于 threshold，训练才能从基础模型开始',
};

/** What is said of fields that do not go together: those are found by checks, which no schema lists. */
export const CHECK_WORDS: OwnWords = {
  'B has a bias': 'B 带有偏置',
  'DoRA is no plain LoRA: merge it first': 'DoRA 不是普通的 LoRA，请先合并',
  'belongs to a changed base: save it again here to convert it':
    '属于经过更改的基础模型，请在此处重新保存以转换',
  'biases of the base are trained, too': '同时训练了基础模型的偏置',
  'not beside a regular expression: write the layers into that':
    '不能与正则表达式同时使用，请把层写进正则表达式中',
  'not together with use_dora': '不能与 use_dora 同时使用',
  'only together with layers_to_transform': '只能与 layers_to_transform 一起使用',
  'only with init_lora_weights true or false': '仅当 init_lora_weights 为 true 或 false 时可用',
  'the base that pissa_niter_<iterations> leaves cannot be made again; convert the adapter where it was trained: save_pretrained(…, path_initial_model_for_weight_conversion=…)':
    'pissa_niter_<次数> 留下的基础模型无法重现，请在训练它的地方转换：save_pretrained(…, path_initial_model_for_weight_conversion=…)',
  'whole modules are trained, too': '同时完整训练了某些模块',
};

/** What is wrong with a configuration, each with its field. @param error what its schema said against it */
export function configProblems(
  schema: z.ZodType,
  config: unknown,
  error: z.ZodError,
): Translated[] {
  return schemaProblems(schema, config, error, { ...METHOD_WORDS, ...CHECK_WORDS });
}
