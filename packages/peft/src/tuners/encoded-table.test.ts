/** What P-tuning and prefix-tuning keep of their encoders: resumable while training, gone afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { generate } from '../generation/generate.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { sequenceLogits, tinyModel } from '../testing/index.ts';
import { trainConfig } from '../trainer/config.ts';
import { type TrainOptions, train } from '../trainer/trainer.ts';
import { adapterState, attachTuner } from './index.ts';
import type { Adapter } from './tuner.ts';

await loadEngine();
let model: LanguageModel;
let folder: string;
beforeEach(() => {
  model = tinyModel();
  folder = mkdtempSync(join(tmpdir(), 'quaestor-table-'));
  return () => {
    model.dispose();
    rmSync(folder, { recursive: true });
  };
});

const examples = [
  { ids: [65, 66, 67, 68, 69, 70], labelStart: 3 },
  { ids: [80, 81, 82, 83], labelStart: 2 },
];
const config = trainConfig.parse({ learning_rate: 1e-2, batch_size: 1, num_train_epochs: 3 });

/** Trains, as if stopped by Ctrl-C after `until` steps. @returns the losses */
async function losses(adapter: Adapter, options: TrainOptions = {}, until = 99): Promise<number[]> {
  const controller = new AbortController();
  const found: number[] = [];
  const run = train(model, adapter, examples, config, { ...options, signal: controller.signal });
  try {
    for await (const event of run) {
      if (event.type !== 'step') continue;
      found.push(event.loss);
      if (found.length >= until) controller.abort();
    }
  } catch (error) {
    if (until === 99) throw error;
  }
  return found;
}

const output = (): Float32Array => sequenceLogits(model, [[1, 2, 3]]);

describe.each([
  ['p-tuning', { num_virtual_tokens: 3, encoder_hidden_size: 6 }, 7],
  [
    'p-tuning',
    {
      num_virtual_tokens: 3,
      encoder_hidden_size: 4,
      encoder_reparameterization_type: 'LSTM',
      encoder_dropout: 0.3,
    },
    21,
  ],
  ['prefix-tuning', { num_virtual_tokens: 3, prefix_projection: true, encoder_hidden_size: 6 }, 5],
])('%s with %j', (method, settings, encoderVariables) => {
  const attach = (): Adapter => attachTuner(model, method, { ...settings }, seededRandom(1));

  it('goes on from a checkpoint through the same encoder', async () => {
    const whole = attach();
    const expected = await losses(whole);
    whole.detach();
    const first = attach();
    await losses(first, { checkpoints: folder }, 2);
    first.detach();
    const second = attach();
    expect(await losses(second, { checkpoints: folder })).toEqual(expected.slice(2));
    second.detach();
  });

  it('gives the very same output when only the table is kept, and trains on without the encoder', async () => {
    const adapter = attach();
    expect(adapter.parameters().length).toBe(encoderVariables);
    await losses(adapter);
    const trained = output();
    const state = adapterState(adapter);
    expect([...state.keys()]).toEqual(['prompt_embeddings']);
    adapter.load(state);
    expect(adapter.parameters().map(({ name }) => name)).toEqual(['prompt_embeddings']);
    expect(output()).toEqual(trained);
    const [before, after] = [await losses(adapter), await losses(adapter)];
    expect(after.at(-1)).toBeLessThan(before[0] as number);
    adapter.detach();
  });

  it('keeps the encoder when what is loaded does not fit', () => {
    const adapter = attach();
    const before = output();
    const odd = new Map([['prompt_embeddings', { shape: [2, 2], data: new Float32Array(4) }]]);
    expect(() => adapter.load(odd)).toThrow(/prompt_embeddings: expected \[3,\d+\], got \[2,2\]/);
    expect(output()).toEqual(before);
    expect(adapter.parameters().length).toBe(encoderVariables);
    adapter.detach();
  });
});

describe('prefix-tuning', () => {
  const attach = (settings: Record<string, unknown>): Adapter =>
    attachTuner(model, 'prefix-tuning', settings, seededRandom(1));

  it.each([false, true])(
    'starts at zero keys and values with init_weights zero: %s',
    (projection) => {
      const adapter = attach({ init_weights: 'zero', prefix_projection: projection });
      const state = adapterState(adapter).get('prompt_embeddings');
      // 2 layers, keys and values, 2 heads of width 4.
      expect(state?.shape).toEqual([20, 32]);
      expect(new Set(state?.data)).toEqual(new Set([0]));
      adapter.detach();
    },
  );

  it('draws from the standard normal distribution otherwise', () => {
    const adapter = attach({ num_virtual_tokens: 100 });
    const { data } = adapterState(adapter).get('prompt_embeddings') as { data: Float32Array };
    const square = data.reduce((sum, x) => sum + x * x, 0) / data.length;
    expect(Math.abs(square - 1)).toBeLessThan(4 * Math.sqrt(2 / data.length));
    adapter.detach();
  });

  it('is seen by candidates that share a prompt’s cache', async () => {
    const adapter = attach({ num_virtual_tokens: 3 });
    const texts = async (n: number): Promise<string[]> => {
      const found: string[] = [];
      for await (const { ids } of generate(model, [[5, 6, 7]], { n, maxTokens: 8, endIds: [] }))
        found.push(ids.join());
      return found;
    };
    const [single] = await texts(1);
    expect(await texts(3)).toEqual([single, single, single]);
    adapter.detach();
    expect(await texts(1)).not.toEqual([single]);
  });

  it('refuses the prefix of another model, naming every size', () => {
    const other = { token_dim: 16, num_attention_heads: 4, num_transformer_submodules: 2 };
    expect(() => attach(other)).toThrow(/num_transformer_submodules: expected 1/);
    expect(() => attach({ token_dim: 16, num_attention_heads: 4 })).toThrow(
      /token_dim: expected 8, got 16[\s\S]*num_attention_heads: expected 2, got 4/,
    );
  });
});
