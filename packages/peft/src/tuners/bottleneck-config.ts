import * as z from 'zod';
import { described } from '../described.ts';
import { INITIAL_WEIGHTS, NON_LINEARITIES } from './bottleneck.ts';
import { taskNames } from './tasks.ts';

/** Where adapters sit and what they are, under the names of the library `adapters`. */
export interface BottleneckVariant {
  readonly mh_adapter: boolean;
  readonly output_adapter: boolean;
  readonly is_parallel: boolean;
  readonly reduction_factor: number;
  readonly non_linearity: (typeof NON_LINEARITIES)[number];
  readonly scaling: number;
  readonly init_weights: (typeof INITIAL_WEIGHTS)[number];
  readonly train_layer_norm: boolean;
}

/** The schema of bottleneck adapters, whose defaults are a variant's. */
export function bottleneckConfig(variant: BottleneckVariant) {
  return z
    .object({
      peft_type: z.literal('BOTTLENECK').default('BOTTLENECK'),
      task_type: z.string().nullable().default('CAUSAL_LM'),
      base_model_name_or_path: z.string().nullable().default(null),
      mh_adapter: z
        .boolean()
        .default(variant.mh_adapter)
        .apply(described, { en: 'an adapter after attention', zh: '在注意力层之后放置适配器' }),
      output_adapter: z.boolean().default(variant.output_adapter).apply(described, {
        en: 'an adapter at the feed-forward layer',
        zh: '在前馈层处放置适配器',
      }),
      is_parallel: z.boolean().default(variant.is_parallel).apply(described, {
        en: 'beside the feed-forward layer, reading its input, instead of after it',
        zh: '与前馈层并行、读取其输入，而不是放在其后',
      }),
      bottleneck_size: z.int().positive().nullable().default(null).apply(described, {
        en: 'inner width r; default: the model’s width / reduction_factor',
        zh: '内部宽度 r；默认：模型的宽度 / reduction_factor',
      }),
      reduction_factor: z.number().min(1).default(variant.reduction_factor),
      non_linearity: z.enum(NON_LINEARITIES).default(variant.non_linearity),
      scaling: z
        .number()
        .positive()
        .default(variant.scaling)
        .apply(described, { en: 'factor s of what is added', zh: '所加部分的缩放系数 s' }),
      init_weights: z.enum(INITIAL_WEIGHTS).default(variant.init_weights),
      train_layer_norm: z.boolean().default(variant.train_layer_norm).apply(described, {
        en: 'train every layer norm of the model, too',
        zh: '同时训练模型的所有归一化层',
      }),
      tasks: taskNames,
    })
    .refine((config) => config.mh_adapter || config.output_adapter, {
      path: ['output_adapter'],
      error: 'expected mh_adapter or output_adapter: there is no adapter otherwise',
    })
    .refine((config) => !(config.is_parallel && config.mh_adapter), {
      path: ['is_parallel'],
      error: 'a parallel adapter sits beside the feed-forward layer only; set mh_adapter to false',
    });
}

/** A validated configuration of bottleneck adapters. */
export type BottleneckConfig = z.infer<ReturnType<typeof bottleneckConfig>>;
