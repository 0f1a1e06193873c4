/**
 * The laws that every method obeys: every registered tuner × every law × both forms of the kernels, and
 * weights kept in float32 or bfloat16.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Adapter,
  attachTuner,
  engine,
  hiddenRows,
  type LanguageModel,
  loadEngine,
  logits,
  modelView,
  openHub,
  packSequences,
  readAdapter,
  seededRandom,
  train,
  trainConfig,
  tuners,
  writeAdapter,
} from '@quaestor/peft';
import {
  largestDifference,
  sequenceLogits,
  tinyModel,
  useFusedKernels,
} from '@quaestor/peft/testing';
import { beforeAll, describe, expect, it } from 'vitest';

const { fused } = await loadEngine();
const sequences = [
  [72, 101, 108, 108, 111],
  [1, 2, 3],
];
const examples = [
  { ids: [65, 66, 67, 68, 69, 70], labelStart: 3 },
  { ids: [80, 81, 82, 83], labelStart: 2 },
];
const config = trainConfig.parse({
  learning_rate: 5e-2,
  batch_size: 2,
  num_train_epochs: 100,
  warmup_ratio: 0,
  lr_scheduler_type: 'constant',
});

/** For what shows before a method has learned anything. */
const FEW_STEPS = 4;

/** Settings under which a method obeys the laws on the tiny model, where its defaults do not fit it. */
const settings: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  adalora: { init_r: 8, target_r: 4, orth_reg_weight: 0.1 },
  'adapter-fusion': {
    adapters: {
      first: { bottleneck_size: 8, scaling: 300 },
      second: { bottleneck_size: 4, scaling: 300 },
    },
  },
  'adapter-houlsby': { bottleneck_size: 8 },
  'adapter-parallel': { bottleneck_size: 8 },
  'adapter-pfeiffer': { bottleneck_size: 8 },
  'lt-sft': { keep_ratio: 0.5 },
  'p-tuning': { num_virtual_tokens: 8 },
  pafi: { keep_ratio: 0.3 },
  sam: { keep_ratio: 0.05 },
};
/** Methods that cannot bring the loss of a batch below 30 %: how far they come. */
const reach: Readonly<Record<string, number>> = {
  'adapter-fusion': 0.35,
  // Its last step may have trained few of its ranks.
  dylora: 0.4,
  relora: 0.35,
  bitfit: 0.5,
  ia3: 0.4,
  'p-tuning': 0.5,
  'prefix-tuning': 0.4,
  'prompt-tuning': 0.45,
};
/** Methods that are saved in another form than they train in: how far rounding takes the output. */
const rounding: Readonly<Record<string, number>> = { adalora: 1e-5, relora: 1e-4 };
/** The same where weights are rounded to bfloat16: ReLoRA rounds once what its restarts added. */
const coarseRounding: Readonly<Record<string, number>> = { ...rounding, relora: 0.1 };
/** Learning rates, where 0.05 does not suit. */
const rates: Readonly<Record<string, number>> = {};
/** Methods that need something of the model which Llama lacks. */
const models: Readonly<Record<string, Parameters<typeof tinyModel>[0]>> = {
  bitfit: { biases: true },
};
/** Methods whose backward pass is an estimate on purpose: of a step, or with lengths held constant. */
const estimated: ReadonlySet<string> = new Set(['binary-mask', 'dora']);

/** What rounding may do where weights are merged or saved, and to slopes, by how the weights are kept. */
const forms = [
  { kernels: true, storage: 'float32', merging: 1e-4, slopes: 5e-3, saving: rounding },
  { kernels: true, storage: 'bfloat16', merging: 0.1, slopes: 5e-2, saving: coarseRounding },
  { kernels: false, storage: 'float32', merging: 1e-4, slopes: 5e-3, saving: rounding },
] as const;
const possible = forms.filter(({ kernels }) => fused || !kernels);

