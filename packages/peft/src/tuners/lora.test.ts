import { afterEach, describe, expect, it } from 'vitest';
import type { LanguageModel } from '../model/language-model.ts';
import { loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { tinyModel } from '../testing/index.ts';
import { attachTuner } from './index.ts';
import type { Adapter } from './tuner.ts';

await loadEngine();

describe('LoRA configuration', () => {
  const model = (): LanguageModel => tinyModel();
  let opened: LanguageModel | undefined;
  const attach = (config: Record<string, unknown>): Adapter => {
    opened = model();
    return attachTuner(opened, 'lora', config, seededRandom(1));
  };
  afterEach(() => {
    opened?.dispose();
    opened = undefined;
  });

  it('names every problem at once', () => {
    const config = { r: 0, lora_alpha: -1, use_dora: true, modules_to_save: ['lm_head'] };
    expect(() => attach(config)).toThrow(
      /r: [\s\S]*lora_alpha: [\s\S]*DoRA is a method of its own[\s\S]*modules_to_save/,
    );
  });

  it('says which layers there are when none matches', () => {
    expect(() => attach({ target_modules: ['query'] })).toThrow(
      /matches no linear layer of tiny.*q_proj, k_proj/,
    );
  });

  it('takes a regular expression and leaves modules out', () => {
    const adapter = attach({ target_modules: '.*layers\\.1\\..*', exclude_modules: ['up_proj'] });
    const paths = adapter.parameters().map(({ name }) => name);
    expect(paths).toHaveLength(12);
    expect(paths.every((name) => name.includes('.layers.1.') && !name.includes('up_proj'))).toBe(
      true,
    );
    adapter.detach();
  });

  it('refuses a saved adapter that does not fit, naming each tensor', () => {
    const adapter = attach({ r: 2, target_modules: ['q_proj'] });
    const state = new Map([
      [
        'base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight',
        { shape: [3, 16], data: new Float32Array(48) },
      ],
      ['odd', { shape: [1], data: new Float32Array(1) }],
    ]);
    expect(() => adapter.load(state)).toThrow(
      /odd: not part[\s\S]*expected \[2,16\], got \[3,16\][\s\S]*missing/,
    );
    adapter.detach();
  });
});
