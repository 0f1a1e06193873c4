import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeAdapter } from '../io/adapter-files.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, sequenceLogits, tinyModel } from '../testing/index.ts';
import { trainConfig } from '../trainer/config.ts';
import { train } from '../trainer/trainer.ts';
import { fusionModule, fusionWeights, namedFusion } from './adapter-fusion-module.ts';
import { adapterState, attachTuner } from './index.ts';
import type { Adapter } from './tuner.ts';

const { tf } = await loadEngine();
let model: LanguageModel;
let folder: string;
beforeEach(() => {
  model = tinyModel();
  folder = mkdtempSync(join(tmpdir(), 'quaestor-fusion-'));
  return () => {
    model.dispose();
    rmSync(folder, { recursive: true });
  };
});

const attach = (name: string, config: Record<string, unknown>, seed = 1): Adapter =>
  attachTuner(model, name, config, seededRandom(seed));
const output = (): Float32Array =>
  sequenceLogits(model, [
    [72, 101, 108],
    [9, 8],
  ]);

/** Writes a first-stage adapter whose contribution is large enough to matter. @returns its folder */
function store(name: string, seed: number, config: Record<string, unknown> = {}): string {
  const settings = { bottleneck_size: 4, scaling: 100, train_layer_norm: false, ...config };
  const adapter = attach('adapter-pfeiffer', settings, seed);
  const path = join(folder, name);
  writeAdapter(path, adapter.config, adapterState(adapter));
  adapter.detach();
  return path;
}

const examples = [{ ids: [65, 66, 67, 68, 69], labelStart: 2 }];
const config = trainConfig.parse({ learning_rate: 1e-2, batch_size: 1, num_train_epochs: 20 });

describe('AdapterFusion', () => {
  it.each(['adapter-pfeiffer', 'adapter-parallel', 'adapter-houlsby'])(
    'of one adapter gives what that adapter gives: %s',
    (method) => {
      const settings = { bottleneck_size: 4, scaling: 100, train_layer_norm: false };
      const single = attach(method, { ...settings, init_weights: 'bert' });
      const path = join(folder, 'one');
      writeAdapter(path, single.config, adapterState(single));
      const expected = output();
      single.detach();
      const fusion = attach('adapter-fusion', { adapters: { one: path } });
      expect(largestDifference(output(), expected)).toBeLessThan(1e-5);
      fusion.detach();
    },
  );

  it('changes no adapter and no base weight, and learns', async () => {
    const base = output();
    const adapters = { a: store('a', 1), b: store('b', 2) };
    const fusion = attach('adapter-fusion', { adapters });
    const before = adapterState(fusion);
    const losses: number[] = [];
    for await (const event of train(model, fusion, examples, config)) {
      if (event.type === 'step') losses.push(event.loss);
    }
    expect(losses.at(-1)).toBeLessThan(0.95 * (losses[0] as number));
    const trained = new Set(fusion.parameters().map(({ name }) => name));
    for (const [key, { data }] of adapterState(fusion)) {
      const same = data.every((value, i) => value === before.get(key)?.data[i]);
      expect(same, key).toBe(!trained.has(key));
      expect(key.startsWith('adapters.')).toBe(!trained.has(key));
    }
    fusion.detach();
    expect(output()).toEqual(base);
  });

  it('stands on its own once saved', () => {
    const fusion = attach('adapter-fusion', { adapters: { a: store('a', 1), b: store('b', 2) } });
    const saved = { config: fusion.config, tensors: adapterState(fusion) };
    const expected = output();
    fusion.detach();
    rmSync(join(folder, 'a'), { recursive: true });
    const again = attach('adapter-fusion', { ...saved.config }, 9);
    again.load(saved.tensors);
    expect(output()).toEqual(expected);
    again.detach();
  });

  it('takes every task of jointly trained adapters', () => {
    const joint = store('joint', 3, { tasks: ['x', 'y'] });
    const fusion = attach('adapter-fusion', { adapters: { joint } });
    expect(Object.keys(fusion.config.adapters as object)).toEqual(['joint-x', 'joint-y']);
    fusion.detach();
  });

  it('has 3D² + D parameters for each layer, or once when shared', () => {
    const adapters = { a: store('a', 1), b: store('b', 2) };
    for (const [share_fusion, count] of [
      [false, 2 * 784],
      [true, 784],
    ] as const) {
      const fusion = attach('adapter-fusion', { adapters, share_fusion });
      const sizes = fusion.parameters().map(({ variable }) => variable.size);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(count);
      fusion.detach();
    }
  });

  it('adds 0.01·‖I − V‖² to the loss', () => {
    const fusion = attach('adapter-fusion', { adapters: { a: store('a', 1) } });
    const penalty = (): number => tf.tidy(() => fusion.penalty?.().dataSync()[0] as number);
    expect(penalty()).toBe(0);
    for (const { name, variable } of fusion.parameters()) {
      if (name.includes('value')) tf.tidy(() => variable.assign(tf.add(variable, 0.5)));
    }
    // Two layers of 16·16 entries that are each off by a half.
    expect(penalty()).toBeCloseTo(0.01 * 2 * 256 * 0.25, 4);
    fusion.detach();
  });

  it('refuses what cannot be fused, naming all of it', () => {
    const adapters = {
      a: store('a', 1),
      b: store('b', 2, { train_layer_norm: true }),
      c: store('c', 3, { is_parallel: true }),
      d: store('d', 4, { base_model_name_or_path: 'other/giant' }),
    };
    expect(() => attach('adapter-fusion', { adapters })).toThrow(
      /b: it has layer norms of its own[\s\S]*c: it sits at mlp, parallel[\s\S]*d: its base model is/,
    );
    expect(() => attach('adapter-fusion', { adapters: {} })).toThrow(/at least one adapter/);
    expect(() => attach('adapter-fusion', { adapters: { a: join(folder, 'none') } })).toThrow(
      /none/,
    );
    const prompt = attach('prompt-tuning', {});
    writeAdapter(join(folder, 'prompt'), prompt.config, adapterState(prompt));
    prompt.detach();
    expect(() => attach('adapter-fusion', { adapters: { p: join(folder, 'prompt') } })).toThrow(
      /holds no bottleneck adapter/,
    );
  });
});

it('attention sums to one over the adapters and prefers the matching key', () => {
  tf.tidy(() => {
    const module = fusionModule(3, seededRandom(1));
    module.query.weight.assign(tf.eye(3));
    module.key.assign(tf.mul(tf.eye(3), 5));
    const h = tf.tensor2d([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    const outputs = [
      tf.tensor2d([
        [1, 0, 0],
        [1, 0, 0],
      ]),
      tf.tensor2d([
        [0, 1, 0],
        [0, 1, 0],
      ]),
    ];
    const weights = fusionWeights(h, outputs, module).arraySync() as number[][];
    const strong = 1 / (1 + Math.exp(-5));
    expect(
      largestDifference(weights.flat(), [strong, 1 - strong, 1 - strong, strong]),
    ).toBeLessThan(1e-6);
    for (const { variable } of namedFusion('', module)) variable.dispose();
  });
});
