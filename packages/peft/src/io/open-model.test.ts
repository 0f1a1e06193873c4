import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findModel, modelName, openModel } from './open-model.ts';
import { decodeSafetensors, type TensorData, writeSafetensors } from './safetensors.ts';

const golden = fileURLToPath(new URL('../../../../test/golden/', import.meta.url));
const tinyLlama = join(golden, 'models/tiny-llama');

let folder: string;
const home = process.env.QUAESTOR_HOME;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-model-'));
  process.env.QUAESTOR_HOME = folder;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  if (home === undefined) delete process.env.QUAESTOR_HOME;
  else process.env.QUAESTOR_HOME = home;
});

/** A copy of tiny-llama with changed settings. */
function copyWith(changes: Record<string, unknown>): string {
  const copy = join(folder, 'copy');
  mkdirSync(copy);
  cpSync(join(tinyLlama, 'model.safetensors'), join(copy, 'model.safetensors'));
  const config = JSON.parse(readFileSync(join(tinyLlama, 'config.json'), 'utf8'));
  writeFileSync(join(copy, 'config.json'), JSON.stringify({ ...config, ...changes }));
  return copy;
}

describe('openModel', () => {
  it('reads a Hugging Face folder', async () => {
    const files = await openModel(join(golden, 'models/tiny-qwen2'));
    expect(files.name).toBe('tiny-qwen2');
    expect(files.config).toMatchObject({
      model_type: 'qwen2',
      head_dim: 8,
      attention_bias: true,
      rope_theta: 10_000,
      eos_token_id: [1],
    });
    expect(files.tokenizer).toBeNull();
    expect(files.shape('model.layers.1.self_attn.k_proj.bias')).toEqual([16]);
    expect(files.read('lm_head.weight')).toHaveLength(97 * 32);
    expect(() => files.read('nothing')).toThrow(expect.objectContaining({ code: 'not-found' }));
    files.close();
  });

  it.each(['tiny-llama', 'tiny-qwen2'])('reads the same %s from its GGUF file', async (name) => {
    const expected = await openModel(join(golden, 'models', name));
    const got = await openModel(join(golden, 'gguf', `${name}.gguf`));
    expect(got.name).toBe(name);
    expect([...got.names].sort()).toEqual([...expected.names].sort());
    for (const tensor of expected.names) {
      expect(got.shape(tensor)).toEqual(expected.shape(tensor));
      expect(got.read(tensor), tensor).toEqual(expected.read(tensor));
    }
    expect(got.config).toEqual({
      ...expected.config,
      rms_norm_eps: Math.fround(expected.config.rms_norm_eps),
    });
    for (const files of [expected, got]) files.close();
  });

  it('reads sharded weights and a tied head', async () => {
    const copy = copyWith({ eos_token_id: [1, 5] });
    const all = [...decodeSafetensors(readFileSync(join(copy, 'model.safetensors')))];
    rmSync(join(copy, 'model.safetensors'));
    const map: Record<string, string> = {};
    const shards = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];
    shards.forEach((shard, index) => {
      const part = all.filter((_, position) => position % 2 === index);
      for (const [name] of part) map[name] = shard;
      writeSafetensors(join(copy, shard), new Map(part));
    });
    const index = join(copy, 'model.safetensors.index.json');
    writeFileSync(index, JSON.stringify({ weight_map: map }));
    const files = await openModel(copy);
    expect(files.config.tie_word_embeddings).toBe(true);
    expect(files.config.eos_token_id).toEqual([1, 5]);
    for (const [name, { data }] of all) expect(files.read(name)).toEqual(data);
    files.close();

    rmSync(join(copy, shards[1] as string));
    await expect(openModel(copy)).rejects.toThrow(/lacks parts.*00002-of-00002/s);
    writeFileSync(index, JSON.stringify({ weight_map: { w: '../../secret' } }));
    await expect(openModel(copy)).rejects.toThrow(/does not map tensors to file names/);
  });

  it.each([
    [
      { model_type: 't5' },
      'unsupported',
      /model_type is "t5", expected one of llama, mistral, qwen2/,
    ],
    [
      { rope_parameters: { rope_type: 'llama3', rope_theta: 5e5 }, mlp_bias: true },
      'unsupported',
      /rope_scaling: got type "llama3".*mlp_bias: got true/s,
    ],
    [{ model_type: 'mistral', sliding_window: 64 }, 'unsupported', /sliding_window: got 64/],
    [{ hidden_act: 'gelu' }, 'unsupported', /hidden_act: got "gelu"/],
    [{ hidden_size: 'wide' }, 'bad-config', /hidden_size/],
    [{ vocab_size: null }, 'bad-config', /vocab_size/],
    [{ hidden_size: 34, head_dim: null }, 'bad-config', /head_dim/],
    [{ num_hidden_layers: 1e9 }, 'bad-config', /only 20 tensors/],
    [
      { num_key_value_heads: 3, head_dim: 7 },
      'bad-config',
      /4 is no multiple of num_key_value_heads 3.*head_dim: 7 is odd/s,
    ],
  ] as const)('refuses %j', async (changes, code, message) => {
    const opening = openModel(copyWith(changes));
    await expect(opening).rejects.toThrow(message);
    await expect(opening).rejects.toMatchObject({ code });
  });

  it('takes what transformers takes where the norms of a folder say no epsilon', async () => {
    const files = await openModel(copyWith({ rms_norm_eps: null }));
    expect(files.config.rms_norm_eps).toBe(1e-6);
    files.close();
  });

  it('names every missing, wrong and foreign tensor in one error', async () => {
    const copy = copyWith({});
    const path = join(copy, 'model.safetensors');
    const tensors = decodeSafetensors(readFileSync(path)) as Map<string, TensorData>;
    tensors.delete('model.norm.weight');
    tensors.set('model.layers.0.mlp.up_proj.weight', { shape: [1], data: new Float32Array(1) });
    tensors.set('model.layers.0.self_attn.o_proj.bias', { shape: [1], data: new Float32Array(1) });
    writeSafetensors(path, tensors);
    await expect(openModel(copy)).rejects.toMatchObject({
      code: 'mismatch',
      problems: [
        'model.layers.0.mlp.up_proj.weight: expected [64, 32], got [1]',
        'model.norm.weight: missing, expected [32]',
        'model.layers.0.self_attn.o_proj.bias: this model has no such tensor',
      ],
    });
  });

  it('reads the tokenizer files of a folder', async () => {
    const copy = copyWith({ vocab_size: 97 });
    const { tokenizer } = JSON.parse(readFileSync(join(golden, 'tokenizer/smollm.json'), 'utf8'));
    writeFileSync(join(copy, 'tokenizer.json'), JSON.stringify(tokenizer));
    await expect(openModel(copy)).rejects.toThrow(/tokenizer has 400 tokens.*only 97 rows/);

    // Cut to the tokens that the embedding has rows for: the specials and 94 single bytes.
    const vocabulary = Object.entries<number>(tokenizer.model.vocab).filter(([, id]) => id < 97);
    tokenizer.model = { ...tokenizer.model, vocab: Object.fromEntries(vocabulary), merges: [] };
    writeFileSync(join(copy, 'tokenizer.json'), JSON.stringify(tokenizer));
    const settings = { pad_token: { content: '<|endoftext|>' }, chat_template: null };
    writeFileSync(join(copy, 'tokenizer_config.json'), JSON.stringify(settings));
    writeFileSync(join(copy, 'chat_template.jinja'), "'<|im_start|>' + role + '<|im_end|>'");
    writeFileSync(join(copy, 'generation_config.json'), '{"eos_token_id": 2}');
    const files = await openModel(copy);
    expect(files.config.eos_token_id).toEqual([1, 2]);
    expect(files.tokenizer?.padId).toBe(0);
    expect(files.tokenizer?.endIds).toEqual([1, 2, 0]);
    expect(files.tokenizer?.encode('Hi<|im_end|>')).toEqual([42, 75, 2]);
    expect(files.tokenizer?.applyChat([])).toBe('<|im_start|>assistant\n');
    files.close();
  });

  it('finds models by name below the state folder', async () => {
    const place = join(folder, 'models/acme/tiny');
    mkdirSync(place, { recursive: true });
    expect(findModel('acme/none')).toBeNull();
    expect(() => findModel('acme/tiny')).toThrow(/holds no model/);
    cpSync(join(golden, 'gguf/tiny-llama.gguf'), join(place, 'tiny.Q4_1.gguf'));
    const files = await openModel('acme/tiny');
    expect(files.name).toBe('acme/tiny');
    files.close();
    await expect(openModel('acme/none')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('takes names from paths', () => {
    expect(modelName('/models/SmolLM2-135M-Instruct.Q4_1.gguf')).toBe('SmolLM2-135M-Instruct');
    expect(modelName('/models/tiny-q8_0.gguf')).toBe('tiny');
    expect(modelName('/hub/models--acme--big/snapshots/abc')).toBe('acme/big');
    expect(modelName(join(folder, 'models/acme/big'))).toBe('acme/big');
  });
});
