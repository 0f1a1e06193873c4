import * as z from 'zod';
import { described } from '../described.ts';

/** Every way to combine adapters, under HF-PEFT's names (`add_weighted_adapter`). */
export const combinationTypes = [
  'svd',
  'cat',
  'linear',
  'ties',
  'ties_svd',
  'dare_linear',
  'dare_linear_svd',
  'dare_ties',
  'dare_ties_svd',
  'magnitude_prune',
  'magnitude_prune_svd',
] as const;

/** The options of `combineAdapters`, under HF-PEFT's names and with its defaults. */
export const combineConfig = z.strictObject({
  combination_type: z
    .enum(combinationTypes)
    .default('svd')
    .apply(described, { en: 'how adapters are combined', zh: '适配器的组合方式' }),
  svd_rank: z.int().positive().optional().apply(described, {
    en: 'rank of the result of svd and *_svd; default the largest rank combined',
    zh: 'svd 和 *_svd 结果的秩；默认：所组合的最大的秩',
  }),
  density: z.number().gt(0).max(1).optional().apply(described, {
    en: 'share of entries kept by ties, dare and magnitude_prune',
    zh: 'ties、dare 和 magnitude_prune 保留的元素比例',
  }),
  majority_sign_method: z
    .enum(['total', 'frequency'])
    .default('total')
    .describe('ties: the elected sign is that of the sum, or of the most entries'),
  compat: z
    .enum(['peft', 'peft-0.20'])
    .optional()
    .describe(
      'compute what HF-PEFT 0.21 (or 0.20 and older) computes, where that differs from the formula',
    ),
  seed: z
    .int()
    .default(42)
    .apply(described, { en: 'of the entries that dare drops', zh: 'dare 丢弃元素时的随机种子' }),
});

/** Validated options of `combineAdapters`. */
export type CombineConfig = z.infer<typeof combineConfig>;
export type CombinationType = (typeof combinationTypes)[number];
