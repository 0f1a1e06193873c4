import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { writeAdapter } from '../io/adapter-files.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, sequenceLogits, tinyModel } from '../testing/index.ts';
import { attachTuner } from '../tuners/index.ts';
import { openHub } from './adapter-hub.ts';
import { defaultAdapter, mergeStoredAdapter } from './stored-adapter.ts';

await loadEngine();
let model: LanguageModel;
let folder: string;
beforeEach(() => {
  model = tinyModel();
  folder = mkdtempSync(join(tmpdir(), 'quaestor-hub-'));
  return () => {
    model.dispose();
    rmSync(folder, { recursive: true });
  };
});

const output = (): Float32Array => sequenceLogits(model, [[1, 2, 3]]);

/** Writes a LoRA with random factors; returns what the model gives with it. */
function store(
  path: string,
  base: string,
  tags: string[],
  made: { readonly databases?: string[]; readonly new_databases?: boolean } = {},
): Float32Array {
  const config = { r: 2, init_lora_weights: false, base_model_name_or_path: base };
  const adapter = attachTuner(model, 'lora', config, seededRandom(5));
  const tensors = new Map(
    [...adapter.state()].map(([name, tensor]) => [
      name,
      { shape: tensor.shape, data: tensor.dataSync().slice() as Float32Array },
    ]),
  );
  writeAdapter(path, adapter.config, tensors, {
    dtype: 'F32',
    card: { tags, scores: {}, ...made },
  });
  const adapted = output();
  adapter.detach();
  return adapted;
}

it('gives what was stored, and the base again after detaching', () => {
  const base = output();
  const adapted = store(join(folder, 'a'), 'tiny', ['text-to-sql']);
  const hub = openHub([folder]);
  const adapter = mergeStoredAdapter(model, hub.get('a'));
  expect(largestDifference(output(), adapted)).toBeLessThan(1e-4);
  expect(largestDifference(output(), base)).toBeGreaterThan(1e-2);
  adapter.detach();
  expect(output()).toEqual(base);
});

it('refuses an adapter of another base and says which it wants', () => {
  store(join(folder, 'a'), 'another/model', ['text-to-sql']);
  expect(() => mergeStoredAdapter(model, openHub([folder]).get('a'))).toThrow(
    /another\/model[\s\S]*tiny/,
  );
});

it('takes the first that fits by tag, shipped ones before one’s own', () => {
  store(join(folder, 'own', 'b-sql'), 'tiny', []);
  store(join(folder, 'shipped', 'z'), 'tiny', ['text-to-sql']);
  store(join(folder, 'shipped', 'a-sql'), 'another/model', []);
  store(join(folder, 'shipped', 'c'), 'tiny', ['classification']);
  const hub = openHub([join(folder, 'own'), join(folder, 'shipped')]);
  expect(defaultAdapter(hub, model, 'sql')?.name).toBe('z');
  expect(defaultAdapter(openHub([join(folder, 'own')]), model, 'sql')?.name).toBe('b-sql');
  expect(defaultAdapter(hub, model, 'poetry')).toBeNull();
});

it('takes one that is made for a database for that alone, and there before others', () => {
  store(join(folder, 'a-sql'), 'tiny', [], { databases: ['bank'] });
  store(join(folder, 'b-sql'), 'tiny', []);
  const hub = openHub([folder]);
  const taken = (name: string) => defaultAdapter(hub, model, 'sql', { name, isNew: true })?.name;
  expect([taken('bank'), taken('shop')]).toEqual(['a-sql', 'b-sql']);
  expect(defaultAdapter(hub, model, 'sql')?.name).toBe('b-sql');
});

it('takes one that is made for new databases for those, after one of their own', () => {
  store(join(folder, 'a-sql'), 'tiny', [], { new_databases: true });
  store(join(folder, 'b-sql'), 'tiny', []);
  store(join(folder, 'c-sql'), 'tiny', [], { databases: ['bank'] });
  const hub = openHub([folder]);
  const taken = (name: string, isNew: boolean) =>
    defaultAdapter(hub, model, 'sql', { name, isNew })?.name;
  expect(taken('shop', true)).toBe('a-sql');
  expect(taken('shop', false)).toBe('b-sql');
  expect(taken('bank', true)).toBe('c-sql');
  expect(defaultAdapter(hub, model, 'sql')?.name).toBe('b-sql');
});
