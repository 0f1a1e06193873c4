/**
 * A LoRA exported for llama.cpp, computed by llama.cpp: its probabilities of the next token beside
 * ours. The comparison needs the package node-llama-cpp and is skipped where it is not installed.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  attachTuner,
  encodeGgufLora,
  engine,
  hiddenRows,
  loadEngine,
  loadLanguageModel,
  logits,
  type ModelFiles,
  openModel,
  packSequences,
  readAdapter,
  seededRandom,
  writeGgufLora,
} from '@quaestor/peft';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GgufValue } from '../packages/peft/src/exchange/gguf-file.ts';
import { openGguf } from '../packages/peft/src/io/gguf.ts';
import { toRotateHalf } from '../packages/peft/src/io/gguf-names.ts';
import type { TensorData } from '../packages/peft/src/io/safetensors.ts';
import { encodeModelGguf } from './model-gguf.ts';

const golden = fileURLToPath(new URL('golden/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'quaestor-gguf-lora-'));

afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(async () => {
  await loadEngine();
});

const PROMPT = [5, 17, 42, 8, 23, 61, 90, 3];
const VARIANTS: readonly (readonly [string, string, Record<string, unknown>])[] = [
  ['tiny-llama', 'everywhere', { r: 4, lora_alpha: 8, target_modules: 'all-linear' }],
  [
    'tiny-llama',
    'rsLoRA with patterns',
    {
      ...{ r: 4, lora_alpha: 6, use_rslora: true, target_modules: 'all-linear' },
      ...{ rank_pattern: { q_proj: 2 }, alpha_pattern: { k_proj: 3, up_proj: 12 } },
    },
  ],
  ['tiny-qwen2', 'everywhere', { r: 4, lora_alpha: 8, target_modules: 'all-linear' }],
];

interface Expected {
  readonly files: ModelFiles;
  readonly config: Readonly<Record<string, unknown>>;
  readonly state: ReadonlyMap<string, TensorData>;
  /** Of the next token: with the adapter, and without. */
  readonly adapted: Float32Array;
  readonly base: Float32Array;
}

/** A random adapter on a tiny model, and what it makes of the prompt here. */
async function expected(model: string, settings: Record<string, unknown>): Promise<Expected> {
  const files = await openModel(join(golden, 'models', model));
  const { tf } = engine();
  const language = loadLanguageModel(files, { precision: 'float32' });
  const next = () =>
    tf.tidy(() => {
      const rows = hiddenRows(language, packSequences([PROMPT]), [PROMPT.length - 1]);
      return tf.softmax(logits(language, rows)).dataSync().slice() as Float32Array;
    });
  const base = next();
  const adapter = attachTuner(
    language,
    'lora',
    { ...settings, init_lora_weights: false },
    seededRandom(4),
  );
  const state = new Map(
    [...adapter.state()].map(([name, tensor]) => [
      name,
      { shape: tensor.shape, data: tensor.dataSync().slice() as Float32Array },
    ]),
  );
  const adapted = next();
  const { config } = adapter;
  adapter.detach();
  language.dispose();
  return { files, config, state, adapted, base };
}

describe('the file', () => {
  it('holds the factors under llama.cpp’s names, alpha and scales folded', async () => {
    const { files, config, state } = await expected('tiny-llama', VARIANTS[1]?.[2] ?? {});
    const path = join(folder, 'patterns.gguf');
    writeGgufLora(path, config, state, files.config);
    files.close();
    const file = await openGguf(path);
    expect(Object.fromEntries(file.metadata)).toMatchObject({
      'general.architecture': 'llama',
      'general.type': 'adapter',
      'adapter.type': 'lora',
      'adapter.lora.alpha': 6,
    });
    expect(file.tensors.size).toBe(2 * 14);
    const read = (name: string): TensorData => {
      const tensor = file.tensors.get(name);
      if (tensor === undefined) throw new Error(`no ${name}`);
      return { shape: tensor.shape, data: file.read(tensor) };
    };
    const key = 'base_model.model.model.layers.1.self_attn.q_proj';
    const a = state.get(`${key}.lora_A.weight`);
    const b = state.get(`${key}.lora_B.weight`);
    expect(read('blk.1.attn_q.weight.lora_a')).toEqual(a);
    const turned = read('blk.1.attn_q.weight.lora_b');
    expect(turned.shape).toEqual([32, 2]);
    // rsLoRA of rank 2: 6/√2 instead of llama.cpp's 6/2.
    const factor = 6 / Math.SQRT2 / (6 / 2);
    const back = toRotateHalf(turned.data, 4, 2);
    expect(Math.abs((back[5] as number) - factor * (b?.data[5] as number))).toBeLessThan(1e-6);
    // alpha_pattern 12 at rank 4: 12/2 instead of 6/4.
    const up = read('blk.0.ffn_up.weight.lora_b').data[7] as number;
    const original = state.get(`base_model.model.model.layers.0.mlp.up_proj.lora_B.weight`);
    expect(up / (original?.data[7] as number)).toBeCloseTo(4, 5);
    file.close();
  });
});

