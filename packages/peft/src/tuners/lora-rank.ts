/** The rank and scale of each module of a LoRA, and of one whose factors were stacked or cut. */
import * as z from 'zod';
import type { LoraFields } from './lora-config.ts';
import { fromPattern } from './target-modules.ts';

export type RankFields = Pick<
  LoraFields,
  'r' | 'lora_alpha' | 'rank_pattern' | 'alpha_pattern' | 'use_rslora'
>;

const orNothing = (pattern: Record<string, number> | null | undefined): Record<string, number> =>
  pattern ?? {};

/** The fields of a stored configuration that make up a module's rank and scale, HF-PEFT's defaults. */
export const scalingFields = z.looseObject({
  r: z.int().positive().default(8),
  lora_alpha: z.number().default(8),
  rank_pattern: z.record(z.string(), z.int().positive()).nullish().transform(orNothing),
  alpha_pattern: z.record(z.string(), z.number()).nullish().transform(orNothing),
  use_rslora: z.boolean().nullish().transform(Boolean),
});

/** What the configuration says of one module. */
export function rankAndScale(
  path: string,
  config: RankFields,
): { readonly rank: number; readonly alpha: number; readonly scale: number } {
  const rank = fromPattern(path, config.rank_pattern, config.r);
  const alpha = fromPattern(path, config.alpha_pattern, config.lora_alpha);
  return { rank, alpha, scale: loraScale(alpha, rank, config.use_rslora) };
}

/** s = α/r, or α/√r. */
export function loraScale(alpha: number, rank: number, rslora: boolean): number {
  return rslora ? alpha / Math.sqrt(rank) : alpha / rank;
}

/**
 * A configuration of `times` the rank. α grows with the rank, or its root, so that s stays: every
 * module's α is that of a pattern or the common one.
 */
export function multipliedRank<Config extends RankFields>(config: Config, times: number): Config {
  const growth = config.use_rslora ? Math.sqrt(times) : times;
  return {
    ...config,
    r: times * config.r,
    lora_alpha: growth * config.lora_alpha,
    rank_pattern: scaled(config.rank_pattern, times),
    alpha_pattern: scaled(config.alpha_pattern, growth),
  };
}

function scaled(pattern: Readonly<Record<string, number>>, factor: number): Record<string, number> {
  return Object.fromEntries(Object.entries(pattern).map(([key, value]) => [key, factor * value]));
}
