import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LanguageModel } from '../model/language-model.ts';
import { loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { tinyModel } from '../testing/index.ts';
import { attachTuner } from './index.ts';
import type { Adapter } from './tuner.ts';

await loadEngine();
let model: LanguageModel;
let adapter: Adapter | undefined;
beforeEach(() => {
  model = tinyModel();
});
afterEach(() => {
  adapter?.detach();
  adapter = undefined;
  model.dispose();
});

describe('LN tuning', () => {
  const norms = (config: Record<string, unknown>, of = model): string[] => {
    adapter = attachTuner(of, 'ln-tuning', config, seededRandom(1));
    return adapter
      .parameters()
      .map(({ name }) => name.replace(/base_model.model.model.|.ln_tun.*/g, ''));
  };

  it('takes HF-PEFT’s targets by model type', () => {
    expect(norms({})).toHaveLength(5);
    adapter?.detach();
    const qwen2 = { ...model, config: { ...model.config, model_type: 'qwen2' as const } };
    expect(norms({}, qwen2)).toEqual([
      'layers.0.post_attention_layernorm',
      'layers.1.post_attention_layernorm',
    ]);
  });

  it('takes a regular expression and leaves norms out', () => {
    expect(norms({ target_modules: '.*norm', exclude_modules: ['input_layernorm'] })).toEqual([
      'layers.0.post_attention_layernorm',
      'layers.1.post_attention_layernorm',
      'norm',
    ]);
  });

  it('says what the norms are called when none matches', () => {
    expect(() => norms({ target_modules: ['ln_1'] })).toThrow(
      /matches no norm of tiny.*input_layernorm, post_attention_layernorm, norm/,
    );
  });
});
