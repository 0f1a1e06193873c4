import { beforeEach, describe, expect, it } from 'vitest';
import { truncatedSvd } from '../linear-algebra/svd.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { engine, loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, sequenceLogits, tinyModel } from '../testing/index.ts';
import { trainConfig } from '../trainer/config.ts';
import { train } from '../trainer/trainer.ts';
import { adapterState, attachTuner } from './index.ts';
import { loraConfig } from './lora-config.ts';
import { createLoraLayer } from './lora-layer.ts';
import { loftq, quantiseNormalFloat } from './lora-loftq.ts';
import { pissa } from './lora-principal.ts';
import { disposeLayer } from './low-rank-layer.ts';
import type { Adapter } from './tuner.ts';

await loadEngine();

/** Largest distance of the values' distribution function from another (Kolmogorov–Smirnov). */
function distance(values: Float32Array, cumulative: (x: number) => number): number {
  const sorted = values.slice().sort();
  return sorted.reduce((most, x, i) => {
    const [below, above] = [i / sorted.length, (i + 1) / sorted.length];
    const wanted = cumulative(x);
    return Math.max(most, Math.abs(wanted - below), Math.abs(wanted - above));
  }, 0);
}

/** Values of A and B of a layer of 64 ranks, 400 inputs and 50 outputs. */
function drawn(init_lora_weights: unknown): { a: Float32Array; b: Float32Array } {
  const config = loraConfig.parse({ r: 64, init_lora_weights });
  const layer = createLoraLayer({ path: 'x', start: 0, size: 50 }, 400, config, seededRandom(7));
  const [a, b] = [layer.a, layer.b].map((one) => Float32Array.from(one.dataSync()));
  disposeLayer(layer);
  return { a: a as Float32Array, b: b as Float32Array };
}

describe('drawn factors', () => {
  // At the 1 % level a distance of 1.63/√n would be significant.
  const uniform = (bound: number) => (x: number) => (x / bound + 1) / 2;

  it('has A uniform on ±1/√in and B zero', () => {
    const { a, b } = drawn(true);
    expect(distance(a, uniform(1 / 20))).toBeLessThan(1.63 / Math.sqrt(a.length));
    expect(distance(a, uniform(1 / 19))).toBeGreaterThan(1.63 / Math.sqrt(a.length));
    expect(Math.hypot(...b)).toBe(0);
  });

  it('has A normal with deviation 1/r where gaussian', () => {
    const { a } = drawn('gaussian');
    const mean = a.reduce((sum, x) => sum + x, 0) / a.length;
    const deviation = Math.sqrt(a.reduce((sum, x) => sum + (x - mean) ** 2, 0) / a.length);
    expect(Math.abs(mean)).toBeLessThan((3 * 1) / 64 / Math.sqrt(a.length));
    expect(Math.abs(deviation * 64 - 1)).toBeLessThan(3 / Math.sqrt(2 * a.length));
  });

  it('has both uniform where false, B on ±1/√r', () => {
    const { a, b } = drawn(false);
    expect(distance(a, uniform(1 / 20))).toBeLessThan(1.63 / Math.sqrt(a.length));
    expect(distance(b, uniform(1 / 8))).toBeLessThan(1.63 / Math.sqrt(b.length));
  });
});

