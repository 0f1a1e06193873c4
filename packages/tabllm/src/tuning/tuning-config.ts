import { trainConfig } from '@quaestor/peft';
import * as z from 'zod';

const { shape } = trainConfig;

/**
 * Few-shot tuning as TabLLM has it: T-Few's losses, 30 epochs in batches of 4, linear decay after 6 %
 * warm-up. The paper's optimiser is Adafactor at 3e-3; this is AdamW, at the rate of the method.
 */
export const tuningConfig = trainConfig.extend({
  learning_rate: shape.learning_rate.unwrap().default(3e-3).describe('peak learning rate'),
  lr_scheduler_type: shape.lr_scheduler_type.unwrap().default('linear'),
  num_train_epochs: shape.num_train_epochs.unwrap().default(30).describe('passes over the rows'),
  batch_size: shape.batch_size.unwrap().default(4).describe('rows per optimizer step'),
  layers: z
    .int()
    .min(0)
    .default(10)
    .describe('layers from the top that are trained; the others run once for each row; 0: all are'),
  lm_weight: z.number().min(0).default(1).describe('weight of the language model’s loss'),
  ln_weight: z.number().min(0).default(1).describe('weight of the loss over the label choices'),
  ul_weight: z.number().min(0).default(1).describe('weight of the unlikelihood of wrong labels'),
  length_norm: z
    .number()
    .min(0)
    .default(1)
    .describe('labels are compared by log-probability / tokens^length_norm'),
  class_weights: z
    .union([z.enum(['none', 'balanced']), z.array(z.number().positive()).min(2)])
    .default('none')
    .describe('what a row of each class counts: none, balanced, or a number a class'),
  learned_loss: z
    .number()
    .min(0)
    .default(0.02)
    .describe('stop once an epoch’s mean loss is at most that; 0: never'),
  patience: z
    .int()
    .positive()
    .default(5)
    .describe('stop after so many epochs in which the loss did not fall by a hundredth'),
});

/** A validated few-shot tuning configuration. */
export type TuningConfig = z.infer<typeof tuningConfig>;
