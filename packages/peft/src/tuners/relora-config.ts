/** ReLoRA's configuration: LoRA's, and when and how it starts again. HF-PEFT has no ReLoRA. */
import * as z from 'zod';
import { described } from '../described.ts';
import { checkLoraFields, loraFields } from './lora-config.ts';

export const reLoraConfig = z
  .object({
    ...loraFields,
    peft_type: z.literal('RELORA').default('RELORA'),
    relora_every: z.int().positive().nullable().default(null).apply(described, {
      en: 'steps between restarts; default: a quarter of the run',
      zh: '两次重启之间的步数；默认：总步数的四分之一',
    }),
    optimizer_reset: z
      .enum(['none', 'full', 'random', 'magnitude'])
      .default('magnitude')
      .apply(described, {
        en: 'what a restart forgets of the moments: nothing, all, or a share of their entries',
        zh: '重启时清除优化器的矩：不清除、全部清除，或清除一部分元素',
      }),
    optimizer_pruning: z.number().gt(0).lt(1).default(0.9).apply(described, {
      en: 'that share: drawn at random, or the smallest ones',
      zh: '清除的比例：随机抽取的元素，或最小的元素',
    }),
    init_lora_weights: z
      .union([z.literal(true), z.literal('gaussian')], { error: "expected true or 'gaussian'" })
      .default(true)
      .apply(described, {
        en: 'how A is drawn at the start and at each restart',
        zh: '开始时和每次重启时 A 的初始化方式',
      }),
    use_dora: z.literal(false, { error: 'ReLoRA and DoRA do not go together' }).default(false),
  })
  .check(checkLoraFields);

/** A validated ReLoRA configuration. */
export type ReLoraConfig = z.infer<typeof reLoraConfig>;
