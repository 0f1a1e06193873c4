/** DyLoRA's configuration: LoRA's, and how ranks are trained. HF-PEFT has no DyLoRA. */
import * as z from 'zod';
import { checkLoraFields, loraFields } from './lora-config.ts';

export const dyLoraConfig = z
  .object({
    ...loraFields,
    peft_type: z.literal('DYLORA').default('DYLORA'),
    frozen: z
      .boolean()
      .default(false)
      .describe('a step trains only the last rank that it uses, not those before it'),
    init_lora_weights: z
      .union([z.boolean(), z.literal('gaussian')], { error: "expected true, false or 'gaussian'" })
      .default(true)
      .describe('how A and B are drawn'),
    use_dora: z.literal(false, { error: 'DyLoRA and DoRA do not go together' }).default(false),
  })
  .check(checkLoraFields);

/** A validated DyLoRA configuration. */
export type DyLoraConfig = z.infer<typeof dyLoraConfig>;
