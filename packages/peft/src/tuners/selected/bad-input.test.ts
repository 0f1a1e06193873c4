/** What the selective methods refuse, before training starts and with nothing half-loaded. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { LanguageModel } from '../../model/language-model.ts';
import { engine, loadEngine } from '../../tensors/engine.ts';
import { seededRandom } from '../../tensors/random.ts';
import { largestDifference, sequenceLogits, tinyModel } from '../../testing/index.ts';
import { trainConfig } from '../../trainer/config.ts';
import { train } from '../../trainer/trainer.ts';
import { attachTuner } from '../index.ts';
import type { Adapter } from '../tuner.ts';

await loadEngine();
const sixSteps = trainConfig.parse({ num_train_epochs: 6 });

let model: LanguageModel;
beforeEach(() => {
  model = tinyModel({ biases: true });
  return () => model.dispose();
});

const attach = (method: string, own: Record<string, unknown> = {}): Adapter =>
  attachTuner(model, method, own, seededRandom(1));
const run = (adapter: Adapter): ReturnType<typeof train> =>
  train(model, adapter, [{ ids: [1, 2, 3], labelStart: 1 }], sixSteps);

describe('modules that are named twice', () => {
  it.each<[string, Record<string, unknown>]>([
    ['last-layers', { num_layers: 1, modules_to_save: ['down_proj', 'norm'] }],
    ['bitfit', { modules_to_save: ['q_proj'] }],
  ])('of %s are trained once, and given back', async (method, own) => {
    const before = sequenceLogits(model, [[1, 2, 3]]);
    const adapter = attach(method, own);
    const names = adapter.parameters().map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for await (const _ of run(adapter));
    expect(largestDifference(sequenceLogits(model, [[1, 2, 3]]), before)).toBeGreaterThan(0);
    adapter.detach();
    expect(largestDifference(sequenceLogits(model, [[1, 2, 3]]), before)).toBe(0);
  });
});

describe('bad input', () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ['fishmask', { keep_ratio: 0 }, /keep_ratio/],
    ['fishmask', { keep_ratio: 1.5 }, /keep_ratio/],
    ['fishmask', { keep_ratio: 1e-9 }, /less than one/],
    ['sam', { keep_count: 10_000_000 }, /keep_count 10000000 is more than the \d+ entries/],
    ['pafi', { target_modules: ['query'] }, /no module of tiny.*q_proj/],
    ['pafi', { target_modules: '(' }, /no regular expression/],
    ['sam', { ranking: 'per-parameter', keep_count: 3 }, /keep_count needs ranking 'global'/],
    ['bitfit', { target_modules: ['o_proj'] }, /no module with a bias.*q_proj, k_proj, v_proj/],
    ['bitfit', { modules_to_save: ['score'] }, /no module of tiny/],
    ['last-layers', { num_layers: 3 }, /more than the 2 blocks/],
    ['binary-mask', { mask_init: 0.01 }, /mask_init: must be above threshold/],
    ['binary-mask', { target_modules: ['norm'] }, /names no linear layer/],
    ['lt-sft', { full_ft_ratio: 1 }, /full_ft_ratio/],
  ])('%s %j', (method, own, message) => {
    expect(() => attach(method, own)).toThrow(message);
  });

  it('bitfit names the alternatives on a model without biases', () => {
    model.dispose();
    model = tinyModel();
    expect(() => attach('bitfit')).toThrow(/tiny has no biases.*ln-tuning/);
  });

  it('lt-sft refuses a first phase as long as the run, before its first step', async () => {
    const adapter = attach('lt-sft', { full_ft_steps: 6 });
    await expect(run(adapter).next()).rejects.toThrow(/6 steps of full fine-tuning.*a run of 6/);
    adapter.detach();
  });

  it('names every problem of a saved difference and loads nothing of it', async () => {
    const adapter = attach('fishmask');
    const list = (...data: number[]) => ({ shape: [data.length], data: Float32Array.from(data) });
    const entry = (name: string, row: number[], column: number[], delta: number[]) =>
      [
        [`${name}.rows`, list(...row)],
        [`${name}.columns`, list(...column)],
        [`${name}.delta`, list(...delta)],
      ] as const;
    const path = 'model.layers.0.self_attn';
    const state = new Map([
      ...entry('model.norm.weight', [0], [3], [1]),
      ...entry(`${path}.q_proj.weight`, [16], [0], [1]),
      ...entry(`${path}.k_proj.weight`, [1, 1], [2, 2], [1, 1]),
      ...entry(`${path}.v_proj.weight`, [1], [2], [Number.NaN]),
      ...entry(`${path}.o_proj.weight`, [1], [], [1]),
      ...entry('model.layers.7.mlp.up_proj.weight', [0], [0], [1]),
      ['odd', list(1)] as const,
    ]);
    expect(() => adapter.load(state)).toThrow(
      /odd: not part[\s\S]*q_proj.weight: entry \(16, 0\) lies outside \[16, 16\][\s\S]*twice[\s\S]*not finite[\s\S]*1 rows, 0 columns[\s\S]*no such parameter/,
    );
    expect(adapter.parameters()).toEqual([]);
    expect([...adapter.state().keys()]).toEqual([]);
    adapter.detach();
  });

  it.each(['pafi', 'fishmask'])('%s refuses weights that are not numbers', async (method) => {
    const { tf } = engine();
    const old = model.finalNorm;
    model.finalNorm = tf.fill([16], Number.NaN);
    const adapter = attach(method, { exclude_modules: null });
    await expect(run(adapter).next()).rejects.toThrow(/not a finite number/);
    adapter.detach();
    model.finalNorm.dispose();
    model.finalNorm = old;
  });
});
