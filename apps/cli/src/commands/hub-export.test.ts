import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAdapter } from '@quaestor/peft';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TemporaryHome, temporaryHome } from '../testing/command-line.ts';

let home: TemporaryHome;
beforeAll(async () => {
  home = await temporaryHome();
});
afterAll(() => home.remove());

function adapter(name: string, base: string, ranks: Readonly<Record<string, number>> = {}): void {
  const rank = Math.max(1, ...Object.values(ranks));
  const config = {
    peft_type: 'LORA',
    r: 1,
    lora_alpha: 1,
    target_modules: ['q_proj'],
    bias: 'none',
    rank_pattern: ranks,
  };
  const module = 'base_model.model.model.layers.0.self_attn.q_proj';
  const tensors = new Map([
    [`${module}.lora_A.weight`, { shape: [rank, 4], data: new Float32Array(4 * rank) }],
    [`${module}.lora_B.weight`, { shape: [4, rank], data: new Float32Array(4 * rank) }],
  ]);
  const path = join(home.folder, 'adapters', name);
  writeAdapter(path, { ...config, base_model_name_or_path: base }, tensors);
}

it.each([
  ['plain', 'x/Small', 'x/Small'],
  ['odd', 'x; touch \u001b[2Jowned', "'x; touch  [2Jowned'"],
  ['flag', '--trust-remote-code', 'BASE'],
])('suggests a command in which a base model is one word: %s', async (name, base, word) => {
  adapter(name, base);
  const out = `a folder/${name}`;
  const words = ['hub', 'export', name, '--format', 'vllm', '--out', out];
  const { code, error } = await home.quaestor(...words);
  const lora = `'${name}=${join(home.folder, out)}'`;
  expect([code, error]).toEqual([
    0,
    `vllm serve ${word} --enable-lora --max-lora-rank 1 --lora-modules ${lora}\n`,
  ]);
});

it('suggests the rank of what it wrote, patterns folded in', async () => {
  adapter('uneven', 'x/Small', { q_proj: 12 });
  const words = ['hub', 'export', 'uneven', '--format', 'vllm', '--out', 'uneven'];
  const { code, error } = await home.quaestor(...words);
  expect([code, error]).toEqual([0, expect.stringContaining('--max-lora-rank 16 ')]);
});

it('replaces an adapter folder, and never another file', async () => {
  adapter('kept', 'x/Small');
  const thesis = join(home.folder, 'thesis.txt');
  writeFileSync(thesis, 'text');
  const words = ['hub', 'export', 'kept', '--format', 'peft', '--out'];
  for (const more of [[], ['--replace']]) {
    const { code, error } = await home.quaestor(...words, 'thesis.txt', ...more);
    expect([code, error]).toEqual([3, expect.stringContaining('something else than an adapter')]);
  }
  expect(readFileSync(thesis, 'utf8')).toBe('text');
  expect(await home.quaestor(...words, 'copy')).toMatchObject({ code: 0 });
  const again = await home.quaestor(...words, 'copy');
  expect([again.code, again.error]).toEqual([3, expect.stringContaining('--replace')]);
  expect(await home.quaestor(...words, 'copy', '--replace')).toMatchObject({ code: 0 });
});

it('replaces no folder in which a trainer keeps more', async () => {
  adapter('fresh', 'x/Small');
  const trainer = join(home.folder, 'trainer');
  expect(await home.quaestor('hub', 'export', 'fresh', '--out', 'trainer')).toMatchObject({
    code: 0,
  });
  mkdirSync(join(trainer, 'checkpoint-500'));
  writeFileSync(join(trainer, 'checkpoint-500', 'optimizer.pt'), 'moments');
  const { code, error } = await home.quaestor(
    ...['hub', 'export', 'fresh', '--out', 'trainer', '--replace'],
  );
  expect([code, error]).toEqual([3, expect.stringContaining('something else than an adapter')]);
  expect(readFileSync(join(trainer, 'checkpoint-500', 'optimizer.pt'), 'utf8')).toBe('moments');
});

it('writes no GGUF for another base than the adapter names', async () => {
  adapter('elsewhere', 'x/Small');
  const words = ['elsewhere', '--format', 'gguf', '--model', 'tiny', '--out', 'gguf'];
  const { code, error } = await home.quaestor('hub', 'export', ...words);
  expect([code, error]).toEqual([3, expect.stringContaining('expected base x/Small, got tiny')]);
  expect(existsSync(join(home.folder, 'gguf'))).toBe(false);
});
