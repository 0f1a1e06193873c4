import { describe, expect, it } from 'vitest';
import { trainConfig } from './config.ts';
import { learningRate, restartInterval } from './schedule.ts';

const jagged = trainConfig.parse({
  learning_rate: 1,
  lr_scheduler_type: 'cosine_restarts',
  warmup_ratio: 0.1,
  min_lr_ratio: 0.1,
  restart_every: 25,
  restart_warmup_steps: 5,
});

describe('cosine_restarts', () => {
  const rates = Array.from({ length: 100 }, (_, step) => learningRate(step, 100, jagged));
  const smooth = Array.from({ length: 100 }, (_, step) =>
    learningRate(step, 100, { ...jagged, lr_scheduler_type: 'cosine' }),
  );

  it('is the cosine but for the steps after each restart', () => {
    for (const [step, rate] of rates.entries()) {
      const climbing = step >= 25 && step % 25 < 5;
      if (climbing) expect(rate).toBeLessThan(smooth[step] as number);
      else expect(rate).toBe(smooth[step]);
    }
  });

  it('climbs in equal steps to the cosine where the climb ends', () => {
    for (const restart of [25, 50, 75]) {
      const top = smooth[restart + 5] as number;
      const climb = rates.slice(restart, restart + 5).map((rate) => rate / top);
      for (const [i, share] of climb.entries()) expect(share).toBeCloseTo((i + 1) / 5, 12);
    }
  });

  it('restarts every quarter of the run where nothing is said', () => {
    const { restart_every: _, restart_warmup_steps: __, ...plain } = jagged;
    expect(restartInterval(200)).toBe(50);
    expect(learningRate(50, 200, plain)).toBeLessThan(0.25 * learningRate(49, 200, plain));
    expect(learningRate(55, 200, plain)).toBeGreaterThan(0.9 * learningRate(49, 200, plain));
  });
});
