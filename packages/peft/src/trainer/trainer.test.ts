import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSafetensors, writeSafetensors } from '../io/safetensors.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { engine, loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { tinyModel } from '../testing/index.ts';
import { attachTuner } from '../tuners/index.ts';
import { AdamW } from './adamw.ts';
import { countSteps, epochBatches, microBatches, type TrainExample } from './batches.ts';
import { checkpointPrecision, loadCheckpoint } from './checkpoint.ts';
import { type TrainConfig, trainConfig } from './config.ts';
import { evaluateHeldOut, labelCounts, packedLoss } from './loss.ts';
import { learningRate } from './schedule.ts';
import { type StepLoss, type TrainOptions, type TrainStep, train } from './trainer.ts';

await loadEngine();
const random = seededRandom(4);
const examples = Array.from({ length: 21 }, () => ({
  ids: Array.from({ length: 4 + random.integer(9) }, () => random.integer(256)),
  labelStart: 2,
}));
const config = trainConfig.parse({
  batch_size: 4,
  num_train_epochs: 2,
  save_steps: 3,
  learning_rate: 1e-2,
});

let model: LanguageModel;
let folder: string;
beforeEach(() => {
  model = tinyModel();
  folder = mkdtempSync(join(tmpdir(), 'quaestor-train-'));
});
afterEach(() => {
  model.dispose();
  rmSync(folder, { recursive: true });
});

/** Losses of a run; it is stopped after `until` steps as by Ctrl-C. */
async function losses(
  settings: TrainConfig,
  options: TrainOptions = {},
  until = Number.POSITIVE_INFINITY,
  [method, own]: readonly [string, object] = ['lora', { r: 4, target_modules: 'all-linear' }],
): Promise<number[]> {
  const adapter = attachTuner(model, method, { ...own }, seededRandom(1));
  const controller = new AbortController();
  const found: number[] = [];
  try {
    for await (const event of train(model, adapter, examples, settings, {
      ...options,
      signal: controller.signal,
    })) {
      if (event.type !== 'step') continue;
      found.push(event.loss);
      if (event.step >= until) controller.abort();
    }
  } finally {
    adapter.detach();
  }
  return found;
}

