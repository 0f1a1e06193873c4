/** Fields that the selective methods share; Hugging Face PEFT's names where it has them. */
import * as z from 'zod';
import { described } from '../../described.ts';
import { compiles } from '../../io/adapter-checks.ts';

const pattern = z.string().refine(compiles, 'is no regular expression');
const names = z.union([pattern, z.array(z.string()).min(1)]);

/** All modules of the blocks, by their paths in a Llama. */
export const EVERY_BLOCK = 'model\\.layers\\..*';

/** What every adapter_config.json says. */
export function savedFields<Type extends string>(peftType: Type) {
  return {
    peft_type: z.literal(peftType).default(peftType as never),
    task_type: z.string().nullable().default('CAUSAL_LM'),
    base_model_name_or_path: z.string().nullable().default(null),
  };
}

/** Which parameters may be chosen, by the path of their module. */
export function targetFields(
  target: string | readonly string[] | null = null,
  exclude: readonly string[] | null = null,
) {
  return {
    target_modules: names
      .nullable()
      .default(target as string | null)
      .apply(described, {
        en: "modules to choose from: names, a regular expression, 'all-linear', or null for all",
        zh: "可供选择的模块：名称、正则表达式、'all-linear'，或 null（全部）",
      }),
    exclude_modules: names
      .nullable()
      .default(exclude as string[] | null)
      .apply(described, {
        en: 'modules left out of target_modules',
        zh: '从 target_modules 中排除的模块',
      }),
    layers_to_transform: z
      .union([z.int().min(0), z.array(z.int().min(0))])
      .nullable()
      .default(null)
      .apply(described, { en: 'only these blocks', zh: '仅限这些块' }),
  };
}

/** How many entries are trained. */
export function countFields(ratio: number) {
  return {
    keep_ratio: z
      .number()
      .gt(0)
      .max(1)
      .default(ratio)
      .apply(described, { en: 'share of the entries that are trained', zh: '所训练元素的比例' }),
    keep_count: z.int().positive().nullable().default(null).apply(described, {
      en: 'their number, instead of keep_ratio',
      zh: '所训练元素的个数，代替 keep_ratio',
    }),
  };
}

/** On how many training examples scores are computed. */
export function sampleFields(samples: number) {
  return {
    num_samples: z.int().positive().default(samples).apply(described, {
      en: 'training examples that scores are computed on',
      zh: '用来计算分数的训练示例数',
    }),
  };
}

/** Modules trained in full beside the chosen parameters. */
export const wholeModuleFields = {
  modules_to_save: z.array(z.string()).min(1).nullable().default(null).apply(described, {
    en: 'modules trained in full beside them: lm_head, norm, embed_tokens',
    zh: '此外完整训练的模块：lm_head、norm、embed_tokens',
  }),
};
