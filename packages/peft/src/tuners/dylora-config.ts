/** DyLoRA's configuration: LoRA's, and how ranks are trained. HF-PEFT has no DyLoRA. */
import * as z from 'zod';
import { described } from '../described.ts';
import { checkLoraFields, loraFields } from './lora-config.ts';

export const dyLoraConfig = z
  .object({
    ...loraFields,
    peft_type: z.literal('DYLORA').default('DYLORA'),
    frozen: z.boolean().default(false).apply(described, {
      en: 'a step trains only the last rank that it uses, not those before it',
      zh: '每步只训练所用的最后一个秩，不训练它之前的秩',
    }),
    init_lora_weights: z
      .union([z.boolean(), z.literal('gaussian')], { error: "expected true, false or 'gaussian'" })
      .default(true)
      .apply(described, { en: 'how A and B are drawn', zh: 'A 和 B 的初始化方式' }),
    use_dora: z.literal(false, { error: 'DyLoRA and DoRA do not go together' }).default(false),
  })
  .check(checkLoraFields);

/** A validated DyLoRA configuration. */
export type DyLoraConfig = z.infer<typeof dyLoraConfig>;
