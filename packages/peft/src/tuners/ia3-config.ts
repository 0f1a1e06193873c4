import * as z from 'zod';
import { described } from '../described.ts';
import { moduleNames, someModuleNames } from './module-names.ts';

const names = moduleNames.nullable();
const someNames = someModuleNames.nullable();

/** (IA)³'s fields, under Hugging Face PEFT's names and with its defaults. */
export const ia3Config = z
  .object({
    peft_type: z.literal('IA3').default('IA3'),
    task_type: z.string().nullable().default('CAUSAL_LM'),
    base_model_name_or_path: z.string().nullable().default(null),
    target_modules: names.default(null).apply(described, {
      en: "names, a regular expression, or 'all-linear'; default: by model type",
      zh: "模块名称、正则表达式或 'all-linear'；默认：由模型类型决定",
    }),
    exclude_modules: names.default(null).apply(described, {
      en: 'modules left out of target_modules',
      zh: '从 target_modules 中排除的模块',
    }),
    feedforward_modules: someNames.default(null).apply(described, {
      en: 'target modules whose input is scaled, not their output; default: by model type',
      zh: '缩放输入而非输出的目标模块；默认：由模型类型决定',
    }),
    fan_in_fan_out: z.literal(false, 'expected false: weights are [out, in]').default(false),
    init_ia3_weights: z.boolean().default(true).apply(described, {
      en: 'true: ones; false: N(0, 1), for tests',
      zh: 'true：全为 1；false：N(0, 1)，供测试用',
    }),
    modules_to_save: z.null('modules_to_save is not computed').optional(),
  })
  .refine(
    ({ target_modules: targets, feedforward_modules: inner }) =>
      !(Array.isArray(targets) && Array.isArray(inner)) ||
      inner.every((name) => targets.includes(name)),
    { path: ['feedforward_modules'], error: 'expected only names that target_modules has, too' },
  );

/** A validated (IA)³ configuration. */
export type Ia3Config = z.infer<typeof ia3Config>;