it('equals what llama.cpp’s own package makes of an adapter of HF-PEFT', async () => {
  const { config, tensors } = readAdapter(join(golden, 'peft-llm/lora-all-linear'));
  const files = await openModel(join(golden, 'models/tiny-llama'));
  const path = join(folder, 'all-linear.gguf');
  writeGgufLora(path, config, tensors, files.config);
  files.close();
  const [ours, theirs] = [
    await openGguf(path),
    await openGguf(join(golden, 'gguf-lora/lora-all-linear.gguf')),
  ];
  expect([...ours.tensors.keys()].sort()).toEqual([...theirs.tensors.keys()].sort());
  for (const [name, tensor] of theirs.tensors) {
    const mine = ours.tensors.get(name);
    expect(mine?.shape).toEqual(tensor.shape);
    expect(mine && ours.read(mine), name).toEqual(theirs.read(tensor));
  }
  for (const key of [
    'general.architecture',
    'general.type',
    'adapter.type',
    'adapter.lora.alpha',
  ]) {
    expect(ours.metadata.get(key)).toBe(theirs.metadata.get(key));
  }
  for (const file of [ours, theirs]) file.close();
});

describe('what GGUF cannot hold', () => {
  const a = { shape: [2, 32], data: new Float32Array(64).fill(0.5) };
  const b = { shape: [32, 2], data: new Float32Array(64).fill(0.5) };
  const q = 'base_model.model.model.layers.0.self_attn.q_proj';
  const plain = new Map([
    [`${q}.lora_A.weight`, a],
    [`${q}.lora_B.weight`, b],
  ]);
  const config = { peft_type: 'LORA', r: 2, lora_alpha: 4, target_modules: ['q_proj'] };
  const refusal = async (changes: Record<string, unknown>, more: [string, TensorData][] = []) => {
    const files = await openModel(join(golden, 'models/tiny-llama'));
    try {
      encodeGgufLora({ ...config, ...changes }, new Map([...plain, ...more]), files.config);
    } catch (error) {
      return (error as Error).message;
    } finally {
      files.close();
    }
    return '';
  };

  it('is refused by name, all at once, and nothing is written', async () => {
    const path = join(folder, 'refused.gguf');
    const files = await openModel(join(golden, 'models/tiny-llama'));
    const all = { use_dora: true, modules_to_save: ['norm'], bias: 'all', lora_bias: true };
    expect(() => writeGgufLora(path, { ...config, ...all }, plain, files.config)).toThrow(
      /DoRA[\s\S]*modules_to_save[\s\S]*bias is "all"[\s\S]*lora_bias[\s\S]*merge it into the base/,
    );
    expect(() => readFileSync(path)).toThrow();
    files.close();
    expect(await refusal({})).toBe('');
    expect(await refusal({ peft_type: 'IA3' })).toContain('merge it into the base');
    expect(await refusal({ init_lora_weights: 'pissa' })).toContain('changed base');
    expect(await refusal({}, [['base_model.model.score.weight', a]])).toContain('score.weight');
    const embedding = 'base_model.model.model.embed_tokens.lora_embedding_A';
    expect(await refusal({}, [[embedding, a]])).toContain('embedding');
  });

  it('a broken adapter or another base is refused, naming the layer', async () => {
    const missing = `${q.replace('.0.', '.1.')}.lora_A.weight`;
    expect(await refusal({}, [[missing, a]])).toMatch(/lora_B.weight: missing/);
    const nan = { shape: [2, 32], data: new Float32Array(64).fill(Number.NaN) };
    expect(await refusal({}, [[`${q}.lora_A.weight`, nan]])).toMatch(/q_proj.*NaN/);
    expect(await refusal({ r: 3 })).toContain('the configuration says rank 3');
    const wide = { shape: [2, 48], data: new Float32Array(96) };
    expect(await refusal({}, [[`${q}.lora_A.weight`, wide]])).toContain('the base has [32, 32]');
    const far = q.replace('.0.', '.9.');
    expect(
      await refusal({}, [
        [`${far}.lora_A.weight`, a],
        [`${far}.lora_B.weight`, b],
      ]),
    ).toContain('no such layer');
  });
});

