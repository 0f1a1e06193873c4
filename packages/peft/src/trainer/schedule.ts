import type { TrainConfig } from './config.ts';

/**
 * The learning rate of a step (from 0): linear warm-up to the peak, then cosine to `min_lr_ratio` of
 * it, linear to 0, or constant. `cosine_restarts` (Lialin et al. 2023, "jagged") is the cosine, but
 * climbs anew from near 0 to it after every `restart_every` steps.
 */
export function learningRate(step: number, totalSteps: number, config: TrainConfig): number {
  const warmup = Math.ceil(totalSteps * config.warmup_ratio);
  const peak = config.learning_rate;
  if (step < warmup) return (peak * (step + 1)) / warmup;
  const progressOf = (at: number): number =>
    Math.min(1, (at - warmup) / Math.max(1, totalSteps - warmup));
  const cosine = (at: number): number => {
    const floor = config.min_lr_ratio;
    return peak * (floor + ((1 - floor) * (1 + Math.cos(Math.PI * progressOf(at)))) / 2);
  };
  switch (config.lr_scheduler_type) {
    case 'constant':
      return peak;
    case 'linear':
      return peak * (1 - progressOf(step));
    case 'cosine':
      return cosine(step);
    case 'cosine_restarts': {
      const every = config.restart_every ?? restartInterval(totalSteps);
      const climb = config.restart_warmup_steps ?? Math.max(1, Math.floor(every / 10));
      const since = step % every;
      if (step < every || since >= climb) return cosine(step);
      return (cosine(step - since + climb) * (since + 1)) / climb;
    }
  }
}

/** Steps between restarts where none are given: a quarter of the run. */
export function restartInterval(totalSteps: number): number {
  return Math.max(1, Math.floor(totalSteps / 4));
}
