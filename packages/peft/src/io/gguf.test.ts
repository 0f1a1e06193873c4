import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { PeftError } from '../errors.ts';
import { openGguf } from './gguf.ts';
import { huggingFaceName, toRotateHalf } from './gguf-names.ts';

const folder = mkdtempSync(join(tmpdir(), 'quaestor-gguf-'));
afterAll(() => rmSync(folder, { recursive: true }));
const golden = fileURLToPath(
  new URL('../../../../test/golden/gguf/tiny-llama.gguf', import.meta.url),
);

async function openBytes(bytes: Uint8Array): Promise<void> {
  const path = join(folder, 'case.gguf');
  writeFileSync(path, bytes);
  const file = await openGguf(path);
  try {
    for (const tensor of file.tensors.values()) file.read(tensor);
  } finally {
    file.close();
  }
}

describe('gguf', () => {
  it('lists rows before columns', async () => {
    const file = await openGguf(golden);
    expect(file.metadata.get('general.architecture')).toBe('llama');
    expect(file.tensors.get('blk.1.attn_k.weight')?.shape).toEqual([16, 32]);
    file.close();
  });

  it('refuses a file that is cut anywhere', async () => {
    const bytes = readFileSync(golden);
    for (const length of [0, 3, 20, 100, 700, 2_000, bytes.length - 40]) {
      await expect(openBytes(bytes.subarray(0, length))).rejects.toThrow(
        expect.objectContaining({ name: 'PeftError', code: 'bad-file' }),
      );
    }
  });

  it('fails only with its own error, whatever the header', async () => {
    const bytes = readFileSync(golden);
    const damage = fc.array(fc.tuple(fc.nat(2_000), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(damage, async (changes) => {
        const damaged = Buffer.from(bytes);
        for (const [at, value] of changes) damaged[at] = value;
        try {
          await openBytes(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(PeftError);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('translates names', () => {
    expect(huggingFaceName('token_embd.weight')).toBe('model.embed_tokens.weight');
    expect(huggingFaceName('blk.12.attn_q.bias')).toBe('model.layers.12.self_attn.q_proj.bias');
    expect(huggingFaceName('blk.0.ffn_down.weight')).toBe('model.layers.0.mlp.down_proj.weight');
    expect(huggingFaceName('blk.0.constructor.weight')).toBeUndefined();
    expect(huggingFaceName('rope_freqs.weight')).toBeUndefined();
  });

  it('moves neighbouring rows to the two halves of a head', () => {
    const rows = Float32Array.from([0, 1, 2, 3, 10, 11, 12, 13]);
    expect([...toRotateHalf(rows, 2, 1)]).toEqual([0, 2, 1, 3, 10, 12, 11, 13]);
  });
});
