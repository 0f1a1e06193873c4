import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { numericalRank } from '../linear-algebra/svd.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, sequenceLogits, tinyModel } from '../testing/index.ts';
import { AdamW } from '../trainer/adamw.ts';
import { trainConfig } from '../trainer/config.ts';
import { train } from '../trainer/trainer.ts';
import { adapterState, attachTuner } from './index.ts';
import { pruneAtRandom, pruneSmallest } from './relora-moments.ts';
import type { Adapter, StepReport } from './tuner.ts';

await loadEngine();
const examples = [
  { ids: [65, 66, 67, 68, 69, 70], labelStart: 1 },
  { ids: [80, 81, 82, 83], labelStart: 1 },
];
let model: LanguageModel;
let base: Float32Array;
const output = (): Float32Array =>
  sequenceLogits(model, [
    [72, 101, 108],
    [1, 2],
  ]);
beforeEach(() => {
  model = tinyModel();
  base = output();
  return () => model.dispose();
});
const attach = (config: Readonly<Record<string, unknown>> = {}): Adapter =>
  attachTuner(model, 'relora', { r: 2, target_modules: ['o_proj'], ...config }, seededRandom(1));
const settings = { learning_rate: 2e-2, num_train_epochs: 12, warmup_ratio: 0, batch_size: 2 };

async function run(
  adapter: Adapter,
  more: object = {},
  options: { checkpoints?: string; until?: number } = {},
): Promise<number[]> {
  const controller = new AbortController();
  const losses: number[] = [];
  const { until = 99, ...rest } = options;
  const config = trainConfig.parse({ ...settings, ...more });
  for await (const event of train(model, adapter, examples, config, {
    ...rest,
    signal: controller.signal,
  })) {
    if (event.type !== 'step') continue;
    losses.push(event.loss);
    if (event.step >= until) controller.abort();
  }
  return losses;
}

/** The adapter, with something done around its own part of each step. */
function around(
  adapter: Adapter,
  see: (report: StepReport, onStep: () => Promise<void>) => Promise<void>,
): Adapter {
  const value = (report: StepReport) => see(report, async () => adapter.onStep?.(report));
  return Object.create(adapter, { onStep: { value } });
}

