import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAdapter, writeAdapter } from './adapter-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quaestor-adapter-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const config = { peft_type: 'LORA', r: 2, alpha_pattern: {}, target_modules: ['v_proj', 'q_proj'] };
const key = 'base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight';
const tensors = new Map([[key, { shape: [2, 2], data: Float32Array.of(1, 0.5, -2, 0) }]]);

describe('adapter files', () => {
  it('round trips configuration and tensors', () => {
    const target = join(folder, 'one');
    writeAdapter(target, config, tensors, { dtype: 'F16', card: { tags: ['fund'] } });
    expect(readAdapter(target)).toEqual({ config, tensors });
    expect(readdirSync(target).sort()).toEqual([
      ...['adapter_config.json', 'adapter_model.safetensors', 'quaestor.json'],
    ]);
  });

  it('writes the configuration as Python does: two spaces, sorted keys, no last line break', () => {
    const target = join(folder, 'one');
    writeAdapter(target, { peft_type: 'LORA', b: { z: 1, a: [] }, a: null }, tensors);
    expect(readFileSync(join(target, 'adapter_config.json'), 'utf8')).toBe(
      '{\n  "a": null,\n  "b": {\n    "a": [],\n    "z": 1\n  },\n  "peft_type": "LORA"\n}',
    );
  });

  it('keeps the order of patterns, of which the first that fits counts', () => {
    const target = join(folder, 'one');
    const patterns = { rank_pattern: { v_proj: 2, 'layers.1': 3 }, alpha_pattern: { z: 1, a: 2 } };
    writeAdapter(target, { ...config, ...patterns }, tensors);
    const { rank_pattern, alpha_pattern } = readAdapter(target).config;
    expect(Object.keys(rank_pattern as object)).toEqual(['v_proj', 'layers.1']);
    expect(Object.keys(alpha_pattern as object)).toEqual(['z', 'a']);
  });

  it('replaces a folder whole and leaves nothing beside it', () => {
    const target = join(folder, 'one');
    writeAdapter(target, config, tensors, { card: {} });
    writeAdapter(target, { ...config, r: 3 }, tensors);
    expect(readAdapter(target).config.r).toBe(3);
    expect(existsSync(join(target, 'quaestor.json'))).toBe(false);
    expect(readdirSync(folder)).toEqual(['one']);
  });

  it('leaves the old folder when writing fails', () => {
    const target = join(folder, 'one');
    writeAdapter(target, config, tensors);
    const broken = new Map([[key, { shape: [9], data: new Float32Array(1) }]]);
    expect(() => writeAdapter(target, config, broken)).toThrow(/needs 9 values/);
    expect(readAdapter(target)).toEqual({ config, tensors });
    writeFileSync(join(folder, 'file'), '');
    expect(() => writeAdapter(join(folder, 'file', 'sub'), config, tensors)).toThrow(
      /Cannot write/,
    );
    expect(readdirSync(folder).sort()).toEqual(['file', 'one']);
  });

  it('says what is wrong with a folder', () => {
    const target = join(folder, 'one');
    expect(() => readAdapter(target)).toThrow(/Cannot read .*adapter_config\.json/);
    mkdirSync(target);
    writeFileSync(join(target, 'adapter_config.json'), '{"r": 2}');
    expect(() => readAdapter(target)).toThrow(/peft_type is missing/);
    writeFileSync(join(target, 'adapter_config.json'), JSON.stringify(config));
    expect(() => readAdapter(target)).toThrow(/has no adapter_model\.safetensors/);
    writeFileSync(join(target, 'adapter_model.bin'), '');
    expect(() => readAdapter(target)).toThrow(/Python pickle/);
    writeAdapter(target, config, tensors);
    truncateSync(join(target, 'adapter_model.safetensors'), 100);
    expect(() => readAdapter(target)).toThrow(expect.objectContaining({ code: 'bad-file' }));
    expect(() => readAdapter(target)).toThrow(/truncated/);
  });
});