/** The part of node-llama-cpp that is used. */
interface LlamaCpp {
  getLlama(options: object): Promise<{
    loadModel(options: object): Promise<{
      createContext(options: object): Promise<{
        getSequence(): {
          controlledEvaluate(
            input: readonly unknown[],
          ): Promise<({ next?: { probabilities?: Map<number, number> } } | undefined)[]>;
        };
        dispose(): Promise<void>;
      }>;
      dispose(): Promise<void>;
    }>;
    dispose(): Promise<void>;
  }>;
}

// A name that is not a literal: no compiler or linter is to take it for a dependency.
const packageName = ['node', 'llama', 'cpp'].join('-');
const library = await import(packageName).then(
  (loaded) => loaded as LlamaCpp,
  () => null,
);

describe.skipIf(library === null)('llama.cpp', () => {
  it.each(VARIANTS)('%s, %s: the same probabilities as here', async (name, _, settings) => {
    const { files, config, state, adapted, base } = await expected(name, settings);
    const baseFile = join(folder, `${name}.gguf`);
    writeFileSync(baseFile, baseModel(files));
    const lora = join(folder, 'lora.gguf');
    writeGgufLora(lora, config, state, files.config);
    // Rows of q and k as they are here in a llama file, turned in a qwen2 file.
    const unturned = join(folder, 'unturned.gguf');
    writeGgufLora(unturned, config, undoTurn(state, files), files.config);
    const [plain, right, wrong] = await probabilities(baseFile, base.length, [
      null,
      lora,
      unturned,
    ]);
    files.close();
    const distance = (a: ArrayLike<number>, b: ArrayLike<number> | undefined): number =>
      Math.max(...Array.from(a, (value, i) => Math.abs(value - (b?.[i] ?? Number.NaN))));
    expect(distance(base, adapted)).toBeGreaterThan(0.05);
    expect(distance(base, plain)).toBeLessThan(2e-3);
    expect(distance(adapted, right)).toBeLessThan(2e-3);
    expect(distance(adapted, wrong)).toBeGreaterThan(0.02);
  });
});

/** The probabilities of the model's own tokens after the prompt, for each adapter file. */
async function probabilities(
  model: string,
  tokens: number,
  adapters: readonly (string | null)[],
): Promise<Float32Array[]> {
  const options = { gpu: false, build: 'never', logLevel: 'error', maxThreads: 1 };
  const llama = await (library as LlamaCpp).getLlama(options);
  const loaded = await llama.loadModel({ modelPath: model });
  const results: Float32Array[] = [];
  for (const lora of adapters) {
    const context = await loaded.createContext({
      contextSize: 64,
      ...(lora !== null && { lora }),
    });
    const last = [PROMPT.at(-1), { generateNext: { probabilities: true } }];
    const outputs = await context.getSequence().controlledEvaluate([...PROMPT.slice(0, -1), last]);
    const found = outputs.at(-1)?.next?.probabilities ?? new Map<number, number>();
    const values = new Float32Array(tokens);
    for (const [token, probability] of found) if (token < tokens) values[token] = probability;
    const sum = values.reduce((total, value) => total + value, 0);
    results.push(values.map((value) => value / sum));
    await context.dispose();
  }
  await loaded.dispose();
  await llama.dispose();
  return results;
}

/** B of q and k such that the export's turn gives back the original order of rows. */
function undoTurn(
  state: ReadonlyMap<string, TensorData>,
  { config }: ModelFiles,
): ReadonlyMap<string, TensorData> {
  return new Map(
    [...state].map(([name, { shape, data }]) => {
      const heads = name.includes('.q_proj.lora_B')
        ? config.num_attention_heads
        : name.includes('.k_proj.lora_B')
          ? config.num_key_value_heads
          : 0;
      return [
        name,
        { shape, data: heads > 0 ? toRotateHalf(data, heads, shape[1] as number) : data },
      ];
    }),
  );
}

/** llama.cpp asks for a vocabulary with every byte: those come behind the model's own tokens. */
function baseModel(files: ModelFiles): Uint8Array {
  const { vocab_size: size } = files.config;
  const bytes = Array.from(
    { length: 256 },
    (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
  );
  const words = Array.from({ length: size }, (_, id) => `word${id}`).concat(bytes);
  const kinds = words.map((_, id) => (id < 3 ? 3 : id < size ? 1 : 6));
  const vocabulary: [string, GgufValue][] = [
    ['model', { string: 'llama' }],
    ['tokens', { strings: words }],
    ['scores', { float32s: words.map(() => 0) }],
    ['token_type', { int32s: kinds }],
    ['bos_token_id', { uint32: 2 }],
    ['eos_token_id', { uint32: 1 }],
    ['unknown_token_id', { uint32: 0 }],
  ];
  return encodeModelGguf(files, vocabulary, words.length);
}
