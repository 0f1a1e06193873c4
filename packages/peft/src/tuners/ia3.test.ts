import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LanguageModel } from '../model/language-model.ts';
import { engine, loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, sequenceLogits, tinyModel } from '../testing/index.ts';
import { ia3Config } from './ia3-config.ts';
import { attachTuner } from './index.ts';
import type { Adapter } from './tuner.ts';

const { tf } = await loadEngine();
let model: LanguageModel;
let adapter: Adapter | undefined;
beforeEach(() => {
  model = tinyModel();
});
afterEach(() => {
  adapter?.detach();
  adapter = undefined;
  model.dispose();
});
const attach = (config: Record<string, unknown>, of = model): Adapter => {
  adapter = attachTuner(of, 'ia3', config, seededRandom(1));
  return adapter;
};
const output = (): Float32Array => sequenceLogits(model, [[72, 101], [9]]);

describe('(IA)³', () => {
  it.each([
    ['llama', ['k_proj', 'v_proj', 'down_proj'], 2 * (8 + 8 + 24)],
    ['mistral', ['k_proj', 'v_proj', 'down_proj'], 2 * (8 + 8 + 24)],
    ['qwen2', ['q_proj', 'v_proj', 'down_proj'], 2 * (16 + 8 + 24)],
  ] as const)('takes HF-PEFT’s targets for %s: %j', (model_type, target_modules, count) => {
    const typed = { ...model, config: { ...model.config, model_type } };
    const { config, parameters } = attach({}, typed);
    expect(config).toMatchObject({ target_modules, feedforward_modules: ['down_proj'] });
    const sizes = parameters().map(({ variable }) => variable.size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(count);
  });

  it.each([
    [['k_proj', 'v_proj'], []],
    [['k_proj', 'mlp.down_proj'], ['mlp.down_proj']],
  ])('names of %j no module scaled at its input that is no target', (target_modules, inner) => {
    const { config } = attach({ target_modules });
    expect(config.feedforward_modules).toEqual(inner);
    expect(ia3Config.safeParse(config).success).toBe(true);
  });

  it('scales outputs alone where no feed-forward module is named', () => {
    const { config, parameters } = attach({
      target_modules: ['down_proj'],
      feedforward_modules: [],
    });
    expect(config.feedforward_modules).toEqual([]);
    expect(parameters().map(({ variable }) => variable.shape)).toEqual([
      [16, 1],
      [16, 1],
    ]);
  });

  it('scales the inputs of some layers of a product and the outputs of others', () => {
    attach({
      target_modules: ['gate_proj', 'up_proj', 'q_proj', 'v_proj'],
      feedforward_modules: ['up_proj', 'q_proj'],
      init_ia3_weights: false,
    });
    const block = model.blocks[0] as (typeof model.blocks)[number];
    for (const group of [block.qkv, block.gateUp]) {
      const x = tf.randomNormal([3, 16], 0, 1, 'float32', 5);
      const [scaled, merged] = tf.tidy(() => {
        const before = group.forward(x).dataSync().slice();
        adapter?.merge?.();
        const after = group.forward(x).dataSync().slice();
        adapter?.unmerge?.();
        return [before, after];
      });
      expect(largestDifference(scaled as Float32Array, merged as Float32Array)).toBeLessThan(1e-5);
      x.dispose();
    }
  });

  it('scales the bias of an output, merged or not', () => {
    model.dispose();
    model = tinyModel({ biases: true });
    const { merge } = attach({ init_ia3_weights: false });
    const unmerged = output();
    merge?.();
    expect(largestDifference(output(), unmerged)).toBeLessThan(1e-5);
  });

  it('comes back from a merge with a learned zero', () => {
    const { parameters, merge, unmerge } = attach({});
    for (const { variable } of parameters()) {
      tf.tidy(() => variable.assign(tf.zerosLike(variable)));
    }
    const silent = output();
    merge?.();
    expect(largestDifference(output(), silent)).toBeLessThan(1e-5);
    unmerge?.();
    for (const { variable } of parameters()) {
      tf.tidy(() => variable.assign(tf.onesLike(variable)));
    }
    const restored = output();
    adapter?.detach();
    adapter = undefined;
    expect(restored).toEqual(output());
  });

  it.each([
    [{ target_modules: ['query'] }, /matches no linear layer of tiny.*q_proj, k_proj/],
    [
      { target_modules: ['k_proj'], feedforward_modules: ['down_proj'] },
      /feedforward_modules: expected only names that target_modules has/,
    ],
    [
      { fan_in_fan_out: true, modules_to_save: ['lm_head'] },
      /fan_in_fan_out[\s\S]*modules_to_save/,
    ],
  ])('refuses %j', (config, message) => {
    expect(() => attach(config)).toThrow(message);
  });

  it('leaves a scale of one exactly as it is in bfloat16', () => {
    if (!engine().fused) return;
    const low = tinyModel({ precision: 'bfloat16' });
    const rows = (): Float32Array => sequenceLogits(low, [[72, 101, 7]]);
    const base = rows();
    const scales = attachTuner(low, 'ia3', {}, seededRandom(1));
    expect(rows()).toEqual(base);
    scales.detach();
    low.dispose();
  });
});
