import * as z from 'zod';
import { described } from '../described.ts';

/** A training run, under the names of Hugging Face's TrainingArguments where it has them. */
export const trainConfig = z.strictObject({
  learning_rate: z.number().positive().default(5e-4).describe('peak learning rate'),
  weight_decay: z
    .number()
    .min(0)
    .default(0)
    .describe('decoupled decay of AdamW; biases and norms do not decay'),
  adam_beta1: z.number().min(0).max(0.9999).default(0.9),
  adam_beta2: z.number().min(0).max(0.99999).default(0.999),
  adam_epsilon: z.number().positive().default(1e-8),
  max_grad_norm: z
    .number()
    .positive()
    .nullable()
    .default(1)
    .describe('clip to this norm; null: never'),
  lr_scheduler_type: z.enum(['cosine', 'linear', 'constant', 'cosine_restarts']).default('cosine'),
  warmup_ratio: z.number().min(0).max(1).default(0.06).describe('share of the steps that warm up'),
  min_lr_ratio: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe('floor of the cosine, as a share of the peak'),
  restart_every: z
    .int()
    .positive()
    .optional()
    .describe('cosine_restarts: steps between restarts; default: a quarter of the run'),
  restart_warmup_steps: z
    .int()
    .positive()
    .optional()
    .describe('cosine_restarts: steps that warm up after each; default: a tenth of restart_every'),
  loraplus_lr_ratio: z
    .number()
    .positive()
    .optional()
    .describe("LoRA+: the learning rate of B as a multiple of A's"),
  loraplus_lr_embedding: z
    .number()
    .positive()
    .optional()
    .describe("LoRA+: the learning rate of an embedding's factors; default 1e-6"),
  num_train_epochs: z.number().positive().default(1),
  max_steps: z
    .int()
    .positive()
    .nullable()
    .default(null)
    .apply(described, { en: 'stop after so many steps', zh: '达到这一步数后停止' }),
  batch_size: z
    .int()
    .positive()
    .default(8)
    .apply(described, { en: 'examples per optimizer step', zh: '每个优化步的示例数' }),
  micro_batch_tokens: z
    .int()
    .positive()
    .default(1400)
    .describe('tokens per forward pass; a step accumulates as many passes as it needs'),
  group_by_length: z.boolean().default(false).describe('batches of similar lengths'),
  seed: z.int().default(1),
  save_steps: z.int().positive().default(50).describe('steps between checkpoints'),
});

/** A validated training configuration. */
export type TrainConfig = z.infer<typeof trainConfig>;
