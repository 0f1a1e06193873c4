/** AdaLoRA's configuration, under Hugging Face PEFT's names and with its defaults. */
import * as z from 'zod';
import { checkLoraFields, loraFields } from './lora-config.ts';

export const adaLoraConfig = z
  .object({
    ...loraFields,
    peft_type: z.literal('ADALORA').default('ADALORA'),
    r: z.int().default(8).describe('not used: see init_r and target_r'),
    init_r: z.int().positive().default(12).describe('rank of each correction at the start'),
    target_r: z.int().positive().default(8).describe('mean rank at the end'),
    tinit: z.int().min(0).default(0).describe('steps before ranks are taken away'),
    tfinal: z.int().min(0).default(0).describe('steps at the end with the ranks that are left'),
    deltaT: z.int().positive().default(1).describe('steps between two allocations'),
    beta1: z.number().gt(0).lt(1).default(0.85).describe('smoothing of the sensitivity'),
    beta2: z.number().gt(0).lt(1).default(0.85).describe('smoothing of its uncertainty'),
    orth_reg_weight: z.number().min(0).default(0.5).describe('weight of the orthogonality penalty'),
    total_step: z
      .int()
      .positive()
      .nullable()
      .default(null)
      .describe('length of the schedule; default: that of the run'),
    rank_pattern: z
      .record(z.string(), z.array(z.boolean()))
      .nullable()
      .default(null)
      .describe('which ranks a saved adapter kept'),
    init_lora_weights: z.boolean().default(true).describe('false: E is drawn, too'),
    use_dora: z.literal(false, { error: 'AdaLoRA and DoRA do not go together' }).default(false),
    lora_bias: z.literal(false, { error: "AdaLoRA's B has no bias" }).default(false),
    lora_fa: z.literal(false, { error: 'AdaLoRA trains both A and B' }).default(false),
  })
  .check(({ value, issues }) => {
    if (value.target_r <= value.init_r) return;
    const message = `above init_r ${value.init_r}: ranks are only taken away`;
    issues.push({ code: 'custom', path: ['target_r'], message, input: value.target_r });
  })
  .check((payload) =>
    checkLoraFields({ ...payload, value: { ...payload.value, rank_pattern: {} } }),
  );

/** A validated AdaLoRA configuration. */
export type AdaLoraConfig = z.infer<typeof adaLoraConfig>;
