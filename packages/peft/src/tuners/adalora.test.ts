import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scalar, Variable } from '@tensorflow/tfjs';
import { beforeEach, describe, expect, it } from 'vitest';
import { readAdapter } from '../io/adapter-files.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { engine, loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, tinyModel } from '../testing/index.ts';
import { trainConfig } from '../trainer/config.ts';
import { type TrainOptions, train } from '../trainer/trainer.ts';
import { orthogonalityPenalty } from './adalora-orthogonality.ts';
import { allocatesAt, rankBudget } from './adalora-schedule.ts';
import { adapterState, attachTuner } from './index.ts';
import type { Adapter } from './tuner.ts';

await loadEngine();
const examples = [
  { ids: [65, 66, 67, 68, 69, 70], labelStart: 3 },
  { ids: [80, 81, 82, 83], labelStart: 2 },
];
const golden = new URL('../../../../test/golden/peft-llm/', import.meta.url).pathname;
let model: LanguageModel;
beforeEach(() => {
  model = tinyModel();
  return () => model.dispose();
});
const attach = (config: Readonly<Record<string, unknown>>): Adapter =>
  attachTuner(model, 'adalora', { init_r: 4, target_r: 2, ...config }, seededRandom(1));
/** Losses of 12 steps, stopped after `until`; `each` sees the adapter after every step. */
async function run(
  adapter: Adapter,
  options: TrainOptions & { until?: number; each?: (step: number) => void } = {},
): Promise<number[]> {
  const settings = trainConfig.parse({
    learning_rate: 1e-2,
    num_train_epochs: 12,
    save_steps: 100,
  });
  const controller = new AbortController();
  const losses: number[] = [];
  const { until = 99, each, ...rest } = options;
  for await (const event of train(model, adapter, examples, settings, {
    ...rest,
    signal: controller.signal,
  })) {
    if (event.type !== 'step') continue;
    losses.push(event.loss);
    each?.(event.step);
    if (event.step >= until) controller.abort();
  }
  return losses;
}
const ranksInUse = (adapter: Adapter): number =>
  adapter
    .parameters()
    .filter(({ name }) => name.endsWith('lora_E'))
    .flatMap(({ variable }) => [...variable.dataSync()])
    .filter((value) => value !== 0).length;

describe('AdaLoRA', () => {
  it('keeps exactly the ranks of its budget and saves no others', async () => {
    const adapter = attach({ tinit: 2, tfinal: 3 });
    const schedule = { tinit: 2, tfinal: 3, deltaT: 1, total: 12, initial: 16, target: 8 };
    await run(adapter, {
      each: (step) => expect(ranksInUse(adapter)).toBe(rankBudget(step - 1, schedule)),
    });
    expect(ranksInUse(adapter)).toBe(8);
    const kept = Object.values(adapter.config.rank_pattern as Record<string, boolean[]>).flat();
    expect(kept.filter(Boolean)).toHaveLength(8);
    const rows = [...adapterState(adapter)].flatMap(([name, { shape }]) =>
      name.endsWith('lora_E') ? [shape[0] as number] : [],
    );
    expect(rows.reduce((sum, count) => sum + count, 0)).toBe(8);
    expect(adapter.config.total_step).toBe(12);
    adapter.detach();
  });

  it('ends with the ranks that it is to keep, whatever the step of its last allocation', async () => {
    const adapter = attach({ deltaT: 5 });
    await run(adapter);
    expect(ranksInUse(adapter)).toBe(8);
    adapter.detach();
  });

  it('does not fail where no rank is to be taken away, as HF-PEFT does', async () => {
    const adapter = attach({ init_r: 4, target_r: 4 });
    await run(adapter);
    expect(ranksInUse(adapter)).toBe(16);
    adapter.detach();
  });

  it('can lose all ranks of a layer, on disk and back', async () => {
    const adapter = attach({ init_r: 4, target_r: 1, tfinal: 2, target_modules: 'all-linear' });
    await run(adapter);
    const state = adapterState(adapter);
    const empty = [...state].filter(([, { shape }]) => shape.includes(0));
    expect(empty.length).toBeGreaterThan(0);
    adapter.detach();
    const again = attachTuner(model, 'ADALORA', adapter.config, seededRandom(2));
    again.load(state);
    expect([...adapterState(again)]).toEqual([...state]);
    expect(again.config.rank_pattern).toEqual(adapter.config.rank_pattern);
    again.detach();
  });

  it('goes on after an interruption as if there had been none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quaestor-adalora-'));
    const fresh = (): Adapter => attach({ tinit: 1, tfinal: 3, deltaT: 2, lora_dropout: 0.1 });
    const whole = fresh();
    const losses = await run(whole);
    const { rank_pattern } = whole.config;
    whole.detach();
    const first = fresh();
    await expect(run(first, { checkpoints: folder, until: 6 })).rejects.toThrow(/stopped after/);
    first.detach();
    const second = fresh();
    expect(await run(second, { checkpoints: folder })).toEqual(losses.slice(6));
    expect(second.config.rank_pattern).toEqual(rank_pattern);
    second.detach();
    rmSync(folder, { recursive: true });
  });

  it.each([
    [{ total_step: 20 }, /total_step is 20, but the run has 12 steps/],
    [{ tinit: 8, tfinal: 4 }, /tinit 8 and tfinal 4 leave none of the 12 .* a tinit below 8/],
    [{ tinit: 11, tfinal: 0 }, /tinit 11 and tfinal 0 leave none of the 12 .* a tinit below 11/],
    [{ tinit: 0, tfinal: 12 }, /train longer, or lower tfinal/],
  ])('refuses a schedule that does not fit the run: %o', async (config, message) => {
    const adapter = attach(config);
    await expect(run(adapter)).rejects.toThrow(message);
    adapter.detach();
  });

  it('names every wrong field at once', () => {
    const config = { target_r: 9, beta1: 1, use_dora: true, init_lora_weights: 'pissa' };
    expect(() => attach(config)).toThrow(
      /init_lora_weights: [\s\S]*AdaLoRA and DoRA do not go together[\s\S]*beta1: /,
    );
    expect(() => attach({ target_r: 9 })).toThrow(/target_r: above init_r 4/);
    expect(() => attach({ target_modules: ['embed_tokens'] })).toThrow(
      /no factors for embed_tokens/,
    );
    expect(() => attach({ init_r: 12 })).toThrow(/rank 12 is above .*v_proj.* \(8×16\)/);
  });

  it.each(['adalora', 'adalora-qwen2'])('has the budgets of HF-PEFT in %s', (variant) => {
    const { config } = readAdapter(`${golden}${variant}`);
    const { adalora_steps: steps } = JSON.parse(
      readFileSync(`${golden}${variant}/expected.json`, 'utf8'),
    );
    const { tinit, tfinal, deltaT, total_step: total } = config as Record<string, number>;
    const schedule = { tinit, tfinal, deltaT, total, initial: 16, target: 8 } as Parameters<
      typeof rankBudget
    >[1];
    for (const { step, budget, masked_now: masked } of steps) {
      expect(rankBudget(step, schedule)).toBe(budget);
      // HF-PEFT's flag does not count the last allocation, which it forces, and stays on after it.
      const end = schedule.total - schedule.tfinal;
      if (step !== end) expect(allocatesAt(step, schedule) || step > end).toBe(masked);
    }
  });
});

