/** LoRA's configuration, under Hugging Face PEFT's names and with its defaults. */
import * as z from 'zod';
import { described } from '../described.ts';
import { moduleNames, modulePattern, someModuleNames } from './module-names.ts';

/** Initialisations of HF-PEFT that leave the base alone, so that they concern no stored adapter. */
const DRAWN_ELSEWHERE = ['orthogonal', 'mica'] as const;
/** Fields of HF-PEFT that change the mathematics and that are not computed here. */
const notUsed = (why: string) =>
  z.union([z.null(), z.literal(false), z.tuple([])], { error: why }).optional();
const notComputed = (name: string) => notUsed(`${name} is not computed`);

const INITIAL =
  "expected true, false, 'gaussian', 'pissa', 'pissa_niter_<iterations>', 'olora', 'eva' or 'loftq'";
/** A stored one that was not converted: which base it belongs to, its maker's random generator has decided. */
const DRAWN_BASE =
  'the base that pissa_niter_<iterations> leaves cannot be made again; convert the adapter where it was trained: save_pretrained(…, path_initial_model_for_weight_conversion=…)';

/** The fields that LoRA and its relatives share. */
export const loraFields = {
  task_type: z.string().nullable().default('CAUSAL_LM'),
  base_model_name_or_path: z.string().nullable().default(null),
  inference_mode: z
    .boolean()
    .default(false)
    .apply(described, { en: 'set in saved configurations', zh: '在保存的配置中设置' }),
  r: z
    .int()
    .positive()
    .default(8)
    .apply(described, { en: 'rank of each correction', zh: '每个修正的秩' }),
  lora_alpha: z
    .number()
    .positive()
    .default(8)
    .apply(described, { en: 'the correction is scaled by alpha / r', zh: '修正按 alpha / r 缩放' }),
  lora_dropout: z
    .number()
    .min(0)
    .max(0.99)
    .default(0)
    .apply(described, { en: 'dropout before A, while training', zh: '训练时 A 之前的丢弃率' }),
  target_modules: moduleNames.nullable().optional().apply(described, {
    en: "names, a regular expression, or 'all-linear'; default: q_proj and v_proj",
    zh: "模块名称、正则表达式或 'all-linear'；默认：q_proj 和 v_proj",
  }),
  exclude_modules: someModuleNames.nullable().optional().apply(described, {
    en: 'modules left out of target_modules',
    zh: '从 target_modules 中排除的模块',
  }),
  layers_to_transform: z
    .union([z.int(), z.array(z.int())])
    .nullable()
    .optional()
    .apply(described, {
      en: 'indices of the layers that are adapted; default: all',
      zh: '要适配的层的序号；默认：全部',
    }),
  layers_pattern: someModuleNames.nullable().optional().apply(described, {
    en: 'what precedes the index of a layer',
    zh: '模块路径中层序号之前的部分',
  }),
  rank_pattern: z.record(modulePattern, z.int().positive()).default({}).apply(described, {
    en: 'rank by module pattern',
    zh: '按模块名称的模式（正则表达式）指定的秩',
  }),
  alpha_pattern: z.record(modulePattern, z.number().positive()).default({}).apply(described, {
    en: 'alpha by module pattern',
    zh: '按模块名称的模式（正则表达式）指定的 alpha',
  }),
  use_rslora: z.boolean().default(false).apply(described, {
    en: 'scale by alpha / √r (Kalajdzievski 2023)',
    zh: '按 alpha / √r 缩放（Kalajdzievski 2023）',
  }),
  init_lora_weights: z
    .union(
      [
        z.boolean(),
        z.enum(['gaussian', 'pissa', 'olora', 'eva', 'loftq', ...DRAWN_ELSEWHERE]),
        z.templateLiteral(['pissa_niter_', z.int().positive()]),
      ],
      { error: INITIAL },
    )
    .default(true)
    .apply(described, {
      en: 'true: A Kaiming-uniform, B zero; gaussian: A ~ N(0, 1/r²), B zero; false: both random; pissa, olora: from the base weight; eva: from the activations; loftq: for a quantised base',
      zh: 'true：A 为 Kaiming 均匀分布，B 为零；gaussian：A ~ N(0, 1/r²)，B 为零；false：两者均为随机；pissa、olora：取自基础权重；eva：取自激活值；loftq：用于量化的基础模型',
    }),
  bias: z.enum(['none', 'all', 'lora_only']).default('none').apply(described, {
    en: 'which biases of the model are trained, too',
    zh: '同时训练模型的哪些偏置',
  }),
  lora_bias: z.boolean().default(false).apply(described, { en: 'B has a bias', zh: 'B 带偏置' }),
  modules_to_save: z.array(z.string()).nullable().optional().apply(described, {
    en: 'modules trained and saved whole: embed_tokens, lm_head, norms …',
    zh: '完整训练并保存的模块：embed_tokens、lm_head、归一化层等',
  }),
  ensure_weight_tying: z.boolean().default(false).apply(described, {
    en: 'a tied head follows an embedding in modules_to_save',
    zh: '与嵌入层共享权重的输出头，随 modules_to_save 中的嵌入层一起改变',
  }),
  use_dora: z.boolean().default(false).apply(described, {
    en: 'weight-decomposed (Liu et al. 2024)',
    zh: '权重分解（Liu et al. 2024）',
  }),
  eva_config: z
    .object({
      rho: z
        .number()
        .min(1)
        .default(2)
        .apply(described, { en: 'a layer has at most rank rho·r', zh: '每层的秩最多为 rho·r' }),
      use_label_mask: z
        .boolean()
        .default(true)
        .apply(described, { en: 'only tokens that have a label', zh: '仅使用带标签的词元' }),
      whiten: z.boolean().default(false).apply(described, {
        en: 'divide by the square roots of singular values',
        zh: '除以奇异值的平方根',
      }),
      adjust_scaling_factors: z
        .boolean()
        .default(true)
        .apply(described, { en: 'alpha follows the rank', zh: 'alpha 随秩调整' }),
    })
    .nullable()
    .default(null),
  loftq_config: z
    .object({
      loftq_bits: z.union([z.literal(4), z.literal(8)]).optional(),
      loftq_iter: z.int().positive().optional(),
    })
    .nullable()
    .default({})
    .apply(described, {
      en: 'bits of the quantised base (4: NF4, 8: integers) and alternations; default 4 and 1',
      zh: '量化的基础模型的位数（4：NF4，8：整数）和交替次数；默认 4 和 1',
    }),
  lora_fa: z.boolean().default(false).apply(described, {
    en: 'only B is trained (LoRA-FA, Zhang et al. 2023, arXiv 2308.03303)',
    zh: '只训练 B（LoRA-FA, Zhang et al. 2023, arXiv 2308.03303）',
  }),
  fan_in_fan_out: notUsed('fan_in_fan_out: linear layers here are [out, in]'),
  alora_invocation_tokens: notComputed('alora_invocation_tokens'),
  arrow_config: notComputed('arrow_config'),
  kasa_config: notComputed('kasa_config'),
  layer_replication: notComputed('layer_replication'),
  monteclora_config: notComputed('monteclora_config'),
  target_parameters: notComputed('target_parameters'),
  trainable_token_indices: notComputed('trainable_token_indices'),
  use_bdlora: notComputed('use_bdlora'),
  use_qalora: notComputed('use_qalora'),
  velora_config: notComputed('velora_config'),
};

