import * as z from 'zod';

const names = z.union([z.string(), z.array(z.string()).min(1)]).nullable();

/** (IA)³'s fields, under Hugging Face PEFT's names and with its defaults. */
export const ia3Config = z
  .object({
    peft_type: z.literal('IA3').default('IA3'),
    task_type: z.string().nullable().default('CAUSAL_LM'),
    base_model_name_or_path: z.string().nullable().default(null),
    target_modules: names
      .default(null)
      .describe("names, a regular expression, or 'all-linear'; default: by model type"),
    exclude_modules: names.default(null).describe('modules left out of target_modules'),
    feedforward_modules: names
      .default(null)
      .describe('target modules whose input is scaled, not their output; default: by model type'),
    fan_in_fan_out: z.literal(false, 'expected false: weights are [out, in]').default(false),
    init_ia3_weights: z.boolean().default(true).describe('true: ones; false: N(0, 1), for tests'),
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
