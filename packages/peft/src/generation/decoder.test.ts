/** A decoding pass as one op against the same layer by layer. */
import type { Tensor } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { LanguageModel } from '../model/language-model.ts';
import { castRaw } from '../tensors/cast.ts';
import { engine, loadEngine, type Precision } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { tinyModel } from '../testing/index.ts';
import { relativeError } from '../testing/kernel-tensors.ts';
import { attachTuner } from '../tuners/index.ts';
import { Decoder } from './decoder.ts';
import type { DecodeRow } from './token-scorer.ts';

const { fused, speed } = await loadEngine();
const prompts = [
  { ids: [72, 101, 108, 108, 111], slot: 0 },
  { ids: [9, 8, 7], slot: 1 },
];
/** Of a stream over the first prompt, of another over it, and of one over the second. */
const rows: readonly DecodeRow[] = [
  { id: 10, position: 5, slot: 2, parent: 0, parentLength: 5 },
  { id: 11, position: 6, slot: 2, parent: 0, parentLength: 5 },
  { id: 12, position: 5, slot: 3, parent: 0, parentLength: 5 },
  { id: 13, position: 3, slot: 1, parent: 1, parentLength: 3 },
];
/** What the three go on with. */
const later: readonly DecodeRow[] = [
  { id: 14, position: 7, slot: 2, parent: 0, parentLength: 5 },
  { id: 15, position: 6, slot: 3, parent: 0, parentLength: 5 },
  { id: 16, position: 4, slot: 1, parent: 1, parentLength: 3 },
  { id: 17, position: 5, slot: 1, parent: 1, parentLength: 3 },
];

/** Hidden rows of two passes, the second over what the first left in the caches. */
function decoded(model: LanguageModel, wanted?: readonly number[], repeat = 1): number[] {
  const decoder = new Decoder(model, 4, 20);
  const { tf } = engine();
  const numbers = (hidden: Tensor): number[] => {
    const values = Array.from(castRaw(hidden, 'float32').dataSync());
    hidden.dispose();
    return values;
  };
  try {
    return tf.tidy(() => {
      decoder.read(prompts).dispose();
      const many = Array.from({ length: repeat }, () => rows).flat();
      return [...numbers(decoder.feed(many, wanted)), ...numbers(decoder.feed(later, wanted))];
    });
  } finally {
    decoder.dispose();
  }
}

/** The same with something beside each layer, so that they run one by one. */
function layerByLayer(model: LanguageModel, wanted?: readonly number[], repeat = 1): number[] {
  for (const block of model.blocks) block.hook = {};
  const values = decoded(model, wanted, repeat);
  for (const block of model.blocks) block.hook = null;
  return values;
}

const kept: readonly [Precision, Precision][] = [
  ['float32', 'float32'],
  ['float32', 'bfloat16'],
  ['bfloat16', 'bfloat16'],
];

describe.runIf(fused)('a decoding pass as one op', () => {
  it.each(kept)('gives the same bits as layer by layer: rows in %s, weights in %s', (...of) => {
    const [precision, storage] = of;
    const model = tinyModel({ precision, storage });
    for (const wanted of [undefined, [3, 0]]) {
      for (const repeat of [1, 7]) {
        const whole = decoded(model, wanted, repeat);
        expect(whole).toEqual(layerByLayer(model, wanted, repeat));
        expect(whole.every(Number.isFinite)).toBe(true);
      }
    }
    model.dispose();
  });

  it('is under an adapter what the adapter makes of it, merged or not', () => {
    const model = tinyModel();
    const base = decoded(model);
    const config = { r: 4, target_modules: 'all-linear', init_lora_weights: false };
    const adapter = attachTuner(model, 'lora', config, seededRandom(3));
    const apart = decoded(model);
    adapter.merge?.();
    const merged = decoded(model);
    expect(merged).toEqual(layerByLayer(model));
    const furthest = (values: readonly number[]): number =>
      Math.max(...values.map((value, i) => Math.abs(value - (apart[i] as number))));
    expect(furthest(merged)).toBeLessThan(1e-4);
    expect(furthest(base)).toBeGreaterThan(0.1);
    adapter.detach();
    expect(decoded(model)).toEqual(base);
    model.dispose();
  });

  it.runIf(speed !== null && speed.bytes > 0)(
    'in bytes gives the same bits as layer by layer, close to those in float32',
    () => {
      const { tf } = engine();
      const exact = tinyModel({ width: 64 });
      const expected = decoded(exact);
      exact.dispose();
      const before = tf.memory().numTensors;
      const model = tinyModel({ width: 64, bytes: true });
      for (const repeat of [1, 9, 50]) {
        expect(decoded(model, undefined, repeat)).toEqual(layerByLayer(model, undefined, repeat));
      }
      const values = decoded(model);
      expect(values).not.toEqual(expected);
      expect(relativeError(values, expected)).toBeLessThan(0.05);

      const config = { r: 4, target_modules: 'all-linear', init_lora_weights: false };
      const adapter = attachTuner(model, 'lora', config, seededRandom(3));
      adapter.merge?.();
      const merged = decoded(model);
      expect(merged).toEqual(layerByLayer(model));
      expect(relativeError(merged, values)).toBeGreaterThan(0.1);
      adapter.detach();
      expect(decoded(model)).toEqual(values);
      model.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it('is refused for positions beyond the caches', () => {
    const model = tinyModel();
    const decoder = new Decoder(model, 1, 4);
    const beyond = { id: 1, position: 4, slot: 0, parent: 0, parentLength: 0 };
    expect(() => decoder.feed([beyond])).toThrow('must be at least 0 and below 4');
    decoder.dispose();
    model.dispose();
  });
});
