import { beforeEach, describe, expect, it } from 'vitest';
import type { LanguageModel } from '../model/language-model.ts';
import { engine, loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, sequenceLogits, tinyModel } from '../testing/index.ts';
import { trainConfig } from '../trainer/config.ts';
import { train } from '../trainer/trainer.ts';
import { configProblems } from './config-words.ts';
import { adapterState, attachTuner } from './index.ts';
import { loraConfig } from './lora-config.ts';
import type { Adapter } from './tuner.ts';

await loadEngine();
let model: LanguageModel;
beforeEach(() => {
  model = tinyModel();
  return () => model.dispose();
});
const attach = (config: Readonly<Record<string, unknown>>, seed = 1): Adapter =>
  attachTuner(model, 'lora', config, seededRandom(seed));
const output = (): Float32Array =>
  sequenceLogits(model, [
    [72, 101, 108],
    [1, 2],
  ]);
const examples = [{ ids: [65, 66, 67, 68, 69, 70], labelStart: 3 }];
async function trainFor(adapter: Adapter, steps: number, more: object = {}): Promise<number[]> {
  const losses: number[] = [];
  const settings = { learning_rate: 2e-2, num_train_epochs: steps, warmup_ratio: 0, ...more };
  for await (const event of train(model, adapter, examples, trainConfig.parse(settings))) {
    if (event.type === 'step') losses.push(event.loss);
  }
  return losses;
}

describe('LoRA configuration', () => {
  it('names every wrong field at once', () => {
    const config = {
      r: 0,
      lora_alpha: -1,
      use_qalora: true,
      init_lora_weights: 'corda',
      trainable_token_indices: [3],
      target_modules: '(q_proj',
      rank_pattern: { '[': 2 },
    };
    expect(() => attach(config)).toThrow(
      /r: [\s\S]*lora_alpha: [\s\S]*target_modules: [\s\S]*rank_pattern[\s\S]*init_lora_weights: expected true, false, 'gaussian'[\s\S]*trainable_token_indices is not computed[\s\S]*use_qalora is not computed/,
    );
    expect(() => attach({ lora_bias: true, use_dora: true, layers_pattern: 'layers' })).toThrow(
      /layers_pattern: only together[\s\S]*lora_bias: not together with use_dora/,
    );
  });

  it('says in Chinese, too, which fields do not go together', () => {
    const config = {
      lora_bias: true,
      use_dora: true,
      layers_pattern: 'layers',
      init_lora_weights: 'olora',
    };
    const { error } = loraConfig.safeParse(config);
    const problems = error ? configProblems(loraConfig, config, error) : [];
    expect(problems.map(({ zh }) => zh)).toEqual([
      'layers_pattern：只能与 layers_to_transform 一起使用',
      'lora_bias：不能与 use_dora 同时使用',
      'lora_bias：仅当 init_lora_weights 为 true 或 false 时可用',
    ]);
  });

  it('says which layers there are when none matches', () => {
    expect(() => attach({ target_modules: '.*query' })).toThrow(
      /matches no linear layer of tiny.*q_proj, k_proj, .*embed_tokens, lm_head/,
    );
  });

  it('names every target that does not fit: unknown, a norm, a rank above the matrix', () => {
    const config = {
      target_modules: ['q_proj', 'k_proj', 'query', 'input_layernorm'],
      r: 12,
      rank_pattern: { q_proj: 17 },
      modules_to_save: ['classifier'],
    };
    expect(() => attach(config)).toThrow(
      /there is no module 'query' in tiny[\s\S]*input_layernorm is a norm[\s\S]*no module 'classifier'[\s\S]*rank 17 is above q_proj \(16×16\) in 2 layers; at most 16 fits\n[^\n]*rank 12 is above k_proj \(8×16\) in 2 layers; at most 8 fits$/,
    );
  });

  it.each([
    ['mlp', /'mlp' holds several matrices \(gate_proj, up_proj, down_proj\).*name down_proj$/],
    ['self_attn', /\(q_proj, k_proj, v_proj, o_proj\).*name o_proj$/],
    [
      'layers.1',
      /\(q_proj, .*, post_attention_layernorm\).*name o_proj, down_proj, input_layernorm/,
    ],
    ['mplp', /there is no module 'mplp' in tiny$/],
  ])('says what modules_to_save names that is no matrix: %s', (name, reason) => {
    const config = { target_modules: ['q_proj'], modules_to_save: [name] };
    expect(() => attach(config)).toThrow(reason);
    expect(() => attach(config)).toThrow(
      /^modules_to_save does not fit tiny; it may hold embed_tokens, o_proj, down_proj, .*lm_head\n/,
    );
  });

  it('targets q_proj and v_proj by default, as HF-PEFT does', () => {
    const adapter = attach({});
    const ends = adapter.parameters().map(({ name }) => name.split('.').at(-3));
    expect(new Set(ends)).toEqual(new Set(['q_proj', 'v_proj']));
    expect(adapter.config.target_modules).toEqual(['q_proj', 'v_proj']);
    adapter.detach();
  });

  it.each([
    [{ target_modules: '.*layers\\.1\\..*', exclude_modules: ['up_proj'] }, 12],
    [{ target_modules: ['q_proj'], layers_to_transform: [0] }, 2],
    [{ target_modules: ['q_proj'], layers_to_transform: 1, layers_pattern: 'layers' }, 2],
    [{ target_modules: ['q_proj', 'lm_head', 'embed_tokens'] }, 8],
    [{ target_modules: 'all-linear' }, 28],
    [{ target_modules: 'all-linear', modules_to_save: ['o_proj'] }, 26],
    [{ target_modules: ['q_proj'], lora_fa: true }, 2],
  ])('chooses by %o', (config, count) => {
    const adapter = attach(config);
    expect(adapter.parameters()).toHaveLength(count);
    adapter.detach();
  });

  it('says which targets lie in no layer and would be left out by layers_to_transform', () => {
    const layers = { layers_to_transform: [1] };
    expect(() => attach({ target_modules: ['q_proj', 'embed_tokens'], ...layers })).toThrow(
      /model\.embed_tokens lies in no layer.*write it in full/,
    );
    const adapter = attach({ target_modules: ['q_proj', 'lm_head'], ...layers });
    expect(adapter.parameters().some(({ name }) => name.includes('lm_head'))).toBe(true);
    adapter.detach();
    const stored = { target_modules: ['q_proj', 'embed_tokens'], ...layers, inference_mode: true };
    attach(stored).detach();
  });

  it.each([['embed_tokens'], ['lm_head']])(
    'computes no factors that tied weights share: %s',
    (name) => {
      const config = { target_modules: [name, 'q_proj'], ensure_weight_tying: true };
      expect(() => attach(config)).toThrow(/ensure_weight_tying: factors .* are not computed/);
    },
  );

  it('refuses a stored adapter whose base was drawn, and says how to convert it', () => {
    const config = { target_modules: ['q_proj'], init_lora_weights: 'pissa_niter_4' };
    attach(config).detach();
    expect(() => attach({ ...config, inference_mode: true })).toThrow(
      /init_lora_weights: .*cannot be made again.*path_initial_model_for_weight_conversion/,
    );
  });

  it('finds no layer where layers_pattern does not fit', () => {
    const config = { target_modules: ['q_proj'], layers_to_transform: 1, layers_pattern: 'h' };
    expect(() => attach(config)).toThrow(/matches no linear layer/);
  });

  it('refuses to train whole what lies in one tensor with its neighbours', () => {
    expect(() => attach({ target_modules: ['o_proj'], modules_to_save: ['q_proj'] })).toThrow(
      /q_proj lie in one tensor[\s\S]*embed_tokens, lm_head, norms/,
    );
  });
});

