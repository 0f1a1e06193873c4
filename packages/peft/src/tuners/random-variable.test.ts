/** Initial values against the distributions that they are to follow. */
import { describe, expect, it } from 'vitest';
import { loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { newBottleneck } from './bottleneck.ts';
import { torchDenseLayer } from './dense-layer.ts';
import { normal, truncatedNormal, uniform } from './random-variable.ts';

await loadEngine();
const COUNT = 4000;
/** Kolmogorov–Smirnov at the 0.1 % level. */
const LIMIT = 1.95 / Math.sqrt(COUNT);

/** Largest distance between the values' own distribution and the one expected. */
function distance(values: readonly number[], cumulative: (x: number) => number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.reduce((most, x, i) => {
    const expected = cumulative(x);
    return Math.max(
      most,
      Math.abs(expected - i / sorted.length),
      Math.abs((i + 1) / sorted.length - expected),
    );
  }, 0);
}

/** Φ(x), by Simpson's rule over the density. */
function normalCumulative(x: number): number {
  const steps = 200;
  const width = x / steps;
  const density = (t: number): number => Math.exp(-(t * t) / 2) / Math.sqrt(2 * Math.PI);
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const t = i * width;
    sum += (density(t) + 4 * density(t + width / 2) + density(t + width)) * (width / 6);
  }
  return 0.5 + sum;
}

describe('initial values', () => {
  const draws = (draw: () => number): number[] => Array.from({ length: COUNT }, draw);

  it('uniform', () => {
    const values = draws(uniform(seededRandom(1), 0.25));
    expect(distance(values, (x) => (x + 0.25) / 0.5)).toBeLessThan(LIMIT);
  });

  it('normal', () => {
    const values = draws(normal(seededRandom(2), 3));
    expect(distance(values, (x) => normalCumulative(x / 3))).toBeLessThan(LIMIT);
  });

  it('truncated normal', () => {
    const values = draws(truncatedNormal(seededRandom(3), 1e-3));
    const [low, high] = [normalCumulative(-2), normalCumulative(2)];
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(2e-3);
    const cumulative = (x: number): number => (normalCumulative(x / 1e-3) - low) / (high - low);
    expect(distance(values, cumulative)).toBeLessThan(LIMIT);
  });

  it('a linear layer is drawn as torch draws it', () => {
    const { weight, bias } = torchDenseLayer(16, 250, seededRandom(4));
    expect(distance([...weight.dataSync()], (x) => (x + 0.25) / 0.5)).toBeLessThan(LIMIT);
    expect(Math.max(...bias.dataSync().map(Math.abs))).toBeGreaterThan(0.2);
    weight.dispose();
    bias.dispose();
  });

  it.each(['houlsby', 'bert', 'mam_adapter'] as const)('bottlenecks: %s', (initial) => {
    const layers = newBottleneck(50, 80, initial, seededRandom(5));
    const [down, up] = [layers.down, layers.up].map(({ weight }) => [...weight.dataSync()]);
    const deviation = (values: number[] = []): number =>
      Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length);
    const expected = {
      // The deviation of a normal variable cut at two deviations is 0.8796 of the whole one's.
      houlsby: [0.8796e-3, 0.8796e-3],
      bert: [0.02, 0.02],
      mam_adapter: [1 / Math.sqrt(50 * 3), 0],
    }[initial];
    expect(deviation(down) / (expected[0] as number)).toBeCloseTo(1, 1);
    expect(deviation(up)).toBeCloseTo(expected[1] as number, 3);
    for (const { weight, bias } of [layers.down, layers.up]) {
      expect(new Set(bias.dataSync())).toEqual(new Set([0]));
      weight.dispose();
      bias.dispose();
    }
  });
});
