/** The planned number of parameters is what attaching the method makes, for every registered method. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadEngine } from '../../tensors/engine.ts';
import { seededRandom } from '../../tensors/random.ts';
import { tinyModel } from '../../testing/index.ts';
import { trainConfig } from '../../trainer/config.ts';
import { train } from '../../trainer/trainer.ts';
import { attachTuner, tuners } from '../../tuners/index.ts';
import type { Architecture } from '../architecture.ts';
import { plannedMethods, trainedShapes } from './index.ts';

const TINY: Architecture = {
  ...{ name: 'tiny', family: 'llama', modelType: 'llama', hidden: 16, intermediate: 24 },
  ...{ encoderLayers: 0, decoderLayers: 2, heads: 4, keyValueHeads: 2, headDim: 4 },
  ...{ vocabulary: 259, tiedHead: true, attentionBias: false },
};

/** Settings for methods whose defaults do not fit the tiny model, and variants that count otherwise. */
const VARIANTS: readonly (readonly [string, Record<string, unknown>])[] = [
  ['lora', { r: 2, target_modules: 'all-linear', rank_pattern: { q_proj: 3 } }],
  ['lora', { r: 2, layers_to_transform: [1], use_dora: true }],
  ['lora', { r: 2, target_modules: ['embed_tokens', 'q_proj'], modules_to_save: ['norm'] }],
  ['lora', { r: 2, target_modules: ['q_proj', 'lm_head', 'embed_tokens'], lora_bias: true }],
  ['lora', { r: 2, target_modules: 'all-linear', modules_to_save: ['o_proj'] }],
  ['lora', { r: 2, modules_to_save: ['embed_tokens', 'lm_head'] }],
  ['lora', { r: 2, modules_to_save: ['embed_tokens', 'lm_head'], ensure_weight_tying: true }],
  ['lora', { r: 2, target_modules: ['q_proj', 'model.embed_tokens'], layers_to_transform: [0] }],
  ['adalora', { init_r: 4, target_r: 2 }],
  ['adalora', { init_r: 4, target_r: 2, r: 0 }],
  ['p-tuning', { num_virtual_tokens: 3, encoder_hidden_size: 5 }],
  ['p-tuning', { num_virtual_tokens: 3, encoder_reparameterization_type: 'LSTM' }],
  ['prefix-tuning', { num_virtual_tokens: 3, prefix_projection: true, encoder_hidden_size: 5 }],
  ['adapter-houlsby', { bottleneck_size: 4 }],
  ['adapter-fusion', { adapters: { a: {}, b: {} } }],
  ['adapter-fusion', { adapters: { a: { mh_adapter: true } }, share_fusion: true }],
  ['ia3', { target_modules: ['q_proj', 'up_proj'], feedforward_modules: ['up_proj'] }],
  ['last-layers', { num_layers: 2, modules_to_save: ['norm'] }],
  ['last-layers', { num_layers: 1, modules_to_save: ['o_proj'] }],
  ['binary-mask', { target_modules: ['q_proj', 'norm'] }],
];
/**
 * BitFit has nothing to train in a Llama; a fusion needs adapters, AdaLoRA a rank that fits; LT-SFT
 * ends with fewer entries than its first phase trains.
 */
const LEFT_OUT = ['bitfit', 'adapter-fusion', 'adalora', 'lt-sft'];
const examples = [{ ids: [65, 66, 67, 68], labelStart: 2 }];
const config = trainConfig.parse({ max_steps: 2, num_train_epochs: 2 });

describe('planned parameters', () => {
  beforeAll(async () => {
    await loadEngine();
  });
  const defaults = tuners()
    .map(({ name }) => [name, {}] as const)
    .filter(([name]) => !LEFT_OUT.includes(name));

  it.each([...defaults, ...VARIANTS])('%s %o', async (method, settings) => {
    const model = tinyModel();
    const adapter = attachTuner(model, method, settings, seededRandom(1));
    // Some methods choose what they train when a run begins.
    for await (const _ of train(model, adapter, examples, config));
    const attached = adapter.parameters().reduce((sum, { variable }) => sum + variable.size, 0);
    adapter.detach();
    model.dispose();
    const architecture = { ...TINY, vocabulary: model.config.vocab_size };
    const planned = trainedShapes(architecture, method, settings).tensors.reduce(
      (sum, shape) => sum + shape.reduce((product, length) => product * length, 1),
      0,
    );
    expect(planned).toBe(attached);
  });

  it('every registered method can be planned', () => {
    expect([...plannedMethods()].sort()).toEqual(
      tuners()
        .map(({ name }) => name)
        .sort(),
    );
  });
});
