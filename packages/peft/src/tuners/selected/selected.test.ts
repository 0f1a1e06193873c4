/** What only the selective methods promise; the laws of every method are in test/contract. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs';
import { beforeEach, describe, expect, it } from 'vitest';
import { baseTensors } from '../../model/base-tensors.ts';
import type { LanguageModel } from '../../model/language-model.ts';
import { castRaw } from '../../tensors/cast.ts';
import { engine, loadEngine } from '../../tensors/engine.ts';
import { seededRandom } from '../../tensors/random.ts';
import { tinyModel } from '../../testing/index.ts';
import type { TrainExample } from '../../trainer/batches.ts';
import { trainConfig } from '../../trainer/config.ts';
import { labelCounts, packedLoss } from '../../trainer/loss.ts';
import { type StepLoss, train } from '../../trainer/trainer.ts';
import { adapterState, attachTuner } from '../index.ts';
import type { Adapter, StepReport } from '../tuner.ts';

const { fused } = await loadEngine();
const random = seededRandom(4);
const examples = Array.from({ length: 8 }, () => ({
  ids: Array.from({ length: 6 + random.integer(4) }, () => random.integer(256)),
  labelStart: 3,
}));
const config = trainConfig.parse({
  learning_rate: 1e-2,
  weight_decay: 0.1,
  batch_size: 4,
  num_train_epochs: 3,
});
/** Settings that suit six steps on the tiny model. */
const settings: Readonly<Record<string, Record<string, unknown>>> = {
  pafi: { keep_count: 300 },
  fishmask: { keep_count: 300 },
  'child-tuning-d': { keep_count: 300, fisher_batch_size: 3 },
  sam: { keep_count: 300 },
  'lt-sft': { keep_count: 300, full_ft_steps: 3 },
  'fish-dip': { keep_count: 300, update_steps: 2, num_samples: 6 },
  'child-tuning-f': {},
  'binary-mask': { mask_init: 0.02 },
};
const exact = ['pafi', 'fishmask', 'child-tuning-d', 'sam', 'lt-sft'];

let model: LanguageModel;
beforeEach(() => {
  model = tinyModel({ biases: true });
  return () => model.dispose();
});

const attach = (method: string, own: Record<string, unknown> = {}): Adapter =>
  attachTuner(model, method, { ...settings[method], ...own }, seededRandom(1));

/** Trains to the end, or is stopped after `until` steps as by Ctrl-C. @returns the losses */
async function run(adapter: Adapter, checkpoints?: string, until = 99): Promise<number[]> {
  const controller = new AbortController();
  const losses: number[] = [];
  const options = { signal: controller.signal, ...(checkpoints && { checkpoints }) };
  for await (const event of train(model, adapter, examples, config, options)) {
    if (event.type !== 'step') continue;
    losses.push(event.loss);
    if (event.step >= until) controller.abort();
  }
  return losses;
}

/** All weights of the model as they are read now, as bits. */
function weights(): Map<string, Uint32Array> {
  return new Map(
    baseTensors(model).map(({ parts, tensor }) => {
      const wide = engine().tf.tidy(() => castRaw(tensor, 'float32').dataSync().slice());
      return [parts.map(({ name }) => name).join(), new Uint32Array(wide.buffer)];
    }),
  );
}

function countChanged(before: Map<string, Uint32Array>): number {
  return [...weights()].reduce(
    (sum, [name, bits]) => sum + bits.filter((bit, i) => bit !== before.get(name)?.[i]).length,
    0,
  );
}

const trainedValues = (adapter: Adapter): number =>
  adapter.parameters().reduce((sum, { variable }) => sum + variable.size, 0);

describe('k entries', () => {
  it.each(exact)('%s changes exactly k and keeps the bits of all others', async (method) => {
    const before = weights();
    const adapter = attach(method);
    await run(adapter);
    expect(trainedValues(adapter)).toBe(300);
    expect(countChanged(before)).toBe(300);
    adapter.detach();
    expect(countChanged(before)).toBe(0);
  });

  it('fish-dip trains k at a time; what it leaves stays changed', async () => {
    const before = weights();
    const adapter = attach('fish-dip');
    await run(adapter);
    expect(trainedValues(adapter)).toBe(300);
    const deltas = [...adapterState(adapter)].filter(([name]) => name.endsWith('.delta'));
    const saved = deltas.reduce((sum, [, { data }]) => sum + data.length, 0);
    expect(countChanged(before)).toBe(saved);
    expect(saved).toBeGreaterThan(300);
    adapter.detach();
    expect(countChanged(before)).toBe(0);
  });

  it.runIf(fused)('changes no other bit of bfloat16 weights either', async () => {
    model.dispose();
    model = tinyModel({ precision: 'bfloat16' });
    const before = weights();
    const tensors = baseTensors(model).map(({ tensor }) => tensor);
    const adapter = attach('fishmask');
    await run(adapter);
    // A small step may round back to the weight it started from.
    const changed = countChanged(before);
    expect(changed).toBeLessThanOrEqual(300);
    expect(changed).toBeGreaterThan(200);
    adapter.detach();
    expect(baseTensors(model).map(({ tensor }) => tensor)).toEqual(tensors);
    expect(countChanged(before)).toBe(0);
  });
});

