import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../tensors/random.ts';
import { type MinimizeOptions, minimize } from './minimize.ts';
import type { AlgorithmName } from './shiwa.ts';

const names: readonly AlgorithmName[] = [
  'cobyla',
  'one-plus-one',
  'cma-es',
  'differential-evolution',
];
const target = [0.3, -0.8, 0.5, 0, 1.1];
const quadratic = (w: readonly number[]): number =>
  w.reduce((sum, x, i) => sum + (i + 1) * (x - (target[i] as number)) ** 2, 0);
const rosenbrock = ([x = 0, y = 0]: readonly number[]): number =>
  100 * (y - x * x) ** 2 + (1 - x) ** 2;
const options = (seed = 1) => ({
  dimension: 5,
  lower: -1.5,
  upper: 1.5,
  budget: 1000,
  random: seededRandom(seed),
});

describe.each(names)('minimize with %s', (algorithm) => {
  it('finds the minimum of a quadratic', async () => {
    const { value, best } = await minimize(quadratic, { ...options(), algorithm });
    expect(value).toBeLessThan(1e-2);
    expect(quadratic(best)).toBe(value);
  });

  it('follows the valley of Rosenbrock’s function', async () => {
    const space = { dimension: 2, lower: -2, upper: 2, initial: [-1.2, 1] };
    const { value, trace } = await minimize(rosenbrock, {
      ...space,
      budget: 2000,
      algorithm,
      random: seededRandom(2),
    });
    expect(trace[0]?.value).toBeCloseTo(24.2, 6);
    expect(value).toBeLessThan(algorithm === 'one-plus-one' ? 0.1 : 1e-2);
  });

  it('makes exactly the evaluations of its budget, within the bounds', async () => {
    const space = fc.record({
      budget: fc.integer({ min: 1, max: 60 }),
      dimension: fc.integer({ min: 1, max: 5 }),
      lower: fc.double({ min: -3, max: -0.1, noNaN: true }),
      upper: fc.double({ min: 0.1, max: 3, noNaN: true }),
      slope: fc.double({ min: -5, max: 5, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(space, async ({ slope, ...asked }) => {
        let calls = 0;
        const random = seededRandom(calls);
        const found = await minimize(
          (w) => {
            calls++;
            for (const x of w) {
              expect(x).toBeGreaterThanOrEqual(asked.lower);
              expect(x).toBeLessThanOrEqual(asked.upper);
            }
            return slope * w.reduce((sum, x) => sum + x, 0);
          },
          { ...asked, algorithm, random },
        );
        expect(calls).toBe(asked.budget);
        expect(found.trace).toHaveLength(asked.budget);
        expect(found.trace.some(({ value }) => value < found.value)).toBe(false);
        expect(found.trace).toContainEqual({ point: found.best, value: found.value });
      }),
      { numRuns: 25 },
    );
  });

  it('repeats itself for the same seed, with an asynchronous objective too', async () => {
    const slow = async (w: readonly number[]) => quadratic(w);
    const first = await minimize(quadratic, { ...options(7), budget: 80, algorithm });
    expect(await minimize(slow, { ...options(7), budget: 80, algorithm })).toEqual(first);
    const other = await minimize(quadratic, { ...options(8), budget: 80, algorithm });
    if (algorithm === 'cobyla') expect(other).toEqual(first);
    else expect(other.trace).not.toEqual(first.trace);
  });

  it('gets past values that are no numbers', async () => {
    const holed = (w: readonly number[]) => ((w[0] as number) < 0 ? Number.NaN : quadratic(w));
    const { value } = await minimize(holed, { ...options(), algorithm });
    expect(value).toBeLessThan(0.2);
    const nowhere = await minimize(() => Number.NaN, { ...options(), budget: 50, algorithm });
    expect(nowhere.best).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('minimize', () => {
  it('starts at the given point, without bounds too', async () => {
    const initial = [5, 5];
    const free = { dimension: 2, initial, budget: 200, random: seededRandom(1) };
    const { trace, value } = await minimize(([x = 0, y = 0]) => x * x + y * y, free);
    expect(trace[0]?.point).toEqual(initial);
    expect(value).toBeLessThan(1e-3);
  });

  it('names every problem of the space', async () => {
    const wrong: MinimizeOptions = {
      dimension: 2,
      lower: [0, 0, 0],
      budget: 9,
      initial: [1],
      random: seededRandom(1),
    };
    await expect(minimize(quadratic, wrong)).rejects.toMatchObject({
      code: 'bad-config',
      problems: [
        'lower and upper: expected both or neither',
        'lower: expected 2 numbers, got 3',
        'initial: expected 2 numbers, got 1',
      ],
    });
    await expect(
      minimize(quadratic, { ...wrong, lower: [1, 0], upper: [1, 1], initial: [1, 2] }),
    ).rejects.toMatchObject({
      problems: [
        'coordinate 0: lower 1 is not below upper 1',
        'coordinate 1: initial 2 is not within 0 and 1',
      ],
    });
    await expect(minimize(quadratic, { ...options(), budget: 0 })).rejects.toThrow(/budget/);
    await expect(minimize(quadratic, { ...options(), dimension: 0 })).rejects.toThrow(/dimension/);
  });

  it('stops when told to', async () => {
    const stop = new AbortController();
    const onTrial = (_: unknown, index: number) => {
      if (index === 4) stop.abort();
    };
    let calls = 0;
    const counted = (w: readonly number[]) => {
      calls++;
      return quadratic(w);
    };
    await expect(
      minimize(counted, { ...options(), onTrial, signal: stop.signal }),
    ).rejects.toMatchObject({ code: 'aborted' });
    expect(calls).toBe(5);
  });
});
