import * as z from 'zod';
import { described } from '../described.ts';
import { PFEIFFER } from './bottleneck-adapter.ts';
import { bottleneckConfig } from './bottleneck-config.ts';

const adapterName = z.string().regex(/^[A-Za-z0-9_-]+$/, 'expected letters, digits, - or _');

/** AdapterFusion's fields. */
export const adapterFusionConfig = z.object({
  peft_type: z.literal('ADAPTER_FUSION').default('ADAPTER_FUSION'),
  task_type: z.string().nullable().default('CAUSAL_LM'),
  base_model_name_or_path: z.string().nullable().default(null),
  adapters: z
    .record(adapterName, z.union([z.string(), bottleneckConfig(PFEIFFER)]))
    .refine((adapters) => Object.keys(adapters).length > 0, 'expected at least one adapter')
    .apply(described, {
      en: 'the adapters to fuse by name: folder of a trained one, or its configuration',
      zh: '要融合的适配器，以名称为键：已训练适配器的文件夹，或其配置',
    }),
  share_fusion: z
    .boolean()
    .default(false)
    .apply(described, { en: 'one module for all layers', zh: '所有层共用一个模块' }),
  regularization: z.number().min(0).default(0.01).apply(described, {
    en: 'weight of ‖I − V‖² in the loss, summed over the modules',
    zh: '损失中 ‖I − V‖² 的权重，对各模块求和',
  }),
});

/** A validated AdapterFusion configuration. */
export type AdapterFusionConfig = z.infer<typeof adapterFusionConfig>;
