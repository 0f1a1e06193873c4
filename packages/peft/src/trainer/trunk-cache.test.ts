import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hiddenRows, type LanguageModel, loadLanguageModel } from '../model/language-model.ts';
import { packSequences } from '../model/packing.ts';
import { engine, loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, tinyModel, tinyModelFiles } from '../testing/index.ts';
import { type Adapter, attachTuner } from '../tuners/index.ts';
import { passGradients } from './gradients.ts';
import { TrunkCache } from './trunk-cache.ts';

let model: LanguageModel;
let adapter: Adapter | undefined;
beforeAll(async () => {
  await loadEngine();
  model = tinyModel();
});
afterAll(() => model.dispose());
afterEach(() => {
  adapter?.detach();
  adapter = undefined;
});

const sequences = [
  [1, 2, 3, 4],
  [9, 8],
  [1, 2, 3, 4],
  [70, 71, 72],
];
const upper = { exclude_modules: 'model\\.layers\\.0\\..*' };

/** Gradients of a sum over some hidden rows, with the cache or without it. */
function gradients(cache?: TrunkCache, of = model): Map<string, Float32Array> {
  const { tf } = engine();
  const { gradients: found } = passGradients(adapter?.parameters() ?? [], () => {
    const packed = packSequences(sequences);
    const rows = hiddenRows(of, packed, [3, 5, 12], cache?.partWay(sequences));
    return tf.sum(tf.square(rows));
  });
  return new Map(
    [...found].map(([name, tensor]) => {
      const values = Float32Array.from(tensor.dataSync());
      tensor.dispose();
      return [name, values];
    }),
  );
}

describe('TrunkCache', () => {
  it.each(['lora', 'ia3'])('gives the gradients of the whole pass: %s', (method) => {
    const settings = method === 'lora' ? { target_modules: 'all-linear', r: 2 } : {};
    adapter = attachTuner(model, method, { ...settings, ...upper }, seededRandom(1));
    const trained = adapter;
    const cache = new TrunkCache(model, () => trained.parameters());
    const whole = gradients();
    for (const round of [gradients(cache), gradients(cache)]) {
      expect([...round.keys()]).toEqual([...whole.keys()]);
      for (const [name, values] of round) {
        expect(largestDifference(values, whole.get(name) as Float32Array)).toBeLessThan(1e-5);
      }
    }
    cache.dispose();
  });

  it('follows the lowest trained layer', () => {
    const files = tinyModelFiles();
    const twin = (name: string) => name.replace('layers.2', 'layers.1');
    const deep = loadLanguageModel(
      {
        ...files,
        config: { ...files.config, num_hidden_layers: 3 },
        shape: (name) => files.shape(twin(name)),
        read: (name) => files.read(twin(name)),
      },
      { precision: 'float32' },
    );
    const above = (layers: string) => ({
      target_modules: 'all-linear',
      exclude_modules: `model\\.layers\\.[${layers}]\\..*`,
    });
    adapter = attachTuner(deep, 'lora', above('0'), seededRandom(1));
    const cache = new TrunkCache(deep, () => adapter?.parameters() ?? []);
    gradients(cache, deep);
    adapter.detach();
    adapter = attachTuner(deep, 'lora', above('01'), seededRandom(1));
    const whole = gradients(undefined, deep);
    const found = gradients(cache, deep);
    expect([...found.keys()]).toEqual([...whole.keys()]);
    for (const [name, values] of found) {
      expect(largestDifference(values, whole.get(name) as Float32Array)).toBeLessThan(1e-5);
    }
    cache.dispose();
    deep.dispose();
  });

  it('stays out of the way where the first block is trained or there is no room', () => {
    adapter = attachTuner(model, 'lora', { target_modules: 'all-linear' }, seededRandom(1));
    const trained = adapter;
    const below = new TrunkCache(model, () => trained.parameters());
    expect(below.partWay(sequences)).toBeUndefined();
    adapter.detach();
    adapter = attachTuner(
      model,
      'lora',
      { target_modules: 'all-linear', ...upper },
      seededRandom(1),
    );
    const above = adapter;
    // The distinct sequences have nine rows of width 16.
    const full = new TrunkCache(model, () => above.parameters(), { limit: 4 * 9 * 16 - 1 });
    expect(full.partWay(sequences)).toBeUndefined();
    const room = new TrunkCache(model, () => above.parameters(), { limit: 4 * 9 * 16 });
    const way = room.partWay(sequences);
    expect([way?.layer, way?.stream.shape]).toEqual([1, [13, 16]]);
    way?.stream.dispose();
    room.dispose();
  });

  it('stays out of the way of virtual rows', () => {
    adapter = attachTuner(model, 'prompt-tuning', { num_virtual_tokens: 2 }, seededRandom(1));
    const trained = adapter;
    const cache = new TrunkCache(model, () => trained.parameters());
    expect(cache.partWay(sequences)).toBeUndefined();
  });
});
