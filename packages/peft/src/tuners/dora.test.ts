import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { LanguageModel } from '../model/language-model.ts';
import type { ProjectionGroup } from '../model/projection.ts';
import { type DropoutDraw, dropoutMask } from '../tensors/dropout-mask.ts';
import { engine, loadEngine, type Precision, useFusedKernels } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, sequenceLogits, tinyModel } from '../testing/index.ts';
import { trainConfig } from '../trainer/config.ts';
import { train } from '../trainer/trainer.ts';
import { adapterState, attachTuner } from './index.ts';
import type { LoraLayer } from './lora-layer.ts';
import type { LowRankHook } from './low-rank-hook.ts';
import type { Adapter } from './tuner.ts';

const { fused } = await loadEngine();
const config = { r: 4, target_modules: ['q_proj', 'k_proj', 'up_proj', 'down_proj'] };
const examples = [{ ids: [65, 66, 67, 68, 69, 70], labelStart: 2 }];

describe('DoRA', () => {
  let model: LanguageModel;
  const output = (): Float32Array =>
    sequenceLogits(model, [
      [72, 101, 108],
      [1, 2],
    ]);
  const trained = async (settings: object, precision: Precision = 'float32'): Promise<Adapter> => {
    model = tinyModel({ precision });
    const adapter = attachTuner(model, 'dora', { ...config, ...settings }, seededRandom(1));
    const run = trainConfig.parse({ learning_rate: 1e-2, num_train_epochs: 8 });
    for await (const _ of train(model, adapter, examples, run));
    return adapter;
  };

  it('gives every adapted row of the weight its magnitude, and turns it', async () => {
    const adapter = await trained({});
    const magnitudes = [...adapterState(adapter)].filter(([name]) => name.includes('magnitude'));
    const group = model.blocks[1]?.qkv;
    const before = Float32Array.from(group?.weight.dataSync() ?? []);
    adapter.merge?.();
    const merged = group?.weight.dataSync() ?? [];
    const rows = (values: ArrayLike<number>, row: number): number[] =>
      Array.from({ length: 16 }, (_, j) => values[row * 16 + j] as number);
    const named = (path: string): Float32Array =>
      magnitudes.find(([name]) => name.includes(`layers.1.self_attn.${path}`))?.[1]
        .data as Float32Array;
    for (const [path, start] of [
      ['q_proj', 0],
      ['k_proj', 16],
    ] as const) {
      for (const [i, magnitude] of named(path).entries()) {
        expect(Math.hypot(...rows(merged, start + i))).toBeCloseTo(magnitude, 5);
        expect(largestDifference(rows(merged, start + i), rows(before, start + i))).toBeGreaterThan(
          1e-4,
        );
      }
    }
    // v_proj lies in the same tensor and is not adapted.
    for (let row = 24; row < 32; row++) expect(rows(merged, row)).toEqual(rows(before, row));
    adapter.detach();
    model.dispose();
  });

  it('is saved as a LoRA with use_dora, and `lora` with use_dora is the same method', async () => {
    const adapter = await trained({});
    const after = output();
    const state = adapterState(adapter);
    adapter.detach();
    expect(adapter.config).toMatchObject({ peft_type: 'LORA', use_dora: true });
    const again = attachTuner(model, 'lora', adapter.config, seededRandom(2));
    again.load(state);
    expect(output()).toEqual(after);
    again.detach();
    model.dispose();
  });

  it('drops the input of all but the frozen product', () => {
    const { tf } = engine();
    model = tinyModel();
    const settings = {
      ...{ r: 2, lora_alpha: 6, lora_dropout: 0.5, target_modules: ['o_proj'] },
      init_lora_weights: false,
    };
    const adapter = attachTuner(model, 'dora', settings, seededRandom(1));
    const group = model.blocks[0]?.output as ProjectionGroup;
    const { layers, options } = group.hook as LowRankHook<LoraLayer>;
    const { a, b, scale, magnitude } = layers[0] as LoraLayer;
    adapter.training = true;
    tf.tidy(() => {
      magnitude?.assign(tf.mul(magnitude, 1.5));
      const x = tf.randomNormal([3, 16], 0, 1, 'float32', 5);
      const found = group.forward(x).dataSync();
      options.dropout.startStep(0);
      const mask = dropoutMask(3, 16, options.dropout.next() as DropoutDraw, 'float32');
      const dropped = tf.mul(x, mask);
      const product = (left: Tensor, right: Tensor): Tensor =>
        tf.matMul(left as Tensor2D, right as Tensor2D, false, true);
      const change = tf.mul(tf.matMul(b as Tensor2D, a as Tensor2D), scale);
      const g = tf.div(magnitude as Tensor, tf.norm(tf.add(group.weight, change), 2, 1));
      const wanted = tf.addN([
        product(x, group.weight),
        tf.mul(tf.sub(g, 1), product(dropped, group.weight)),
        tf.mul(g, product(dropped, change)),
      ]);
      expect(largestDifference(found, wanted.dataSync())).toBeLessThan(1e-5);
    });
    adapter.detach();
    model.dispose();
  });

  it.runIf(fused)('takes the same steps with the fused product and without', async () => {
    const run = async (on: boolean): Promise<Float32Array> => {
      useFusedKernels(on);
      const adapter = await trained({ lora_dropout: 0 });
      const found = output();
      adapter.detach();
      model.dispose();
      return found;
    };
    try {
      expect(largestDifference(await run(true), await run(false))).toBeLessThan(2e-4);
    } finally {
      useFusedKernels(fused);
    }
  });

  it.runIf(fused)('moves magnitudes in bfloat16, too', async () => {
    const adapter = await trained({}, 'bfloat16');
    const unmerged = output();
    adapter.merge?.();
    const size = Math.max(...unmerged.map(Math.abs));
    expect(largestDifference(output(), unmerged)).toBeLessThan(0.05 * size);
    adapter.detach();
    expect(largestDifference(output(), unmerged)).toBeGreaterThan(0.05 * size);
    model.dispose();
  });

  it('refuses embeddings, which it has no form for', () => {
    model = tinyModel();
    expect(() =>
      attachTuner(model, 'dora', { target_modules: ['embed_tokens'] }, seededRandom(1)),
    ).toThrow(/no factors for embed_tokens/);
    model.dispose();
  });
});