describe('ReLoRA', () => {
  it('leaves the function as it is at a restart', async () => {
    const adapter = attach({ target_modules: 'all-linear', relora_every: 3 });
    const differences: number[] = [];
    const watched = around(adapter, async (_, onStep) => {
      const before = output();
      await onStep();
      differences.push(largestDifference(output(), before));
    });
    await run(watched);
    expect(Math.max(...differences)).toBeLessThan(1e-5);
    expect(adapter.config.r).toBe(8);
    adapter.detach();
    expect(output()).toEqual(base);
  });

  it('forgets the moments of both factors at a full restart', async () => {
    const adapter = attach({ relora_every: 3, optimizer_reset: 'full' });
    const moments: number[] = [];
    const watched = around(adapter, async ({ optimizer }, onStep) => {
      await onStep();
      moments.push(optimizer.state().tensors.size);
    });
    await run(watched, { max_steps: 4 });
    // Two moments of A and of B, in two layers.
    expect(moments).toEqual([8, 8, 0, 8]);
    adapter.detach();
  });

  it('adds up to a change of more than its rank, saved as one LoRA', async () => {
    const weight = model.blocks[0]?.output.weight;
    const before = Float32Array.from(weight?.dataSync() ?? []);
    const adapter = attach({ relora_every: 3, optimizer_reset: 'full' });
    await run(adapter);
    const trained = output();
    adapter.merge?.();
    expect(largestDifference(output(), trained)).toBeLessThan(1e-5);
    const after = model.blocks[0]?.output.weight.dataSync() ?? [];
    const change = before.map((value, i) => (after[i] as number) - value);
    // Three restarts and what came after the last: four changes of rank 2.
    expect(numericalRank(change, 16, 16, 1e-4)).toBe(8);
    const state = adapterState(adapter);
    expect([...state.values()].map(({ shape }) => shape.join())).toContain('8,16');
    adapter.detach();
    expect(output()).toEqual(base);
    expect(model.blocks[0]?.output.weight).toBe(weight);
    expect(adapter.config).toMatchObject({ peft_type: 'LORA', r: 8, lora_alpha: 32 });
    const again = attachTuner(model, 'LORA', adapter.config, seededRandom(4));
    again.load(state);
    expect(largestDifference(output(), trained)).toBeLessThan(1e-5);
    again.detach();
  });

  it('keeps the scale of each layer in what it saves', async () => {
    const patterns = { rank_pattern: { up_proj: 3 }, alpha_pattern: { o_proj: 5 } };
    const adapter = attach({
      ...patterns,
      target_modules: ['o_proj', 'up_proj'],
      use_rslora: true,
      relora_every: 5,
    });
    await run(adapter);
    const trained = output();
    const state = adapterState(adapter);
    adapter.detach();
    const again = attachTuner(model, 'LORA', adapter.config, seededRandom(4));
    again.load(state);
    expect(largestDifference(output(), trained)).toBeLessThan(1e-5);
    again.detach();
  });

  it('goes on after an interruption as if there had been none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quaestor-relora-'));
    const config = { relora_every: 3, optimizer_reset: 'random', lora_fa: true };
    const whole = attach(config);
    const losses = await run(whole);
    whole.detach();
    const first = attach(config);
    await expect(run(first, {}, { checkpoints: folder, until: 7 })).rejects.toThrow(
      /stopped after/,
    );
    first.detach();
    const second = attach(config);
    const rest = await run(second, {}, { checkpoints: folder });
    expect(largestDifference(rest, losses.slice(7))).toBeLessThan(1e-6);
    expect(second.config.r).toBe(8);
    second.detach();
    rmSync(folder, { recursive: true });
  });

  it('restarts with the jagged schedule', async () => {
    const jagged = { lr_scheduler_type: 'cosine_restarts', restart_every: 4 };
    const adapter = attach({ relora_every: 4 });
    const losses = await run(adapter, jagged);
    expect(losses.at(-1)).toBeLessThan(losses[0] as number);
    adapter.detach();
    const other = attach({ relora_every: 3 });
    await expect(run(other, jagged)).rejects.toThrow(/restarts every 4 steps and ReLoRA every 3/);
    other.detach();
  });

  it('refuses to restart after the end of the run', async () => {
    const adapter = attach({ relora_every: 12 });
    await expect(run(adapter)).rejects.toThrow(/relora_every is 12, but the run has only 12 steps/);
    adapter.detach();
  });
});

describe('pruning of moments', () => {
  it.each([
    ['random', () => pruneAtRandom(0.75, seededRandom(1)), 0.05],
    ['smallest', () => pruneSmallest(0.75), 0],
  ] as const)('drops the same share of both moments: %s', (_, make, tolerance) => {
    const optimizer = new AdamW(trainConfig.parse({}));
    const random = seededRandom(2);
    const draw = () => Float32Array.from({ length: 1000 }, () => random.normal());
    optimizer.load(
      1,
      new Map([
        ['a.exp_avg', { shape: [10, 100], data: draw() }],
        ['a.exp_avg_sq', { shape: [10, 100], data: draw().map((x) => x * x) }],
      ]),
    );
    const before = optimizer.state().tensors.get('a.exp_avg')?.dataSync().slice() as Float32Array;
    optimizer.edit('a', make());
    const [first, second] = ['a.exp_avg', 'a.exp_avg_sq'].map(
      (name) => optimizer.state().tensors.get(name)?.dataSync() as Float32Array,
    ) as [Float32Array, Float32Array];
    const dropped = first.filter((value) => value === 0).length / 1000;
    expect(Math.abs(dropped - 0.75)).toBeLessThanOrEqual(tolerance);
    for (const [i, value] of first.entries()) {
      expect(value === 0).toBe(second[i] === 0);
      if (value !== 0) expect(value).toBe(before[i]);
    }
    if (tolerance === 0) {
      const kept = first.filter((value) => value !== 0).map(Math.abs);
      const lost = before.filter((_, i) => first[i] === 0).map(Math.abs);
      expect(Math.min(...kept)).toBeGreaterThanOrEqual(Math.max(...lost));
    }
    optimizer.dispose();
  });
});
