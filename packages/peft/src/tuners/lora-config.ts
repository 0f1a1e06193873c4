import * as z from 'zod';

const names = z.union([z.string(), z.array(z.string()).min(1)]);
/** Fields of HF-PEFT that change the mathematics and that this method does not compute. */
const notUsed = (why: string) => z.union([z.null(), z.literal(false)], { error: why }).optional();

/** LoRA's fields, under Hugging Face PEFT's names and with its defaults. Unknown fields are let pass. */
export const loraConfig = z.object({
  peft_type: z.literal('LORA').default('LORA'),
  task_type: z.string().nullable().default('CAUSAL_LM'),
  base_model_name_or_path: z.string().nullable().default(null),
  r: z.int().positive().default(8).describe('rank of each correction'),
  lora_alpha: z.number().positive().default(8).describe('the correction is scaled by alpha / r'),
  lora_dropout: z.number().min(0).max(0.99).default(0).describe('dropout before A, while training'),
  target_modules: names
    .default(['q_proj', 'v_proj'])
    .describe("names, a regular expression, or 'all-linear'"),
  exclude_modules: names.nullable().optional().describe('modules left out of target_modules'),
  layers_to_transform: z
    .union([z.int(), z.array(z.int())])
    .nullable()
    .optional(),
  rank_pattern: z
    .record(z.string(), z.int().positive())
    .default({})
    .describe('rank by module pattern'),
  alpha_pattern: z.record(z.string(), z.number().positive()).default({}),
  use_rslora: z.boolean().default(false).describe('scale by alpha / √r (Kalajdzievski 2023)'),
  init_lora_weights: z
    .union([z.boolean(), z.literal('gaussian')])
    .default(true)
    .describe('true: A Kaiming-uniform, B zero; gaussian: A ~ N(0, 1/r); false: both random'),
  bias: z.literal('none', { error: "only bias 'none' is computed" }).default('none'),
  use_dora: notUsed('DoRA is a method of its own'),
  lora_bias: notUsed('lora_bias is not computed'),
  modules_to_save: notUsed('modules_to_save is not computed'),
});

/** A validated LoRA configuration. */
export type LoraConfig = z.infer<typeof loraConfig>;