describe('train', () => {
  it('goes on after an interruption on the very same loss curve', async () => {
    const whole = await losses(config);
    expect(whole).toHaveLength(12);
    await expect(losses(config, { checkpoints: folder }, 5)).rejects.toThrow(
      /stopped after step 5 of 12/,
    );
    expect(readdirSync(folder)).toEqual(['checkpoint-5.safetensors']);
    const rest = await losses(config, { checkpoints: folder });
    expect(rest).toEqual(whole.slice(5));
  });

  it('keeps the losses so far in the checkpoint', async () => {
    const first = await losses({ ...config, max_steps: 6 }, { checkpoints: folder });
    const adapter = attachTuner(
      model,
      'lora',
      { r: 4, target_modules: 'all-linear' },
      seededRandom(1),
    );
    const run = train(
      model,
      adapter,
      examples,
      { ...config, max_steps: 6 },
      { checkpoints: folder },
    );
    expect((await run.next()).value).toEqual({ type: 'resumed', step: 6, losses: first });
    expect((await run.next()).done).toBe(true);
    adapter.detach();
  });

  it('keeps a checkpoint of the last step, however seldom it keeps one', async () => {
    await losses({ ...config, max_steps: 2, save_steps: 1000 }, { checkpoints: folder });
    expect(readdirSync(folder)).toEqual(['checkpoint-2.safetensors']);
  });

  it('goes on only in the precision that it began in', async () => {
    expect(checkpointPrecision(folder)).toBeNull();
    await losses({ ...config, max_steps: 3 }, { checkpoints: folder });
    expect(checkpointPrecision(folder)).toEqual({ precision: 'float32', storage: 'float32' });
    const [adapter, optimizer] = [
      attachTuner(model, 'lora', {}, seededRandom(1)),
      new AdamW(config),
    ];
    const kept = {
      model: { precision: 'float32', storage: 'bfloat16' },
      adapter,
      optimizer,
      examples: '',
    } as const;
    expect(() => loadCheckpoint(folder, { ...kept, config: { ...config, max_steps: 3 } })).toThrow(
      /computed in float32 over weights in float32, and this run computes in float32 over weights in bfloat16/,
    );
    adapter.detach();
    optimizer.dispose();
  });

  it('gives the same losses whatever fits into a pass', async () => {
    const [one, many] = [await losses(config), await losses({ ...config, micro_batch_tokens: 10 })];
    for (const [i, loss] of one.entries()) expect(many[i]).toBeCloseTo(loss, 4);
  });

  it('adds the penalty of a method once a step, whatever fits into a pass', async () => {
    const firstStep = async (micro_batch_tokens: number) => {
      const adapter = attachTuner(model, 'adalora', { init_r: 4, target_r: 2 }, seededRandom(1));
      const run = train(model, adapter, examples, { ...config, micro_batch_tokens });
      const { value } = await run.next();
      await run.return(undefined);
      adapter.detach();
      return value as TrainStep;
    };
    const [one, many] = [await firstStep(1400), await firstStep(10)];
    expect(many.loss).toBeCloseTo(one.loss, 4);
    expect(many.gradientNorm).toBeCloseTo(one.gradientNorm, 4);
  });

  it('minimises the loss that it is given, over passes by cost', async () => {
    const { tf } = engine();
    const passes: number[] = [];
    const doubled: StepLoss<TrainExample> = (own, pass, step) => {
      passes.push(pass.length);
      return tf.mul(packedLoss(own, pass, labelCounts(step)), 2);
    };
    const plain = await losses({ ...config, max_steps: 1 });
    const twice = await losses({ ...config, max_steps: 1 }, { loss: doubled });
    expect(twice[0]).toBeCloseTo(2 * (plain[0] as number), 4);
    expect(passes).toEqual([4]);
    const dear = examples.map((example) => ({ ...example, cost: 700 }));
    expect(microBatches(dear.slice(0, 4), 1400).map(({ length }) => length)).toEqual([2, 2]);
  });

  it.each([
    ['loss', Number.NaN, 'loss NaN'],
    ['gradient', 1e38, 'gradient norm (NaN|Infinity)'],
  ])(
    'ends where the %s is no number any more, with the checkpoint before that',
    async (_, factor, said) => {
      const { tf } = engine();
      let steps = 0;
      const breaking: StepLoss<TrainExample> = (own, pass, step) => {
        steps += 1;
        return tf.mul(packedLoss(own, pass, labelCounts(step)), steps < 5 ? 1 : factor);
      };
      const before = tf.memory().numTensors;
      await expect(losses(config, { checkpoints: folder, loss: breaking })).rejects.toMatchObject({
        code: 'bad-config',
        message: expect.stringMatching(
          new RegExp(`diverged at step 5 of 12: .*${said}.*lower learning_rate`),
        ),
      });
      expect(tf.memory().numTensors).toBe(before);
      expect(readdirSync(folder)).toEqual(['checkpoint-3.safetensors']);
      expect(await losses(config, { checkpoints: folder })).toHaveLength(9);
    },
  );

  it('refuses to go on under another configuration', async () => {
    await losses({ ...config, max_steps: 3 }, { checkpoints: folder });
    await expect(
      losses({ ...config, max_steps: 3, seed: 2 }, { checkpoints: folder }),
    ).rejects.toThrow(/another configuration/);
  });

  it('says so when a checkpoint is cut off', async () => {
    await losses({ ...config, max_steps: 3 }, { checkpoints: folder });
    truncateSync(join(folder, 'checkpoint-3.safetensors'), 2000);
    await expect(losses({ ...config, max_steps: 3 }, { checkpoints: folder })).rejects.toThrow(
      /checkpoint-3.safetensors/,
    );
  });

  it.each<[string, object, object]>([
    ['lora', { lora_alpha: 2 }, { lora_alpha: 64 }],
    ['lora', {}, { alpha_pattern: { q_proj: 99 } }],
    ['lora', {}, { init_lora_weights: false }],
    ['adapter-parallel', {}, { scaling: 1 }],
    ['adapter-parallel', {}, { non_linearity: 'tanh' }],
    ['binary-mask', {}, { threshold: 0.005 }],
  ])('goes on from no checkpoint of another adapter: %s %j, %j', async (method, own, other) => {
    const run = (settings: object) =>
      losses({ ...config, max_steps: 3 }, { checkpoints: folder }, 9, [method, settings]);
    await run(own);
    await expect(run(other)).rejects.toThrow(/by a run with another adapter/);
    expect(await run(own)).toEqual([]);
  });

  it('goes on whatever the order of the modules, and from a checkpoint that tells less', async () => {
    const some = { ...config, max_steps: 3 };
    const run = (settings: object) => losses(some, { checkpoints: folder }, 9, ['lora', settings]);
    await run({ target_modules: ['q_proj', 'v_proj'] });
    expect(await run({ target_modules: ['v_proj', 'q_proj'] })).toEqual([]);
    const path = join(folder, 'checkpoint-3.safetensors');
    const file = openSafetensors(path);
    const tensors = new Map(
      [...file.tensors].map(([name, { shape }]) => [name, { shape, data: file.read(name) }]),
    );
    const { settings: _settings, examples: _examples, ...metadata } = file.metadata;
    file.close();
    writeSafetensors(path, tensors, { metadata });
    expect(await run({ target_modules: ['q_proj', 'v_proj'] })).toEqual([]);
    await expect(run({ target_modules: ['q_proj', 'v_proj'], lora_alpha: 99 })).rejects.toThrow(
      /another adapter/,
    );
  });

  it('goes on on no other examples', async () => {
    const some = { ...config, max_steps: 3 };
    await losses(some, { checkpoints: folder });
    const adapter = attachTuner(
      model,
      'lora',
      { r: 4, target_modules: 'all-linear' },
      seededRandom(1),
    );
    const others = examples.map(({ ids }, i) => ({ ids, labelStart: i === 4 ? 1 : 2 }));
    const run = train(model, adapter, others, some, { checkpoints: folder });
    await expect(run.next()).rejects.toThrow(/by a run on other training examples/);
    adapter.detach();
  });

  it('passes over an example without tokens', () => {
    const some = [{ ids: [1, 2, 3], labelStart: 1 }];
    expect(evaluateHeldOut(model, [...some, { ids: [], labelStart: 0 }])).toEqual(
      evaluateHeldOut(model, some),
    );
  });

  it('refuses examples without a label', async () => {
    const adapter = attachTuner(model, 'lora', {}, seededRandom(1));
    const run = train(model, adapter, [{ ids: [1, 2], labelStart: 2 }], config);
    await expect(run.next()).rejects.toThrow(
      /none of the 1 training examples has a labelled token/,
    );
    expect(() => evaluateHeldOut(model, [])).toThrow(/none of the 0 examples/);
    adapter.detach();
  });

  it('refuses ids that the model does not know, and keeps no tensor', async () => {
    const adapter = attachTuner(model, 'lora', {}, seededRandom(1));
    const before = engine().tf.memory().numTensors;
    const { vocab_size: size } = model.config;
    const bad = [
      { ids: [1, 2, size], labelStart: 1 },
      { ids: [1, -2, 3], labelStart: 1 },
      { ids: [1, 2, 3], labelStart: -5 },
      { ids: [1, 2, 3], labelStart: Number.NaN },
    ];
    const message = expect.objectContaining({
      code: 'mismatch',
      problems: [
        `example 0: ${size} is no id of the vocabulary, 0 to ${size - 1}`,
        expect.stringMatching(/^example 1: -2 /),
        expect.stringMatching(/^example 2: labelStart .* got -5$/),
        expect.stringMatching(/^example 3: labelStart .* got NaN$/),
      ],
    });
    await expect(train(model, adapter, bad, config).next()).rejects.toThrow(message);
    expect(() => evaluateHeldOut(model, bad)).toThrow(message);
    expect(engine().tf.memory().numTensors).toBe(before);
    adapter.detach();
  });

  it('refuses examples beyond the context before its first step, an adapter’s rows counted', async () => {
    const long = (length: number) => ({ ids: Array<number>(length).fill(65), labelStart: 1 });
    const learn = async (lengths: readonly number[], options: TrainOptions = {}) => {
      const adapter = attachTuner(
        model,
        'prompt-tuning',
        { num_virtual_tokens: 4 },
        seededRandom(1),
      );
      try {
        const some = [...examples, ...lengths.map(long)];
        const run = train(model, adapter, some, config, options);
        const { value } = await run.next();
        await run.return(undefined);
        return value?.type;
      } finally {
        adapter.detach();
      }
    };
    expect(await learn([509])).toBe('step');
    await expect(learn([509, 510])).rejects.toThrow(
      /cannot be used with tiny[\s\S]*- example 22: 510 tokens, where at most 509 can be learned from/,
    );
    const ofFew: StepLoss<TrainExample> = (own, pass) =>
      packedLoss(
        own,
        pass.map(({ ids }) => ({ ids: ids.slice(0, 4), labelStart: 1 })),
        1,
      );
    expect(await learn([600], { loss: ofFew })).toBe('step');
    expect(() => evaluateHeldOut(model, [long(514)])).toThrow(/514 tokens, where at most 513/);
  });

  it('takes no step when it is stopped before', async () => {
    const adapter = attachTuner(model, 'lora', {}, seededRandom(1));
    const run = train(model, adapter, examples, config, { signal: AbortSignal.abort() });
    await expect(run.next()).rejects.toThrow(/stopped after step 0 of 12/);
    adapter.detach();
  });
});