describe.each(possible)('fused kernels: $kernels, weights in $storage', (form) => {
  const { storage } = form;
  beforeAll(() => {
    useFusedKernels(form.kernels);
    return () => useFusedKernels(fused);
  });

  describe.each(tuners())('$name', ({ name, family, startsAtBase }) => {
    /** Entries of weights that are trained where they stand are rounded there: their slopes are steps. */
    const stepped = storage === 'bfloat16' && family === 'selected';
    let model: LanguageModel;
    let base: Float32Array;
    const output = (of = model): Float32Array => sequenceLogits(of, sequences);
    const attach = (to = model): Adapter =>
      attachTuner(to, name, settings[name] ?? {}, seededRandom(3));
    /** Trains on one batch. @returns the loss at the end, as a share of the first */
    const overfit = async (adapter: Adapter, max_steps: number | null = null): Promise<number> => {
      const losses: number[] = [];
      const learning_rate = rates[name] ?? config.learning_rate;
      const run = { ...config, learning_rate, max_steps };
      for await (const event of train(model, adapter, examples, run)) {
        if (event.type === 'step') losses.push(event.loss);
      }
      return (losses.at(-1) as number) / (losses[0] as number);
    };

    beforeAll(() => {
      model = tinyModel({ ...models[name], storage });
      base = output();
      return () => model.dispose();
    });

    it.runIf(startsAtBase)('starts at the base model’s output', () => {
      const adapter = attach();
      expect(largestDifference(output(), base)).toBeLessThan(1e-6);
      adapter.detach();
    });

    it('gives the base bit for bit after a few steps, and leaves no tensor behind', async () => {
      const before = engine().tf.memory().numTensors;
      const adapter = attach();
      await overfit(adapter, FEW_STEPS);
      output();
      adapter.detach();
      expect(output()).toEqual(base);
      expect(engine().tf.memory().numTensors).toBe(before);
    });

    it('refuses a second method, and gives the base when it is detached after merging', () => {
      const adapter = attach();
      const own = output();
      for (const second of [name, 'lora', 'prompt-tuning']) {
        expect(() => attachTuner(model, second, settings[second] ?? {}, seededRandom(4))).toThrow(
          `already carries ${name}`,
        );
      }
      expect(output()).toEqual(own);
      adapter.merge?.();
      adapter.detach();
      expect(output()).toEqual(base);
      const again = attach();
      adapter.detach();
      expect(() => attach()).toThrow(`already carries ${name}`);
      again.detach();
    });

    it.skipIf(estimated.has(name) || stepped)(
      'trains with gradients as finite differences are',
      async () => {
        const adapter = attach();
        // Some methods choose what they train when a run begins.
        if (adapter.parameters().length === 0) await overfit(adapter, FEW_STEPS);
        expect(adapter.parameters()).not.toEqual([]);
        const random = seededRandom(11);
        const { tf } = engine();
        for (const { variable } of adapter.parameters()) {
          const values = Float32Array.from({ length: variable.size }, () => 0.2 * random.normal());
          tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
        }
        const weights = Float32Array.from({ length: base.length }, () => random.normal());
        const loss = (): number => {
          const values = output();
          return values.reduce((sum, value, i) => sum + value * (weights[i] as number), 0);
        };
        const { grads, value } = tf.variableGrads(
          () =>
            tf.sum(
              tf.mul(
                logits(model, hiddenRows(model, packSequences(sequences))),
                tf.tensor(weights, [8, base.length / 8]),
              ),
            ),
          adapter.parameters().map(({ variable }) => variable),
        );
        value.dispose();
        for (const { name: parameter, variable } of adapter.parameters()) {
          const gradient = grads[variable.name]?.dataSync() as Float32Array;
          const values = variable.dataSync().slice() as Float32Array;
          // Along a random direction, so that one pair of passes checks every entry.
          const direction = Float32Array.from(values, () => random.normal());
          const step = 2e-3;
          const moved = (sign: number): number => {
            const there = values.map((x, i) => x + sign * step * (direction[i] as number));
            tf.tidy(() => variable.assign(tf.tensor(there, variable.shape)));
            return loss();
          };
          const measured = (moved(1) - moved(-1)) / (2 * step);
          tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
          const computed = gradient.reduce((sum, g, i) => sum + g * (direction[i] as number), 0);
          const scale = Math.hypot(...gradient) * Math.hypot(...direction);
          expect(Math.abs(measured - computed) / scale, parameter).toBeLessThan(form.slopes);
        }
        tf.dispose(Object.values(grads));
        adapter.detach();
      },
    );

    describe('trained', () => {
      let adapter: Adapter;
      let tensorsBefore: number;
      let lossLeft: number;
      let trained: Float32Array;
      let saved: Map<string, { shape: number[]; data: Float32Array }>;

      beforeAll(async () => {
        tensorsBefore = engine().tf.memory().numTensors;
        adapter = attach();
        lossLeft = await overfit(adapter);
        trained = output();
        saved = new Map(
          [...adapter.state()].map(([key, tensor]) => [
            key,
            { shape: tensor.shape, data: tensor.dataSync().slice() as Float32Array },
          ]),
        );
      });

      it('has over-fitted a batch', () => {
        expect(lossLeft).toBeLessThan(reach[name] ?? 0.3);
        expect(largestDifference(trained, base)).toBeGreaterThan(0.1);
      });

      it('gives the same output after saving and loading', () => {
        const other = tinyModel({ ...models[name], storage });
        const { peft_type: type } = adapter.config;
        const again = attachTuner(other, type as string, adapter.config, seededRandom(9));
        again.load(saved);
        expect(largestDifference(output(other), trained)).toBeLessThanOrEqual(
          form.saving[name] ?? 0,
        );
        again.detach();
        expect(output(other)).toEqual(base);
        other.dispose();
      });

      it('is taken by a hub once it is saved', () => {
        const folder = mkdtempSync(join(tmpdir(), 'quaestor-law-'));
        writeAdapter(join(folder, 'saved'), adapter.config, saved);
        const hub = openHub([join(folder, 'hub')]);
        const { path, problem } = hub.add(join(folder, 'saved'), name);
        expect(problem).toBeNull();
        expect([...readAdapter(path).tensors.keys()].sort()).toEqual([...saved.keys()].sort());
        rmSync(folder, { recursive: true });
      });

      it('changes the view of a model that it is attached to, and the model not', () => {
        const other = tinyModel({ ...models[name], storage });
        const view = modelView(other);
        const { peft_type: type } = adapter.config;
        const again = attachTuner(view, type as string, adapter.config, seededRandom(9));
        again.load(saved);
        const own = output(view);
        expect(largestDifference(own, trained)).toBeLessThanOrEqual(form.saving[name] ?? 0);
        expect(output(other)).toEqual(base);
        again.merge?.();
        expect(largestDifference(output(view), own)).toBeLessThan(form.merging);
        expect(output(other)).toEqual(base);
        again.detach();
        expect(output(view)).toEqual(base);
        other.dispose();
      });

      it('gives the same output merged', () => {
        adapter.merge?.();
        expect(largestDifference(output(), trained)).toBeLessThan(form.merging);
        adapter.unmerge?.();
        expect(output()).toEqual(trained);
      });

      it('takes values in while it is merged as it does else', () => {
        const other = tinyModel({ ...models[name], storage });
        const { peft_type: type } = adapter.config;
        const attachSaved = () =>
          attachTuner(other, type as string, adapter.config, seededRandom(9));
        const again = attachSaved();
        again.load(saved);
        const own = output(other);
        again.merge?.();
        const merged = output(other);
        again.detach();
        const late = attachSaved();
        late.merge?.();
        late.load(saved);
        expect(output(other)).toEqual(merged);
        late.unmerge?.();
        expect(output(other)).toEqual(own);
        late.detach();
        expect(output(other)).toEqual(base);
        other.dispose();
      });

      it('gives the base bit for bit after merging and detaching, and leaves no tensor', () => {
        adapter.merge?.();
        adapter.detach();
        expect(output()).toEqual(base);
        expect(engine().tf.memory().numTensors).toBe(tensorsBefore);
      });
    });
  });
});
