/** AdaLoRA's configuration, under Hugging Face PEFT's names and with its defaults. */
import * as z from 'zod';
import { described } from '../described.ts';
import { checkLoraFields, loraFields } from './lora-config.ts';

export const adaLoraConfig = z
  .object({
    ...loraFields,
    peft_type: z.literal('ADALORA').default('ADALORA'),
    r: z.int().default(8).apply(described, {
      en: 'not used: see init_r and target_r',
      zh: '不使用：见 init_r 和 target_r',
    }),
    init_r: z
      .int()
      .positive()
      .default(12)
      .apply(described, { en: 'rank of each correction at the start', zh: '每个修正开始时的秩' }),
    target_r: z
      .int()
      .positive()
      .default(8)
      .apply(described, { en: 'mean rank at the end', zh: '结束时的平均秩' }),
    tinit: z
      .int()
      .min(0)
      .default(0)
      .apply(described, { en: 'steps before ranks are taken away', zh: '开始削减秩之前的步数' }),
    tfinal: z.int().min(0).default(0).apply(described, {
      en: 'steps at the end with the ranks that are left',
      zh: '末尾用剩余的秩训练的步数',
    }),
    deltaT: z
      .int()
      .positive()
      .default(1)
      .apply(described, { en: 'steps between two allocations', zh: '两次分配之间的步数' }),
    beta1: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.85)
      .apply(described, { en: 'smoothing of the sensitivity', zh: '敏感度的平滑系数' }),
    beta2: z
      .number()
      .gt(0)
      .lt(1)
      .default(0.85)
      .apply(described, { en: 'smoothing of its uncertainty', zh: '敏感度不确定性的平滑系数' }),
    orth_reg_weight: z
      .number()
      .min(0)
      .default(0.5)
      .apply(described, { en: 'weight of the orthogonality penalty', zh: '正交惩罚项的权重' }),
    total_step: z.int().positive().nullable().default(null).apply(described, {
      en: 'length of the schedule; default: that of the run',
      zh: '调度的总步数；默认：训练的总步数',
    }),
    rank_pattern: z
      .record(z.string(), z.array(z.boolean()))
      .nullable()
      .default(null)
      .apply(described, { en: 'which ranks a saved adapter kept', zh: '保存的适配器保留了哪些秩' }),
    init_lora_weights: z
      .boolean()
      .default(true)
      .apply(described, { en: 'false: E is drawn, too', zh: 'false：E 也随机初始化' }),
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
