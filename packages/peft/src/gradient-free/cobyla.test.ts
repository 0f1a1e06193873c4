import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference } from '../testing/index.ts';
import { minimize } from './minimize.ts';

interface Golden {
  readonly t: readonly number[];
  readonly q: readonly number[];
  readonly trace: readonly (readonly [point: readonly number[], value: number])[];
}

const { t, q, trace } = JSON.parse(
  readFileSync('test/golden/cobyla/ng_cobyla_trace_scipy_1.17.1.json', 'utf8'),
) as Golden;

/** The objective of the golden trace: Σ q·(w − t)² + 0.05·mean |w|. */
function objective(w: readonly number[]): number {
  const distance = w.reduce((sum, x, i) => sum + at(q, i) * (x - at(t, i)) ** 2, 0);
  return distance + (0.05 / w.length) * w.reduce((sum, x) => sum + Math.abs(x), 0);
}

function at(values: readonly number[], i: number): number {
  return values[i] as number;
}

describe('COBYLA', () => {
  it('asks for the points that nevergrad with SciPy 1.17 asked for', async () => {
    const found = await minimize(objective, {
      dimension: 20,
      lower: -1.5,
      upper: 1.5,
      budget: trace.length,
      random: seededRandom(1),
    });
    expect(found.algorithm).toBe('cobyla');
    for (const [i, [point, value]] of trace.entries()) {
      const asked = found.trace[i];
      // The simplex is exact; later points go through a linear system.
      const tolerance = i <= 20 ? 0 : 1e-12;
      expect(largestDifference(asked?.point ?? [], point), `${i}`).toBeLessThanOrEqual(tolerance);
      expect(asked?.value, `${i}`).toBeCloseTo(value, 10);
    }
  });

  it('converges to high precision and goes on from the best point', async () => {
    const found = await minimize(objective, {
      dimension: 20,
      lower: -1.5,
      upper: 1.5,
      budget: 3000,
      random: seededRandom(1),
    });
    const ideal = await minimize(objective, {
      dimension: 20,
      initial: found.best,
      budget: 3000,
      algorithm: 'cma-es',
      random: seededRandom(1),
    });
    expect(found.value).toBeLessThan(ideal.value + 1e-2);
  });
});
