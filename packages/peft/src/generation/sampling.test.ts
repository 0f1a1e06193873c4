import { describe, expect, it } from 'vitest';
import { engine, loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import {
  type AllowedTokens,
  type PickedToken,
  pickTokens,
  type SamplingOptions,
} from './sampling.ts';

await loadEngine();

/** A rule that counts how often it is asked. */
function only(allowed: readonly number[]): AllowedTokens & { asked: number; masks: number } {
  const rule = {
    asked: 0,
    masks: 0,
    accepts: (id: number) => {
      rule.asked++;
      return allowed.includes(id);
    },
    mask: (size: number) => {
      rule.masks++;
      return Uint8Array.from({ length: size }, (_, id) => (allowed.includes(id) ? 1 : 0));
    },
  };
  return rule;
}

function pickFrom(
  rows: readonly (readonly number[])[],
  options: SamplingOptions,
  rules: readonly (AllowedTokens | null)[],
  seed = 1,
): PickedToken[] {
  const logits = engine().tf.tensor2d(rows.map((row) => [...row]));
  try {
    const random = seededRandom(seed);
    const choices = rows.map((_, i) => ({ ...options, random, rule: rules[i] ?? null }));
    return pickTokens(logits, choices);
  } finally {
    logits.dispose();
  }
}

const greedy = { temperature: 0, topK: 0, topP: 1 };
/** 200 tokens, each less likely than the one before. */
const falling = Array.from({ length: 200 }, (_, id) => -id / 10);
const logOf = (logits: readonly number[], id: number) =>
  (logits[id] as number) - Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));

describe('top-p beyond the candidates that are looked at first', () => {
  const flat = Array.from({ length: 2000 }, (_, id) => -id / 1e4);
  const many = (options: SamplingOptions) =>
    pickFrom(
      Array.from({ length: 300 }, () => flat),
      options,
      [],
    ).map(({ id }) => id);

  it('is a share of the whole vocabulary', () => {
    const ids = many({ temperature: 1, topK: 0, topP: 0.9 });
    expect(Math.max(...ids)).toBeGreaterThan(1500);
    expect(Math.max(...ids)).toBeLessThan(1850);
    expect(ids.filter((id) => id < 512).length).toBeLessThan(130);
  });

  it('is a share of the candidates where their number is given', () => {
    expect(Math.max(...many({ temperature: 1, topK: 100, topP: 0.5 }))).toBeLessThan(52);
  });

  it('draws nothing that has no probability', () => {
    const steep = Array.from({ length: 2000 }, (_, id) => -id / 10);
    const rows = Array.from({ length: 400 }, () => steep);
    const ids = pickFrom(rows, { temperature: 0.001, topK: 0, topP: 1 }, []).map(({ id }) => id);
    expect(new Set(ids)).toEqual(new Set([0]));
  });
});

describe('a refused token', () => {
  it('gives way to the likeliest allowed one, and a mask is made only where many are refused', () => {
    const near = only([7, 40]);
    const far = only([150, 199]);
    const free = only([0]);
    const picked = pickFrom([falling, falling, falling, falling], greedy, [near, null, far, free]);
    expect(picked.map(({ id }) => id)).toEqual([7, 0, 150, 0]);
    for (const { id, logProbability } of picked) {
      expect(logProbability).toBeCloseTo(logOf(falling, id), 3);
    }
    expect([near.masks, far.masks, free.masks]).toEqual([0, 1, 0]);
    expect(free.asked).toBe(1);
  });

  it.each([
    ['by temperature', { temperature: 0.7, topK: 0, topP: 1 }],
    ['by top-k', { temperature: 1, topK: 3, topP: 1 }],
    ['by top-p', { temperature: 1, topK: 0, topP: 0.5 }],
  ])('drawn %s, gives way to an allowed one', (_, options) => {
    for (let seed = 1; seed <= 30; seed++) {
      const [near, far] = [only([2, 5, 9]), only([150, 160])];
      const [a, b] = pickFrom([falling, falling], options, [near, far], seed);
      expect([2, 5, 9]).toContain(a?.id);
      expect([150, 160]).toContain(b?.id);
      for (const token of [a, b]) {
        expect(token?.logProbability).toBeCloseTo(logOf(falling, token?.id as number), 3);
      }
    }
  });

  it('leaves the others in proportion to their probabilities', () => {
    const logits = [2, 1, 0, 1.5, -1, 0.5];
    const allowed = [1, 2, 4, 5];
    const draws = 6000;
    const rules = Array.from({ length: draws }, () => only(allowed));
    const rows = rules.map(() => logits);
    const counts = new Map<number, number>();
    for (const { id } of pickFrom(rows, { temperature: 0.8, topK: 0, topP: 1 }, rules)) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    const weights = allowed.map((id) => Math.exp((logits[id] as number) / 0.8));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [i, id] of allowed.entries()) {
      // Within 4 standard deviations.
      const share = (weights[i] as number) / total;
      const deviation = Math.sqrt((share * (1 - share)) / draws);
      expect(Math.abs((counts.get(id) ?? 0) / draws - share)).toBeLessThan(4 * deviation);
    }
    expect([...counts.keys()].sort()).toEqual(allowed);
    expect(rules.every(({ masks }) => masks === 0)).toBe(true);
  });
});

describe('a draw from all of a vocabulary', () => {
  const size = 2000;
  const logits = Array.from({ length: size }, (_, id) => (id % 2 === 0 ? 0 : 1));
  const options = { temperature: 1, topK: 0, topP: 1 };
  /** Share of the heavier half. */
  const heavierAt = (temperature: number) => 1 / (1 + Math.exp(-1 / temperature));

  it.each([0.5, 1, 2])(
    'reaches its unlikely half, in proportion: temperature %d',
    (temperature) => {
      const draws = 400;
      const heavier = heavierAt(temperature);
      const picked = pickFrom(Array(draws).fill(logits), { ...options, temperature }, []);
      const odd = picked.filter(({ id }) => id % 2 === 1).length / draws;
      expect(Math.abs(odd - heavier)).toBeLessThan(
        4 * Math.sqrt((heavier * (1 - heavier)) / draws),
      );
      expect(new Set(picked.map(({ id }) => id)).size).toBeGreaterThan(0.75 * draws);
      for (const { id, logProbability } of picked.slice(0, 20)) {
        expect(logProbability).toBeCloseTo(logOf(logits, id), 3);
      }
    },
  );

  it('keeps to a rule there, too', () => {
    const heavier = heavierAt(1);
    const allowed = Array.from({ length: size / 2 }, (_, i) => i + size / 2);
    const rules = Array.from({ length: 200 }, () => only(allowed));
    const picked = pickFrom(Array(200).fill(logits), options, rules);
    expect(picked.every(({ id }) => id >= size / 2)).toBe(true);
    const odd = picked.filter(({ id }) => id % 2 === 1).length / 200;
    expect(Math.abs(odd - heavier)).toBeLessThan(4 * Math.sqrt((heavier * (1 - heavier)) / 200));
  });
});
