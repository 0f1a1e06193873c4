import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { parameterCount } from './architecture.ts';
import { knownArchitecture } from './known-architectures.ts';
import { readArchitecture } from './read-architecture.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-plan-'));
afterAll(() => rmSync(folder, { recursive: true }));
const golden = fileURLToPath(new URL('../../../../test/golden/', import.meta.url));

const read = (config: object) => {
  const path = join(folder, 'config.json');
  writeFileSync(path, JSON.stringify(config));
  return readArchitecture(path);
};

it.each(['tiny-llama', 'tiny-qwen2'])(
  'reads %s from its folder and from its GGUF file',
  async (name) => {
    const architecture = await readArchitecture(join(golden, 'models', name));
    expect(architecture).toMatchObject({ family: 'llama', hidden: 32, decoderLayers: 2 });
    expect(await readArchitecture(join(golden, 'gguf', `${name}.gguf`))).toEqual(architecture);
  },
);

it('reads BLOOM and T5 as their publishers write them', async () => {
  const bloom = { model_type: 'bloom', n_layer: 30, n_head: 32, vocab_size: 250_880 };
  for (const width of [{ hidden_size: 4096 }, { n_embed: 4096 }]) {
    const { name: _, ...sizes } = await read({ ...bloom, ...width });
    expect(knownArchitecture('bloomz-7b1')).toMatchObject(sizes);
  }
  const t5 = {
    ...{ model_type: 'mt5', d_model: 4096, d_ff: 10_240, d_kv: 64, num_heads: 64, num_layers: 24 },
    ...{ vocab_size: 250_112, feed_forward_proj: 'gated-gelu', tie_word_embeddings: false },
  };
  expect(parameterCount(await read(t5))).toBe(12_921_057_280);
});

it('says what is wrong with a configuration', async () => {
  await expect(readArchitecture('no-such-model')).rejects.toThrow(/nor one of smollm2-135m/);
  await expect(read({ model_type: 'mamba' })).rejects.toThrow(/model_type is "mamba"/);
  await expect(read({ model_type: 't5', feed_forward_proj: 'relu' })).rejects.toThrow(
    /d_model: [\s\S]*feed_forward_proj: expected gated-gelu/,
  );
  await expect(read({ model_type: 'bloom', n_layer: 1, n_head: 1, vocab_size: 9 })).rejects.toThrow(
    /no hidden_size/,
  );
});