describe('orthogonalityPenalty', () => {
  const penalty = (a: Variable, b: Variable): Scalar =>
    orthogonalityPenalty({ a: [a], b: [b] }, 0.5);

  it('is the mean un-squared norm, with gradients as finite differences are', () => {
    const { tf } = engine();
    tf.tidy(() => {
      const random = seededRandom(1);
      const draw = (...shape: [number, number]): Variable =>
        tf.variable(
          tf.tensor2d(
            Float32Array.from({ length: shape[0] * shape[1] }, () => random.normal()),
            shape,
          ),
        );
      const [a, b] = [draw(3, 5), draw(4, 3)];
      const gram = tf.sub(tf.matMul(a as never, a as never, false, true), tf.eye(3));
      const other = tf.sub(tf.matMul(b as never, b as never, true), tf.eye(3));
      const wanted = (Math.hypot(...gram.dataSync()) + Math.hypot(...other.dataSync())) / 4;
      expect(penalty(a, b).dataSync()[0]).toBeCloseTo(wanted, 4);
      const { grads } = tf.variableGrads(() => penalty(a, b), [a, b]);
      for (const variable of [a, b]) {
        const values = variable.dataSync().slice() as Float32Array;
        const gradient = grads[variable.name]?.dataSync() as Float32Array;
        const direction = values.map(() => random.normal());
        const at = (step: number): number => {
          const moved = values.map((value, i) => value + step * (direction[i] as number));
          variable.assign(tf.tensor(moved, variable.shape));
          return penalty(a, b).dataSync()[0] as number;
        };
        const slope = (at(1e-2) - at(-1e-2)) / 2e-2;
        variable.assign(tf.tensor(values, variable.shape));
        const computed = gradient.reduce((sum, g, i) => sum + g * (direction[i] as number), 0);
        expect(Math.abs(slope - computed)).toBeLessThan(2e-3 * Math.abs(slope));
      }
      tf.dispose([a, b]);
    });
  });

  it('is 0 with gradient 0 where factors are orthonormal', () => {
    const { tf } = engine();
    tf.tidy(() => {
      const [a, b] = [tf.variable(tf.eye(3, 5)), tf.variable(tf.eye(4, 3))];
      const { value, grads } = tf.variableGrads(() => penalty(a, b), [a, b]);
      expect(value.dataSync()[0]).toBe(0);
      for (const gradient of Object.values(grads)) {
        expect(largestDifference(gradient.dataSync(), new Float32Array(gradient.size))).toBe(0);
      }
      tf.dispose([a, b]);
    });
  });
});
