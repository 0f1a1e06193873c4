/** Configurations of LoRAs whose factors were stacked or cut: another rank, the same scale. */
import type { LoraFields } from './lora-config.ts';

type RankFields = Pick<
  LoraFields,
  'r' | 'lora_alpha' | 'rank_pattern' | 'alpha_pattern' | 'use_rslora'
>;

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
