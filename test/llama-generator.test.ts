/**
 * The generator over llama.cpp beside the built-in one, on a tiny model. It needs the package
 * node-llama-cpp and is left out where that is not installed; what is refused is tested everywhere.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Completion,
  createLlamaGenerator,
  createPeftGenerator,
  type GenerateRequest,
  type Generator,
  introspect,
  type LlamaGenerator,
  sqlGrammar,
} from '@quaestor/finsql';
import {
  adapterState,
  attachTuner,
  findLlamaCpp,
  type LanguageModel,
  loadEngine,
  openLanguageModel,
  seededRandom,
  writeAdapter,
} from '@quaestor/peft';
import { tinyModelFiles } from '@quaestor/peft/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFundDatabase } from './demo-server.ts';
import { encodeByteModelGguf } from './model-gguf.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-llama-test-'));
const file = join(folder, 'tiny.gguf');
writeFileSync(file, encodeByteModelGguf(tinyModelFiles()));
const lora = { name: 'other', path: join(folder, 'other'), baseModel: 'tiny' };
const dora = { name: 'dora', path: join(folder, 'dora'), baseModel: 'tiny' };
const PROMPTS = ['Q: How many funds?\nSQL:', 'Q: Who?\nSQL:', '基金'];

const library = await findLlamaCpp();
const found = library !== null;
let model: LanguageModel;

/** Stores a random adapter. */
function store({ path }: { readonly path: string }, method: string): void {
  const settings = { r: 2, target_modules: 'all-linear', init_lora_weights: false };
  const adapter = attachTuner(model, method, settings, seededRandom(5));
  writeAdapter(path, adapter.config, adapterState(adapter));
  adapter.detach();
}

beforeAll(async () => {
  await loadEngine();
  model = await openLanguageModel(file, { precision: 'float32' });
  store(lora, 'lora');
  store(dora, 'dora');
});
afterAll(() => {
  model.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function collect(
  generator: Generator,
  request: GenerateRequest = {},
  prompts = PROMPTS,
): Promise<Completion[]> {
  const all: Completion[] = [];
  for await (const completion of generator.generate(prompts, request)) all.push(completion);
  return all.sort((a, b) => a.prompt - b.prompt || a.candidate - b.candidate);
}

const left = 'left out: node-llama-cpp is not installed';
describe.skipIf(!found)(`the llama.cpp generator${found ? '' : ` (${left})`}`, () => {
  let base: LlamaGenerator;
  let adapted: LlamaGenerator;
  beforeAll(async () => {
    base = await createLlamaGenerator(file, { threads: 1 });
    adapted = await createLlamaGenerator(file, { adapter: lora, threads: 1 });
  });
  afterAll(async () => {
    await base.close();
    await adapted.close();
  });
  const greedy = { maxTokens: 8 };

  it('writes what the built-in one writes, and is as sure', async () => {
    const [ours, theirs] = [createPeftGenerator(model, 'tiny'), base];
    const expected = await collect(ours, greedy);
    const got = await collect(theirs, greedy);
    expect(got.map(({ text }) => text)).toEqual(expected.map(({ text }) => text));
    for (const [i, { logProbability, ...rest }] of got.entries()) {
      const { logProbability: known, ...others } = expected[i] as Completion;
      expect(rest).toEqual(others);
      expect(Math.abs((logProbability ?? 0) - (known ?? 0))).toBeLessThan(0.05);
    }
    expect(theirs.name).toBe('tiny, llama.cpp');
    expect(theirs.countTokens('基金')).toBe(6);
  });

  it('writes with the adapter what the built-in one writes with it', async () => {
    const tuner = attachTuner(
      model,
      'lora',
      { r: 2, target_modules: 'all-linear', init_lora_weights: false },
      seededRandom(5),
    );
    const expected = await collect(createPeftGenerator(model), greedy);
    tuner.detach();
    const got = await collect(adapted, greedy);
    expect(got.map(({ text }) => text)).toEqual(expected.map(({ text }) => text));
    expect(got).not.toEqual(await collect(base, greedy));
    expect(adapted.name).toBe('tiny + other, llama.cpp');
  });

  it('draws candidates that a seed repeats, whatever was asked between', async () => {
    const request = { n: 3, temperature: 1, maxTokens: 12, seed: 4 };
    const first = await collect(base, request);
    expect(first.map(({ candidate }) => candidate)).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2]);
    expect(new Set(first.slice(0, 3).map(({ text }) => text)).size).toBe(3);
    await collect(base, greedy);
    const texts = (all: Completion[]) => all.map(({ text }) => text);
    expect(texts(await collect(base, request))).toEqual(texts(first));
    expect(texts(await collect(base, { ...request, seed: 5 }))).not.toEqual(texts(first));
  });

  it('answers questions that come at once in turn', async () => {
    const alone = await collect(base, greedy);
    const [one, two] = await Promise.all([collect(base, greedy), collect(base, greedy)]);
    expect(one?.map(({ text }) => text)).toEqual(alone.map(({ text }) => text));
    expect(two?.map(({ text }) => text)).toEqual(alone.map(({ text }) => text));
  });

  it('cuts at a stop text as the built-in one does', async () => {
    const [full] = await collect(base, { maxTokens: 20 });
    const stop = [full?.text.slice(3, 5) as string];
    const [cut] = await collect(base, { maxTokens: 20, stop });
    const [expected] = await collect(createPeftGenerator(model), { maxTokens: 20, stop });
    expect(cut?.text).toBe(expected?.text);
    expect(cut?.finish).toBe('stop');
  });

  it('is held to the grammar', async () => {
    const database = join(folder, 'fund.sqlite');
    makeFundDatabase(database);
    const constraints = [sqlGrammar(introspect(database))];
    const request = { n: 2, temperature: 1, maxTokens: 60, stop: ['\n'], constraints };
    for (const { text } of await collect(base, request, PROMPTS.slice(0, 1))) {
      expect(text).toMatch(/^\s*(?:select|with)/i);
    }
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const written: Completion[] = [];
    const request = { n: 4, maxTokens: 400, signal: controller.signal };
    setTimeout(() => controller.abort(), 20);
    for await (const one of base.generate(PROMPTS, request)) written.push(one);
    expect(written.at(-1)?.finish).toBe('aborted');
    expect(written.length).toBeLessThan(12);
    expect((await collect(base, greedy)).length).toBe(3);
  });

  it('refuses a file that is none', async () => {
    const broken = join(folder, 'broken.gguf');
    writeFileSync(broken, 'GGUF, or is it?');
    await expect(createLlamaGenerator(broken)).rejects.toMatchObject({ code: 'bad-file' });
  });
});

describe('what is refused before llama.cpp is asked', () => {
  it('a base that is no GGUF file', async () => {
    await expect(createLlamaGenerator(folder)).rejects.toMatchObject({
      code: 'bad-config',
      message: expect.stringContaining('GGUF'),
    });
  });

  it('an adapter of another base, or one that GGUF cannot hold', async () => {
    const adapter = { ...lora, baseModel: 'huge' };
    await expect(createLlamaGenerator(file, { adapter })).rejects.toMatchObject({
      code: 'mismatch',
    });
    await expect(createLlamaGenerator(file, { adapter: dora })).rejects.toMatchObject({
      code: 'unsupported',
    });
  });

  it.skipIf(found)('everything, where it is not installed, with what to do', async () => {
    await expect(createLlamaGenerator(file, { adapter: lora })).rejects.toMatchObject({
      code: 'engine-unavailable',
      message: expect.stringContaining('npm install node-llama-cpp'),
    });
  });
});