describe('batches', () => {
  it.each([false, true])(
    'uses every example once an epoch, grouped by length: %s',
    (group_by_length) => {
      const batches = epochBatches(examples, 0, { ...config, group_by_length });
      expect(batches.map(({ length }) => length).sort()).toEqual([1, 4, 4, 4, 4, 4]);
      expect(new Set(batches.flat()).size).toBe(21);
      expect(epochBatches(examples, 0, config)).toEqual(epochBatches(examples, 0, config));
      expect(epochBatches(examples, 1, config)).not.toEqual(epochBatches(examples, 0, config));
    },
  );

  it('are others in each epoch, however large the seed', () => {
    const orders = [0, 1, 2].map((epoch) => {
      const settings = { ...config, seed: 1_796_158_653_885 };
      return epochBatches(examples, epoch, settings)
        .flat()
        .map((one) => examples.indexOf(one));
    });
    expect(new Set(orders.map((order) => order.join())).size).toBe(3);
  });

  it('keeps passes within their tokens unless one example is longer', () => {
    for (const pass of microBatches(examples, 20)) {
      const tokens = pass.reduce((sum, { ids }) => sum + ids.length, 0);
      expect(pass.length === 1 || tokens <= 20).toBe(true);
    }
    expect(microBatches(examples, 20).flat()).toEqual(examples);
  });

  it('counts steps', () => {
    expect(countSteps(21, config)).toBe(12);
    expect(countSteps(21, { ...config, num_train_epochs: 0.5 })).toBe(3);
    expect(countSteps(21, { ...config, max_steps: 2 })).toBe(2);
  });
});

describe('learningRate', () => {
  it('warms up, peaks and falls to its floor', () => {
    const settings = trainConfig.parse({ learning_rate: 1, warmup_ratio: 0.1, min_lr_ratio: 0.1 });
    const rates = Array.from({ length: 101 }, (_, step) => learningRate(step, 100, settings));
    expect(rates[0]).toBeCloseTo(0.1);
    expect(rates[9]).toBeCloseTo(1);
    expect(rates[100]).toBeCloseTo(0.1);
    expect(Math.max(...rates)).toBeLessThanOrEqual(1);
    expect(learningRate(55, 100, { ...settings, lr_scheduler_type: 'linear' })).toBeCloseTo(0.5);
  });
});
