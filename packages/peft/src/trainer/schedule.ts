import type { TrainConfig } from './config.ts';

/**
 * The learning rate of a step (from 0): linear warm-up to the peak, then cosine to
 * `min_lr_ratio` of it, linear to 0, or constant.
 */
export function learningRate(step: number, totalSteps: number, config: TrainConfig): number {
  const warmup = Math.ceil(totalSteps * config.warmup_ratio);
  const peak = config.learning_rate;
  if (step < warmup) return (peak * (step + 1)) / warmup;
  const progress = Math.min(1, (step - warmup) / Math.max(1, totalSteps - warmup));
  switch (config.lr_scheduler_type) {
    case 'constant':
      return peak;
    case 'linear':
      return peak * (1 - progress);
    case 'cosine': {
      const floor = config.min_lr_ratio;
      return peak * (floor + ((1 - floor) * (1 + Math.cos(Math.PI * progress))) / 2);
    }
  }
}
