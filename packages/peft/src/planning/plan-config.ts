import * as z from 'zod';

/** How a training run computes, as far as its memory depends on it. */
export const planConfig = z.object({
  batch: z.int().positive().default(1).describe('sequences of a forward pass'),
  sequence: z.int().positive().default(512).describe('tokens of a sequence'),
  target: z
    .int()
    .positive()
    .nullable()
    .default(null)
    .describe('tokens with a label (those a T5 decoder writes); default: all'),
  precision: z
    .enum(['fp32', 'bf16', 'fp16-mixed'])
    .default('bf16')
    .describe('of weights and gradients; fp16-mixed keeps float32 copies of what is trained'),
  optimizer: z
    .enum(['adamw', 'adamw-8bit', 'adafactor', 'sgd'])
    .default('adamw')
    .describe('what keeps state for every trained parameter'),
  attention: z
    .enum(['sdpa', 'eager'])
    .default('sdpa')
    .describe('eager keeps the matrix of scores, as BLOOM and T5 always do'),
  checkpointing: z
    .boolean()
    .default(false)
    .describe('keep only the input of each block and compute it again'),
  offload: z
    .enum(['none', 'optimizer', 'all'])
    .default('none')
    .describe('what lies in the memory of the host: the optimizer, or weights and gradients, too'),
});

/** A validated plan configuration; see `planConfig` for each field. */
export type PlanConfig = z.infer<typeof planConfig>;
