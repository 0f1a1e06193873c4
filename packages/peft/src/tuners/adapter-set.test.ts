import { beforeEach, describe, expect, it } from 'vitest';
import { generate } from '../generation/generate.ts';
import type { StoredAdapter } from '../io/adapter-files.ts';
import { hiddenRows, type LanguageModel, logits } from '../model/language-model.ts';
import { packSequences } from '../model/packing.ts';
import { engine, loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, tinyModel } from '../testing/index.ts';
import { BASE, openAdapterSet } from './adapter-set.ts';
import { adapterState } from './adapter-state.ts';
import { attachTuner } from './index.ts';

await loadEngine();
const sequences = [
  [72, 101, 108, 108, 111],
  [1, 2, 3],
  [65, 66, 67, 68],
];
let model: LanguageModel;
beforeEach(() => {
  model = tinyModel();
  return () => model.dispose();
});

function stored(config: Record<string, unknown>, seed: number): StoredAdapter {
  const settings = { ...config, init_lora_weights: false };
  const adapter = attachTuner(model, 'lora', settings, seededRandom(seed));
  const made = { config: adapter.config, tensors: adapterState(adapter) };
  adapter.detach();
  return made;
}

function lastLogits(ids: readonly number[][], tags?: number[]): Float32Array {
  const { tf } = engine();
  return tf.tidy(() => {
    const packed = packSequences(ids, tags);
    const ends = ids.map((_, i) => ids.slice(0, i + 1).flat().length - 1);
    return logits(model, hiddenRows(model, packed, ends))
      .dataSync()
      .slice();
  }) as Float32Array;
}

/** Logits of one sequence with one adapter attached in the ordinary way. */
function alone(ids: number[], adapter: StoredAdapter | null): Float32Array {
  if (!adapter) return lastLogits([ids]);
  const attached = attachTuner(model, 'lora', adapter.config, seededRandom(0));
  attached.load(adapter.tensors);
  const values = lastLogits([ids]);
  attached.detach();
  return values;
}

describe('adapter set', () => {
  const configs = [
    { r: 2, lora_alpha: 4, target_modules: ['q_proj', 'down_proj'] },
    { r: 5, lora_alpha: 3, use_rslora: true, target_modules: 'all-linear' },
  ];

  it('gives each row of a batch its own adapter, the base included', () => {
    const [one, two] = configs.map((config, i) => stored(config, i + 1)) as [
      StoredAdapter,
      StoredAdapter,
    ];
    const wanted = [alone(sequences[0] ?? [], two), alone(sequences[1] ?? [], null)];
    wanted.push(alone(sequences[2] ?? [], one));
    const set = openAdapterSet(model);
    set.add('one', one);
    set.add('two', two);
    const mixed = lastLogits(sequences, set.tags(['two', BASE, 'one']));
    expect(
      largestDifference(mixed, Float32Array.from(wanted.flatMap((row) => [...row]))),
    ).toBeLessThan(1e-5);
    set.detach();
  });

  it('generates with a different adapter for each prompt', async () => {
    const adapters = configs.map((config, i) => stored(config, i + 1));
    const continuation = async (ids: number[][], tags?: number[]): Promise<number[][]> => {
      const found: number[][] = [];
      const options = { maxTokens: 5, endIds: [], ...(tags && { tags }) };
      for await (const { prompt, ids: made } of generate(model, ids, options)) {
        found[prompt] = [...made];
      }
      return found;
    };
    const set = openAdapterSet(model);
    set.add('one', adapters[0] as StoredAdapter);
    set.add('two', adapters[1] as StoredAdapter);
    const names = ['one', 'two', BASE];
    const mixed = await continuation(sequences, set.tags(names));
    for (const [i, name] of names.entries()) {
      set.use(name);
      expect(await continuation([sequences[i] as number[]])).toEqual([mixed[i]]);
    }
    expect(new Set(mixed.map((ids) => ids.join())).size).toBe(3);
    set.detach();
  });

  it('replaces and removes adapters between passes, and leaves the base bit for bit', () => {
    const base = lastLogits(sequences);
    const [one, two] = configs.map((config, i) => stored(config, i + 1)) as [
      StoredAdapter,
      StoredAdapter,
    ];
    const set = openAdapterSet(model);
    set.add('one', one);
    set.add('other', one);
    set.use('one');
    const before = lastLogits(sequences);
    set.replace('one', two);
    expect(largestDifference(lastLogits(sequences), before)).toBeGreaterThan(1e-3);
    set.replace('one', one);
    expect(lastLogits(sequences)).toEqual(before);
    const tags = set.tags(['other', 'other', 'other']);
    set.remove('one');
    expect(lastLogits(sequences)).toEqual(base);
    expect(largestDifference(lastLogits(sequences, tags), before)).toBeLessThan(1e-6);
    set.detach();
    expect(lastLogits(sequences)).toEqual(base);
  });

  it('refuses clashing names, other methods and what does not fit, and says why', () => {
    const one = stored(configs[0] as object as Record<string, unknown>, 1);
    const set = openAdapterSet(model);
    set.add('one', one);
    expect(() => set.add('one', one)).toThrow(/name one is taken/);
    expect(() => set.add('two', { ...one, config: { ...one.config, use_dora: true } })).toThrow(
      /two cannot be mixed/,
    );
    const broken = new Map(one.tensors);
    broken.delete([...broken.keys()][0] as string);
    broken.set('foreign', { shape: [1], data: new Float32Array(1) });
    expect(() => set.add('three', { ...one, tensors: broken })).toThrow(
      /expected \[2,16\], got \[missing\][\s\S]*foreign/,
    );
    expect(() => set.tags(['four'])).toThrow(/no adapter four; there is __base__, one/);
    expect(() => set.replace('__base__', one)).toThrow(/neither replaced nor removed/);
    expect(() => set.remove('__base__')).toThrow(/neither replaced nor removed/);
    expect(set.tags(['__base__', 'one'])).toEqual([0, 1]);
    expect(set.names).toEqual(['one']);
    expect(() => openAdapterSet(model)).toThrow(/already carries adapter-set/);
    set.detach();
  });
});
