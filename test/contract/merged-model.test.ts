/** A merged model: every registered method either is in its weights, or is refused with nothing written. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  adapterState,
  attachTuner,
  engine,
  loadEngine,
  openLanguageModel,
  seededRandom,
  train,
  trainConfig,
  tuners,
  writeAdapter,
  writeMergedModel,
} from '@quaestor/peft';
import { largestDifference, sequenceLogits, writeTinyModel } from '@quaestor/peft/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

await loadEngine();

const sequences = [
  [72, 101, 108, 108, 111],
  [1, 2, 3],
];
const examples = [{ ids: [65, 66, 67, 68, 69, 70], labelStart: 3 }];
const config = trainConfig.parse({ learning_rate: 5e-2, max_steps: 4, num_train_epochs: 4 });

/** Where a method's defaults do not fit the tiny model. */
const settings: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  adalora: { init_r: 4, target_r: 2 },
  'adapter-fusion': { adapters: { first: { bottleneck_size: 8 }, second: { bottleneck_size: 4 } } },
  'lt-sft': { keep_ratio: 0.5 },
  pafi: { keep_ratio: 0.3 },
  sam: { keep_ratio: 0.05 },
};
/** What is in no weight. */
const beside: ReadonlySet<string> = new Set([
  'adapter-fusion',
  'adapter-houlsby',
  'adapter-parallel',
  'adapter-pfeiffer',
  'p-tuning',
  'prefix-tuning',
  'prompt-tuning',
]);

let folder: string;
let base: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-merged-'));
  base = join(folder, 'base');
  writeTinyModel(base);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Trains for a few steps and saves. @returns where, on which base, and the logits with it */
async function trained(name: string, own: Readonly<Record<string, unknown>> = {}) {
  const zeroBiases = name === 'bitfit';
  const model = await openLanguageModel(base, { precision: 'float32', zeroBiases });
  const adapter = attachTuner(model, name, { ...settings[name], ...own }, seededRandom(1));
  for await (const _ of train(model, adapter, examples, config));
  const path = join(folder, `${name}-adapter`);
  writeAdapter(path, adapter.config, adapterState(adapter));
  const logits = sequenceLogits(model, sequences);
  adapter.detach();
  model.dispose();
  return { path, base: zeroBiases ? `${base}-zero-biases` : base, logits };
}

async function output(path: string): Promise<Float32Array> {
  const model = await openLanguageModel(path, { precision: 'float32' });
  const logits = sequenceLogits(model, sequences);
  model.dispose();
  return logits;
}

describe('a merged model', () => {
  it.each(tuners().filter(({ name }) => !beside.has(name)))(
    'has $name in its weights',
    async ({ name }) => {
      const adapter = await trained(name);
      const out = join(folder, name);
      const before = engine().tf.memory().numTensors;
      await writeMergedModel(adapter.path, adapter.base, out, { dtype: 'F32' });
      expect(engine().tf.memory().numTensors).toBe(before);
      expect(largestDifference(await output(base), adapter.logits)).toBeGreaterThan(1e-3);
      expect(largestDifference(await output(out), adapter.logits)).toBeLessThan(1e-4);
      const model = await openLanguageModel(out);
      expect(model.tokenizer?.encode('SELECT')).toHaveLength(6);
      model.dispose();
    },
  );

  it.each([...beside])('is refused of %s, which no weight holds', async (name) => {
    const { path } = await trained(name);
    const out = join(folder, name);
    await expect(writeMergedModel(path, base, out)).rejects.toThrow(/cannot be merged/);
    expect(existsSync(out)).toBe(false);
  });
});

it('lets a head that was tied go its own way', async () => {
  const targets = { target_modules: ['q_proj', 'lm_head'] };
  const { path, logits } = await trained('lora', targets);
  const out = join(folder, 'untied');
  await writeMergedModel(path, base, out, { dtype: 'F32' });
  const written = JSON.parse(readFileSync(join(out, 'config.json'), 'utf8'));
  expect(written.tie_word_embeddings).toBe(false);
  expect(largestDifference(await output(out), logits)).toBeLessThan(1e-4);
});

it.each(['lm_head', 'q_proj', 'down_proj'])('has no place for a bias of %s', async (target) => {
  const { path } = await trained('lora', { target_modules: [target], lora_bias: true });
  const out = join(folder, 'biased');
  await expect(writeMergedModel(path, base, out)).rejects.toThrow(
    new RegExp(`without lora_bias[\\s\\S]*${target}`),
  );
  expect(existsSync(out)).toBe(false);
});

it('replaces a model where that is asked, and nothing else', async () => {
  const { path } = await trained('lora');
  const out = join(folder, 'twice');
  await writeMergedModel(path, base, out);
  await expect(writeMergedModel(path, base, out)).rejects.toThrow('is there already');
  await writeMergedModel(path, base, out, { replace: true, dtype: 'BF16' });
  const written = JSON.parse(readFileSync(join(out, 'config.json'), 'utf8'));
  expect(written.torch_dtype).toBe('bfloat16');
  const letters = join(folder, 'letters');
  writeAdapter(letters, {}, new Map());
  writeFileSync(join(letters, 'config.json'), '{}');
  await expect(writeMergedModel(path, base, letters, { replace: true })).rejects.toThrow(
    'something else than a model',
  );
  expect(readdirSync(letters)).toContain('adapter_config.json');
});

it('replaces neither its base nor what lies beside a model', async () => {
  const { path } = await trained('lora');
  const before = readFileSync(join(base, 'model.safetensors'));
  symlinkSync(base, join(folder, 'linked'));
  for (const out of [base, join(folder, 'linked')]) {
    await expect(writeMergedModel(path, base, out, { replace: true })).rejects.toThrow(
      'is the base model itself',
    );
  }
  expect(readFileSync(join(base, 'model.safetensors'))).toEqual(before);
  const out = join(folder, 'noted');
  await writeMergedModel(path, base, out);
  writeFileSync(join(out, 'notes.md'), 'mine');
  await expect(writeMergedModel(path, base, out, { replace: true })).rejects.toThrow(
    'something else than a model',
  );
  expect(readFileSync(join(out, 'notes.md'), 'utf8')).toBe('mine');
});

it('is of the base that the adapter names', async () => {
  const { path } = await trained('lora');
  const other = join(folder, 'other');
  writeTinyModel(other);
  const out = join(folder, 'of-another');
  await expect(writeMergedModel(path, other, out)).rejects.toMatchObject({
    code: 'mismatch',
    message: expect.stringContaining('expected base base, got other'),
  });
  expect(existsSync(out)).toBe(false);
});

it('says which weights are too large for half precision', async () => {
  const { path } = await trained('lora', { lora_alpha: 1e9 });
  const out = join(folder, 'large');
  await expect(writeMergedModel(path, base, out)).rejects.toThrow(/F16 cannot hold/);
  expect(existsSync(out)).toBe(false);
});