const fieldsObject = z.object(loraFields);
/** Validated fields of any method of the family. */
export type LoraFields = z.infer<typeof fieldsObject>;

/** Combinations of fields that mean nothing. */
export function checkLoraFields({ value, issues }: z.core.ParsePayload<LoraFields>): void {
  const refuse = (field: keyof LoraFields, message: string): void => {
    issues.push({ code: 'custom', path: [field], message, input: value[field] });
  };
  const { init_lora_weights: initial, lora_bias, use_dora } = value;
  if (value.layers_pattern?.length && (value.layers_to_transform ?? null) === null) {
    refuse('layers_pattern', 'only together with layers_to_transform');
  }
  if (value.inference_mode && String(initial).startsWith('pissa_niter_')) {
    refuse('init_lora_weights', DRAWN_BASE);
  }
  if (!value.inference_mode) {
    if (DRAWN_ELSEWHERE.some((name) => name === initial)) refuse('init_lora_weights', INITIAL);
    const { target_modules: targets, layers_to_transform: layers } = value;
    if (typeof targets === 'string' && targets !== 'all-linear' && (layers ?? null) !== null) {
      refuse('layers_to_transform', 'not beside a regular expression: write the layers into that');
    }
  }
  if (lora_bias && use_dora) refuse('lora_bias', 'not together with use_dora');
  if (lora_bias && typeof initial !== 'boolean') {
    refuse('lora_bias', 'only with init_lora_weights true or false');
  }
}

/** LoRA's fields. Unknown fields are let pass. */
export const loraConfig = z
  .object({ peft_type: z.literal('LORA').default('LORA'), ...loraFields })
  .check(checkLoraFields);

/** A validated LoRA configuration. */
export type LoraConfig = z.infer<typeof loraConfig>;

/** Only what is W + s·B·A on the base as it is: what can be mixed, routed and exported. */
export const plainLoraConfig = loraConfig.check(({ value, issues }) => {
  const refuse = (field: keyof LoraConfig, message: string): void => {
    issues.push({ code: 'custom', path: [field], message, input: value[field] });
  };
  if (value.use_dora) refuse('use_dora', 'DoRA is no plain LoRA: merge it first');
  if (value.bias !== 'none') refuse('bias', 'biases of the base are trained, too');
  if (value.lora_bias) refuse('lora_bias', 'B has a bias');
  if (value.modules_to_save?.length) refuse('modules_to_save', 'whole modules are trained, too');
  if (changesBase(value)) {
    refuse('init_lora_weights', 'belongs to a changed base: save it again here to convert it');
  }
});

/** Whether the initialisation takes something out of the base or quantises it. */
export function changesBase({ init_lora_weights }: Pick<LoraFields, 'init_lora_weights'>): boolean {
  const name = String(init_lora_weights);
  return name.startsWith('pissa') || name === 'olora' || name === 'loftq';
}
