import { beforeEach, describe, expect, it } from 'vitest';
import type { LanguageModel } from '../model/language-model.ts';
import { loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, sequenceLogits, tinyModel } from '../testing/index.ts';
import { trainConfig } from '../trainer/config.ts';
import { train } from '../trainer/trainer.ts';
import { bottleneck, newBottleneck } from './bottleneck.ts';
import { adapterState, attachTuner } from './index.ts';
import { joinTasks, splitTasks } from './tasks.ts';
import type { Adapter } from './tuner.ts';

const { tf } = await loadEngine();
let model: LanguageModel;
beforeEach(() => {
  model = tinyModel();
  return () => model.dispose();
});

const attach = (name: string, config: Record<string, unknown> = {}, seed = 1): Adapter =>
  attachTuner(model, name, config, seededRandom(seed));
const sequences = [
  [72, 101, 108],
  [1, 2, 3, 4],
  [9, 8],
];
function output(of: readonly number[][], tags?: readonly number[]): Float32Array {
  return sequenceLogits(model, of, tags);
}

describe('bottleneck', () => {
  const expected: Record<string, (x: number) => number> = {
    relu: (x) => Math.max(0, x),
    // The error function of Abramowitz & Stegun 7.1.26, 1.5e-7 at most.
    gelu: (x) => {
      const t = 1 / (1 + 0.3275911 * Math.abs(x) * Math.SQRT1_2);
      const polynomial =
        t *
        (0.254829592 +
          t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
      const erf = Math.sign(x) * (1 - polynomial * Math.exp((-x * x) / 2));
      return (x * (1 + erf)) / 2;
    },
    swish: (x) => x / (1 + Math.exp(-x)),
    tanh: Math.tanh,
    sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  };
  it.each(['relu', 'gelu', 'swish', 'tanh', 'sigmoid'] as const)('is s·(W_u·%s(…) + b)', (name) => {
    const adapter = newBottleneck(1, 1, 'bert', seededRandom(1));
    const values = [adapter.down.weight, adapter.down.bias, adapter.up.weight, adapter.up.bias];
    for (const [i, value] of [2, 0.5, -3, 0.25].entries()) {
      tf.tidy(() => values[i]?.assign(tf.fill(values[i]?.shape ?? [], value)));
    }
    const inputs = [-2, -0.4, 0.1, 1.5];
    const y = tf.tidy(() =>
      bottleneck(tf.tensor2d(inputs, [4, 1]), adapter, {
        non_linearity: name,
        scaling: 4,
      }).dataSync(),
    );
    const wanted = inputs.map((x) => 4 * (-3 * (expected[name]?.(2 * x + 0.5) ?? 0) + 0.25));
    expect(largestDifference(y, wanted)).toBeLessThan(1e-5);
    for (const variable of values) variable.dispose();
  });
});

describe('bottleneck adapters', () => {
  // D = 16, r = 4: 2·16·4 + 16 + 4 parameters an adapter; 5 norms of 16.
  it.each([
    ['adapter-houlsby', 4 * 148 + 5 * 16],
    ['adapter-pfeiffer', 2 * 148],
    ['adapter-parallel', 2 * 148],
  ])('%s trains %i parameters', (name, count) => {
    const adapter = attach(name, { bottleneck_size: 4 });
    const sizes = adapter.parameters().map(({ variable }) => variable.size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(count);
    adapter.detach();
  });

  it.each(['adapter-houlsby', 'adapter-pfeiffer'])('%s starts near the base', (name) => {
    const base = output(sequences);
    const adapter = attach(name, { bottleneck_size: 8 });
    const difference = largestDifference(output(sequences), base);
    expect(difference).toBeGreaterThan(0);
    expect(difference).toBeLessThan(name === 'adapter-houlsby' ? 1e-3 : 5e-2);
    adapter.detach();
  });

  it('takes the inner width from the reduction factor and writes it down', () => {
    const adapter = attach('adapter-pfeiffer', { reduction_factor: 3 });
    expect(adapter.config).toMatchObject({ bottleneck_size: 5, base_model_name_or_path: 'tiny' });
    adapter.detach();
  });

  it.each([
    [{ mh_adapter: false, output_adapter: false }, /output_adapter: expected mh_adapter or/],
    [{ mh_adapter: true, is_parallel: true }, /is_parallel: a parallel adapter sits beside/],
    [
      { bottleneck_size: 0, scaling: -1, non_linearity: 'cubic' },
      /bottleneck_size[\s\S]*non_linear[\s\S]*scaling/,
    ],
  ])('refuses %j', (config, message) => {
    expect(() => attach('adapter-pfeiffer', config)).toThrow(message);
  });

  it('refuses a second adapter on the same blocks', () => {
    const first = attach('adapter-pfeiffer');
    expect(() => attach('adapter-houlsby')).toThrow(
      /already carries adapter-pfeiffer, so adapter-houlsby cannot be attached/,
    );
    first.detach();
  });
});

describe('adapters of several tasks', () => {
  const settings = { bottleneck_size: 4, scaling: 100, train_layer_norm: false };
  const alone = (name: string, seed: number) => {
    const adapter = attach(name, settings, seed);
    const stored = { config: adapter.config, tensors: adapterState(adapter) };
    const outputs = sequences.map((sequence) => output([sequence]));
    adapter.detach();
    return { stored, outputs };
  };

  it.each(['adapter-houlsby', 'adapter-pfeiffer', 'adapter-parallel'])(
    '%s: each row of a batch takes the adapters of its tag',
    (name) => {
      const both = [alone(name, 1), alone(name, 2)] as const;
      const [a, b] = both;
      const { config, tensors } = joinTasks(
        new Map([
          ['a', a.stored],
          ['b', b.stored],
        ]),
      );
      const adapter = attach(name, { ...config });
      adapter.load(tensors);
      const tags = [1, 0, 1];
      const expected = tags.flatMap((tag, i) => [...(both[tag]?.outputs[i] ?? [])]);
      expect(largestDifference(output(sequences, tags), expected)).toBeLessThan(1e-4);
      expect(() => output(sequences, [0, 1, 2])).toThrow(/tag 2; this adapter knows/);
      adapter.detach();
    },
  );

  it('are trained together as they would be alone', async () => {
    const examples = [
      { ids: [65, 66, 67, 68], labelStart: 2, tag: 0 },
      { ids: [80, 81, 82, 83, 84], labelStart: 2, tag: 1 },
    ];
    const config = trainConfig.parse({
      learning_rate: 1e-2,
      weight_decay: 0,
      max_grad_norm: null,
      batch_size: 2,
      num_train_epochs: 3,
    });
    const run = async (adapter: Adapter, of: typeof examples): Promise<void> => {
      for await (const _ of train(model, adapter, of, config));
    };
    const joint = attach('adapter-pfeiffer', { ...settings, tasks: ['a', 'b'] });
    const start = splitTasks({ config: joint.config, tensors: adapterState(joint) });
    await run(joint, examples);
    const parts = splitTasks({ config: joint.config, tensors: adapterState(joint) });
    joint.detach();
    for (const [i, name] of ['a', 'b'].entries()) {
      const single = attach('adapter-pfeiffer', settings);
      single.load(start.get(name)?.tensors ?? new Map());
      // Adam divides by the gradient's size: the other example's share of the loss does not matter.
      await run(single, [{ ...(examples[i] as (typeof examples)[number]), tag: 0 }]);
      for (const [key, { data }] of adapterState(single)) {
        const trained = parts.get(name)?.tensors.get(key)?.data ?? [];
        expect(largestDifference(trained, data), `${name} ${key}`).toBeLessThan(1e-3);
      }
      single.detach();
    }
  });
});