describe('LoRA', () => {
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

  it('does not merge values that are not finite', () => {
    const adapter = attach({ r: 2, target_modules: ['q_proj'] });
    const [first] = adapter.parameters();
    const { tf } = engine();
    tf.tidy(() => first?.variable.assign(tf.fill([2, 16], Number.NaN)));
    expect(() => adapter.merge?.()).toThrow(/not finite[\s\S]*0\.self_attn\.q_proj\.lora_A/);
    adapter.detach();
  });

  it.each([
    ['embedding', { target_modules: ['embed_tokens', 'q_proj'] }],
    ['head', { target_modules: ['lm_head', 'q_proj'] }],
    ['a head with B’s bias', { target_modules: ['lm_head', 'q_proj'], lora_bias: true }],
    ['B’s bias', { target_modules: ['q_proj', 'up_proj'], lora_bias: true }],
    ['whole modules', { modules_to_save: ['lm_head', 'embed_tokens', 'norm', 'o_proj'] }],
    ['a tied copy', { modules_to_save: ['embed_tokens'], ensure_weight_tying: true }],
    ['dropout', { target_modules: 'all-linear', lora_dropout: 0.2 }],
    ['dropout and DoRA', { lora_dropout: 0.2, use_dora: true }],
    ['a frozen A', { lora_fa: true, target_modules: 'all-linear' }],
  ])('starts at the base, trains, merges and comes off: %s', async (_, config) => {
    const base = output();
    const adapter = attach({ r: 4, ...config });
    expect(largestDifference(output(), base)).toBeLessThan(1e-6);
    const losses = await trainFor(adapter, 20);
    expect(losses.at(-1)).toBeLessThan(0.8 * (losses[0] as number));
    const trained = output();
    adapter.merge?.();
    expect(largestDifference(output(), trained)).toBeLessThan(1e-4);
    adapter.unmerge?.();
    expect(output()).toEqual(trained);
    const state = adapterState(adapter);
    adapter.merge?.();
    adapter.detach();
    expect(output()).toEqual(base);
    const again = attach(adapter.config, 2);
    again.load(state);
    expect(output()).toEqual(trained);
    again.detach();
    expect(output()).toEqual(base);
  });

  it('keeps a tied head as it is unless weights are to stay tied', () => {
    const own = attach({ modules_to_save: ['embed_tokens'] });
    expect(model.head).not.toBe(model.embedding);
    own.detach();
    expect(model.head).toBe(model.embedding);
    const tied = attach({ modules_to_save: ['embed_tokens'], ensure_weight_tying: true });
    expect(model.head).toBe(model.embedding);
    tied.detach();
  });

  it('saves a tied embedding under both names, as HF-PEFT does, and expects them to be one', () => {
    const names = ['model.embed_tokens', 'lm_head'].map(
      (path) => `base_model.model.${path}.weight`,
    );
    const tied = attach({ modules_to_save: ['embed_tokens'], ensure_weight_tying: true });
    const state = new Map(adapterState(tied));
    const [own, copy] = names.map((name) => state.get(name));
    expect(copy).toEqual(own);
    expect(tied.parameters().map(({ name }) => name)).not.toContain(names[1]);
    tied.load(state);
    state.delete(names[1] as string);
    tied.load(state);
    const others = own?.data.map((value) => value + 1) as Float32Array;
    state.set(names[1] as string, { shape: own?.shape ?? [], data: others });
    expect(() => tied.load(state)).toThrow(/embed_tokens.weight and .*lm_head.weight differ/);
    tied.detach();
  });

  it('refuses patterns that fit nothing when it trains, not in a stored adapter', () => {
    const config = { rank_pattern: { q_prj: 2 }, alpha_pattern: { k_proj: 3, v_proj: 4 } };
    expect(() => attach(config)).toThrow(
      /rank_pattern: 'q_prj' fits none[\s\S]*alpha_pattern: 'k_proj' fits none of the target modules$/,
    );
    attach({ ...config, inference_mode: true }).detach();
  });

  it.each<[string, Record<string, unknown>, number]>([
    ['no layer named: all', { target_modules: ['q_proj'], layers_to_transform: [] }, 2],
    [
      'a path in full beside a layer',
      {
        target_modules: ['q_proj', 'model.layers.0.self_attn.v_proj'],
        layers_to_transform: [1],
      },
      2,
    ],
    ['a named group', { target_modules: String.raw`.*\.(?P<x>q|o)_proj\Z` }, 4],
    [
      'a drawing that is unknown here',
      { inference_mode: true, init_lora_weights: 'orthogonal' },
      4,
    ],
  ])('reads what HF-PEFT writes: %s', (_, config, layers) => {
    const adapter = attach(config);
    expect(adapter.parameters()).toHaveLength(2 * layers);
    adapter.detach();
  });

  it.each<[Record<string, unknown>, RegExp]>([
    [{ target_modules: '.*q_proj', layers_to_transform: [0] }, /layers_to_transform: not beside/],
    [{ init_lora_weights: 'orthogonal' }, /init_lora_weights: expected true, false/],
    [{ target_modules: '(?i).*Q_proj' }, /expected a regular expression/],
  ])('does not train with %j', (config, message) => {
    expect(() => attach(config)).toThrow(message);
  });

  it('lets a file hold the base’s embedding, as HF-PEFT writes it', () => {
    const adapter = attach({ target_modules: ['embed_tokens'] });
    const name = 'base_model.model.model.embed_tokens.base_layer.weight';
    const state = new Map([
      ...adapterState(adapter),
      [name, { shape: [1], data: new Float32Array(1) }],
    ]);
    adapter.load(state);
    adapter.detach();
  });

  it('never moves A with LoRA-FA, and saves it all the same', async () => {
    const adapter = attach({ lora_fa: true });
    const before = adapterState(adapter);
    await trainFor(adapter, 3);
    const after = adapterState(adapter);
    for (const [name, { data }] of before) {
      const moved = largestDifference(after.get(name)?.data ?? [], data);
      if (name.includes('lora_A')) expect(moved).toBe(0);
      else expect(moved).toBeGreaterThan(0);
    }
    adapter.detach();
  });

  it('drops the same entries for the same seed, and others at each step', async () => {
    const losses = async (seed: number): Promise<number[]> => {
      const adapter = attach({ lora_dropout: 0.5, target_modules: 'all-linear' }, seed);
      const found = await trainFor(adapter, 6, { learning_rate: 1e-2 });
      adapter.detach();
      return found;
    };
    const first = await losses(1);
    expect(await losses(1)).toEqual(first);
    expect(await losses(2)).not.toEqual(first);
  });

  it('learns B faster than A with LoRA+', async () => {
    const moved = async (ratio: number): Promise<number> => {
      const adapter = attach({ r: 2, target_modules: ['q_proj'] });
      await trainFor(adapter, 1, { learning_rate: 1e-3, loraplus_lr_ratio: ratio });
      const b = adapterState(adapter).get(
        'base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight',
      );
      adapter.detach();
      return Math.max(...(b?.data ?? []));
    };
    expect((await moved(16)) / (await moved(1))).toBeCloseTo(16, 1);
  });
});
