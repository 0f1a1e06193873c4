import * as z from 'zod';
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
    .describe('the adapters to fuse by name: folder of a trained one, or its configuration'),
  share_fusion: z.boolean().default(false).describe('one module for all layers'),
  regularization: z
    .number()
    .min(0)
    .default(0.01)
    .describe('weight of ‖I − V‖² in the loss, summed over the modules'),
});

/** A validated AdapterFusion configuration. */
export type AdapterFusionConfig = z.infer<typeof adapterFusionConfig>;
