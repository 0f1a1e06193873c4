/** ReLoRA's configuration: LoRA's, and when and how it starts again. HF-PEFT has no ReLoRA. */
import * as z from 'zod';
import { checkLoraFields, loraFields } from './lora-config.ts';

export const reLoraConfig = z
  .object({
    ...loraFields,
    peft_type: z.literal('RELORA').default('RELORA'),
    relora_every: z
      .int()
      .positive()
      .nullable()
      .default(null)
      .describe('steps between restarts; default: a quarter of the run'),
    optimizer_reset: z
      .enum(['none', 'full', 'random', 'magnitude'])
      .default('magnitude')
      .describe('what a restart forgets of the moments: nothing, all, or a share of their entries'),
    optimizer_pruning: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.9)
      .describe('that share: drawn at random, or the smallest ones'),
    init_lora_weights: z
      .union([z.literal(true), z.literal('gaussian')], { error: "expected true or 'gaussian'" })
      .default(true)
      .describe('how A is drawn at the start and at each restart'),
    use_dora: z.literal(false, { error: 'ReLoRA and DoRA do not go together' }).default(false),
  })
  .check(checkLoraFields);

/** A validated ReLoRA configuration. */
export type ReLoraConfig = z.infer<typeof reLoraConfig>;