describe('interrupted runs', () => {
  it.each(Object.keys(settings))(
    '%s goes on as if there had been no interruption',
    async (method) => {
      const folder = mkdtempSync(join(tmpdir(), 'quaestor-selected-'));
      const whole = attach(method);
      const losses = await run(whole);
      const state = adapterState(whole);
      whole.detach();
      for (const until of [1, 4]) {
        const checkpoints = join(folder, String(until));
        const first = attach(method);
        await expect(run(first, checkpoints, until)).rejects.toThrow(/stopped after step/);
        first.detach();
        const second = attach(method);
        expect(await run(second, checkpoints)).toEqual(losses.slice(until));
        expect(adapterState(second)).toEqual(state);
        second.detach();
      }
      rmSync(folder, { recursive: true });
    },
  );
});

describe('the phases and masks of a run', () => {
  const batchLoss = (): number => {
    const { tf } = engine();
    return tf.tidy(() => packedLoss(model, examples, 1).dataSync()[0] as number);
  };

  it('lt-sft starts its second phase at the pretrained weights', async () => {
    const before = weights();
    const start = batchLoss();
    const adapter = attach('lt-sft');
    const steps: number[] = [];
    for await (const event of train(model, adapter, examples, config)) {
      if (event.type !== 'step') continue;
      steps.push(batchLoss());
      if (event.step === 2) expect(batchLoss()).toBeLessThan(start);
      if (event.step === 3) expect(countChanged(before)).toBe(0);
    }
    expect(steps[2]).toBe(start);
    adapter.detach();
  });

  it('lt-sft forgets the moments of its first phase', async () => {
    const adapter = attach('lt-sft');
    const kept: (readonly [step: number, moments: number])[] = [];
    const onStep = async (report: StepReport) => {
      await adapter.onStep?.(report);
      const { step, tensors } = report.optimizer.state();
      kept.push([step, tensors.size]);
    };
    const watched: Adapter = Object.create(adapter, { onStep: { value: onStep } });
    await run(watched, undefined, 4).catch(() => {});
    const [, , last, first] = kept;
    expect(last).toEqual([0, 0]);
    expect(first).toEqual([1, 2 * adapter.parameters().length]);
    adapter.detach();
  });

  it('fish-dip looks at no more of the worst examples than it may', async () => {
    const adapter = attach('fish-dip', { worst_share: 1, worst_max: 2 });
    let alone = 0;
    const loss: StepLoss<TrainExample> = (own, pass, step) => {
      if (step.length === 1) alone++;
      return packedLoss(own, pass, labelCounts(step));
    };
    for await (const _ of train(model, adapter, examples, { ...config, max_steps: 1 }, { loss }));
    // The loss of each of six samples, and the gradient of the worst two.
    expect(alone).toBe(6 + 2);
    adapter.detach();
  });

  it('child-tuning-f keeps each gradient with probability p, scaled to the same expectation', () => {
    const { tf } = engine();
    const adapter = attach('child-tuning-f', { reserve_p: 0.25 });
    const draws = 400;
    const size = 50;
    const sum = new Float64Array(size);
    let kept = 0;
    for (let i = 0; i < draws; i++) {
      const gradients = new Map<string, Tensor>([['w', tf.range(1, size + 1)]]);
      adapter.adjust?.(gradients);
      const masked = gradients.get('w')?.dataSync() as Float32Array;
      tf.dispose([...gradients.values()]);
      for (const [j, value] of masked.entries()) {
        expect([0, 4 * (j + 1)]).toContain(value);
        sum[j] = (sum[j] as number) + value;
        if (value !== 0) kept++;
      }
    }
    // Standard deviations: of the share √(p(1−p)/n) = 0.003, of a mean/value √((1−p)/p/draws) = 0.087.
    expect(Math.abs(kept / (draws * size) - 0.25)).toBeLessThan(0.012);
    for (const [j, value] of sum.entries()) {
      expect(Math.abs(value / draws / (j + 1) - 1)).toBeLessThan(0.4);
    }
    adapter.detach();
  });

  it('an expected Fisher mask draws its labels: other entries, the same ones each time', async () => {
    const chosen = async (fisher: string): Promise<string> => {
      const adapter = attach('fishmask', { fisher });
      await run(adapter, undefined, 99);
      const rows = [...adapterState(adapter)].filter(([name]) => !name.endsWith('.delta'));
      adapter.detach();
      return JSON.stringify(rows.map(([name, { data }]) => [name, [...data]]));
    };
    const expected = await chosen('expected');
    expect(await chosen('expected')).toBe(expected);
    expect(await chosen('empirical')).not.toBe(expected);
  });
});