describe('initialisations that change the base', () => {
  let model: LanguageModel;
  let base: Float32Array;
  const output = (): Float32Array =>
    sequenceLogits(model, [
      [72, 101, 108],
      [1, 2],
    ]);
  const attach = (config: Readonly<Record<string, unknown>>): Adapter =>
    attachTuner(model, 'lora', config, seededRandom(1));
  const steps = async (adapter: Adapter): Promise<void> => {
    const settings = trainConfig.parse({ learning_rate: 1e-2, num_train_epochs: 5 });
    for await (const _ of train(
      model,
      adapter,
      [{ ids: [65, 66, 67, 68], labelStart: 1 }],
      settings,
    ));
  };
  beforeEach(() => {
    model = tinyModel();
    base = output();
    return () => model.dispose();
  });

  it.each([
    { init_lora_weights: 'pissa' },
    { init_lora_weights: 'pissa_niter_8' },
    { init_lora_weights: 'olora' },
    { init_lora_weights: 'pissa', use_dora: true },
    { init_lora_weights: 'pissa', use_rslora: true, rank_pattern: { q_proj: 2 } },
    { init_lora_weights: 'olora', alpha_pattern: { v_proj: 3 }, bias: 'all' },
    { init_lora_weights: 'pissa', target_modules: ['q_proj', 'embed_tokens'] },
    { init_lora_weights: 'olora', target_modules: ['down_proj', 'lm_head', 'embed_tokens'] },
    {
      ...{ init_lora_weights: 'pissa', target_modules: ['embed_tokens', 'o_proj'] },
      ...{ use_rslora: true, rank_pattern: { 'embed.*': 2 }, alpha_pattern: { embed_tokens: 5 } },
    },
    { init_lora_weights: 'olora', target_modules: ['q_proj'], modules_to_save: ['embed_tokens'] },
  ])('%o trains from the base and is saved as a LoRA for it', async (initial) => {
    const config = { r: 4, lora_alpha: 6, target_modules: 'all-linear', ...initial };
    const adapter = attach(config);
    expect(largestDifference(output(), base)).toBeLessThan(2e-5);
    expect(Math.hypot(...(adapter.parameters()[1]?.variable.dataSync() ?? []))).toBeGreaterThan(
      0.1,
    );
    await steps(adapter);
    const trained = output();
    expect(largestDifference(trained, base)).toBeGreaterThan(0.1);
    adapter.merge?.();
    expect(largestDifference(output(), trained)).toBeLessThan(1e-4);
    adapter.unmerge?.();
    const state = adapterState(adapter);
    adapter.detach();
    expect(output()).toEqual(base);
    expect(adapter.config).toMatchObject({ r: 8, init_lora_weights: true });
    const again = attach(adapter.config);
    again.load(state);
    expect(largestDifference(output(), trained)).toBeLessThan(1e-4);
    again.detach();
  });

  it('takes the best approximation out with PiSSA', () => {
    const weight = Float32Array.from(model.blocks[0]?.output.weight.dataSync() ?? []);
    const config = { r: 3, lora_alpha: 6, target_modules: ['o_proj'], init_lora_weights: 'pissa' };
    const adapter = attach(config);
    const rest = model.blocks[0]?.output.weight.dataSync() ?? [];
    const left = weight.map((value, i) => value - (rest[i] as number));
    const { s } = truncatedSvd(weight, 16, 16, 16);
    expect(largestDifference(truncatedSvd(left, 16, 16, 3).s, s.slice(0, 3))).toBeLessThan(1e-5);
    expect(truncatedSvd(Float32Array.from(rest), 16, 16, 1).s[0]).toBeCloseTo(s[3] as number, 5);
    adapter.detach();
  });

  it('gives B orthonormal columns with OLoRA', () => {
    const { tf } = engine();
    const adapter = attach({ r: 3, target_modules: ['o_proj'], init_lora_weights: 'olora' });
    const b = adapter.parameters()[1]?.variable;
    const gram = tf.tidy(() => tf.matMul(b as never, b as never, true).dataSync());
    expect(largestDifference(gram, [1, 0, 0, 0, 1, 0, 0, 0, 1])).toBeLessThan(1e-6);
    adapter.detach();
  });

  it.each([
    [{ loftq_bits: 4, loftq_iter: 1 }],
    [{ loftq_bits: 4, loftq_iter: 4 }],
    [{ loftq_bits: 8 }],
  ])('makes up for a quantised base with LoftQ, %o', async (loftq_config) => {
    const weight = Float32Array.from(model.blocks[0]?.down.weight.dataSync() ?? []);
    const targets = { target_modules: ['down_proj'], r: 4, lora_alpha: 8 };
    const adapter = attach({ ...targets, init_lora_weights: 'loftq', loftq_config });
    const saved = { ...{ loftq_bits: 4, loftq_iter: 1 }, ...loftq_config };
    expect(adapter.config.loftq_config).toEqual(saved);
    const quantised = Float32Array.from(model.blocks[0]?.down.weight.dataSync() ?? []);
    adapter.merge?.();
    const corrected = Float32Array.from(model.blocks[0]?.down.weight.dataSync() ?? []);
    adapter.unmerge?.();
    const error = (values: Float32Array): number =>
      Math.hypot(...values.map((value, i) => value - (weight[i] as number)));
    expect(error(quantised)).toBeGreaterThan(0);
    expect(error(corrected)).toBeLessThan(0.9 * error(quantised));
    await steps(adapter);
    const trained = output();
    const state = adapterState(adapter);
    adapter.detach();
    expect(output()).toEqual(base);
    // It belongs to the quantised base, which the configuration makes again.
    const again = attach(adapter.config);
    again.load(state);
    expect(output()).toEqual(trained);
    again.detach();
  });

  it('leaves the base as it is when a weight is not finite', () => {
    const { tf } = engine();
    const group = model.blocks[1]?.output;
    const own = group?.weight;
    if (!group || !own) throw new Error('the tiny model has two blocks');
    group.weight = tf.fill([16, 16], Number.NaN);
    const before = model.blocks[0]?.output.weight;
    const config = { r: 2, target_modules: ['o_proj'], init_lora_weights: 'pissa' };
    expect(() => attach(config)).toThrow(/not finite/);
    expect(model.blocks[0]?.output.weight).toBe(before);
    expect(model.blocks[0]?.output.hook).toBeNull();
    group.weight.dispose();
    group.weight = own;
  });
});

it.each([
  ['LoftQ', loftq(4, 4)],
  ['PiSSA', pissa(null)],
])('splits a large weight alike whatever the seed: %s', (_, split) => {
  const random = seededRandom(3);
  const weight = Float32Array.from({ length: 200 * 210 }, () => random.normal());
  const [one, other] = [1, 2].map((seed) => split(weight, 200, 210, 8, 2, seededRandom(seed)));
  expect(other).toEqual(one);
});

it('rounds to the sixteen levels of NF4, block by block', () => {
  const values = Float32Array.from({ length: 130 }, (_, i) => Math.sin(i) * (i < 64 ? 1 : 8));
  const rounded = quantiseNormalFloat(values);
  expect(new Set(rounded.subarray(0, 64)).size).toBeLessThanOrEqual(16);
  expect(Math.max(...rounded.subarray(0, 64).map(Math.abs))).toBe(
    Math.max(...values.subarray(0, 64).map(Math.abs)),
  );
  // The widest gap of the levels, from −1 to −0.696, is 0.304.
  for (const [i, value] of values.entries()) {
    expect(Math.abs((rounded[i] as number) - value)).toBeLessThan(0.153 * (i < 64 ? 1 : 8));
  }
  expect([...quantiseNormalFloat(Float32Array.of(0, 0))]).toEqual([0, 0]);
});
