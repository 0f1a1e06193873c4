import { beforeEach, describe, expect, it } from 'vitest';
import type { LanguageModel } from '../model/language-model.ts';
import { loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, sequenceLogits, tinyModel } from '../testing/index.ts';
import { trainConfig } from '../trainer/config.ts';
import { train } from '../trainer/trainer.ts';
import { truncateRank } from './dylora-truncate.ts';
import { adapterState, attachTuner } from './index.ts';
import type { Adapter } from './tuner.ts';

await loadEngine();
const examples = [{ ids: [65, 66, 67, 68, 69, 70], labelStart: 1 }];
let model: LanguageModel;
const output = (): Float32Array =>
  sequenceLogits(model, [
    [72, 101, 108],
    [1, 2],
  ]);
beforeEach(() => {
  model = tinyModel();
  return () => model.dispose();
});
const attach = (config: Readonly<Record<string, unknown>> = {}): Adapter => {
  const settings = { r: 6, lora_alpha: 9, target_modules: 'all-linear', ...config };
  return attachTuner(model, 'dylora', settings, seededRandom(1));
};
const run = trainConfig.parse({ learning_rate: 2e-2, num_train_epochs: 30, warmup_ratio: 0 });

/** Ranks of each layer's A whose entries moved in a step, by step. */
async function movedRanks(adapter: Adapter): Promise<number[][]> {
  const a = adapter.parameters().find(({ name }) => name.includes('lora_A'))?.variable;
  const rows = (): Float32Array => Float32Array.from(a?.dataSync() ?? []);
  const found: number[][] = [];
  let before = rows();
  for await (const event of train(model, adapter, examples, run)) {
    if (event.type !== 'step') continue;
    const after = rows();
    const moved = [0, 1, 2, 3, 4, 5].filter((k) =>
      after.subarray(k * 16, k * 16 + 16).some((value, j) => value !== before[k * 16 + j]),
    );
    found.push(moved);
    before = after;
  }
  return found;
}

describe('DyLoRA', () => {
  it.each([{}, { use_rslora: true }, { rank_pattern: { v_proj: 3 } }])(
    'cut to a rank gives what that rank was trained to give, %o',
    async (config) => {
      const adapter = attach(config);
      const outputs = new Map<number, Float32Array>();
      for await (const event of train(model, adapter, examples, run)) {
        if (event.type === 'step') continue;
      }
      adapter.training = true;
      for (let finished = 0; outputs.size < 6 && finished < 60; finished++) {
        adapter.progress?.load(
          new Map([['finished_steps', { shape: [1], data: Float32Array.of(finished) }]]),
        );
        const values = output();
        const rank = [1, 2, 3, 4, 5, 6].find(
          (r) => outputs.get(r) === undefined && matches(r, values),
        );
        if (rank !== undefined) outputs.set(rank, values);
      }
      expect([...outputs.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6]);
      adapter.detach();

      function matches(rank: number, values: Float32Array): boolean {
        const cut = truncateRank({ config: adapter.config, tensors: adapterState(adapter) }, rank);
        const other = tinyModel();
        const lora = attachTuner(other, 'LORA', cut.config, seededRandom(3));
        lora.load(cut.tensors);
        const found = sequenceLogits(other, [
          [72, 101, 108],
          [1, 2],
        ]);
        lora.detach();
        other.dispose();
        return largestDifference(found, values) < 1e-5;
      }
    },
  );

  it('uses all ranks outside of training, and is saved as a LoRA', async () => {
    const adapter = attach();
    for await (const _ of train(model, adapter, examples, run));
    const trained = output();
    const state = adapterState(adapter);
    adapter.detach();
    expect(adapter.config.peft_type).toBe('LORA');
    const again = attachTuner(model, 'LORA', adapter.config, seededRandom(2));
    again.load(state);
    expect(output()).toEqual(trained);
    again.detach();
  });

  it('trains the first ranks of each step, each rank in its turn', async () => {
    const adapter = attach();
    const moved = await movedRanks(adapter);
    adapter.detach();
    // Momentum moves ranks that were used before: the first step alone shows what one step uses.
    expect(moved[0]).toEqual([0, 1, 2, 3, 4, 5].slice(0, moved[0]?.length));
    expect(new Set(moved.flat())).toEqual(new Set([0, 1, 2, 3, 4, 5]));
  });

  it('trains the last rank of a step alone where those before it are frozen', async () => {
    const movedFirst = async (frozen: boolean): Promise<Set<number>[]> => {
      const adapter = attach({ frozen, init_lora_weights: false });
      const factors = adapter.parameters().map(({ name, variable }) => ({
        variable,
        before: variable.dataSync().slice(),
        rankOf: (i: number) =>
          name.includes('lora_A') ? Math.floor(i / (variable.shape[1] as number)) : i % 6,
      }));
      for await (const _ of train(model, adapter, examples, { ...run, max_steps: 1 }));
      const moved = factors.map(({ variable, before, rankOf }) => {
        const after = variable.dataSync();
        return new Set([...after.keys()].filter((i) => after[i] !== before[i]).map(rankOf));
      });
      adapter.detach();
      return moved;
    };
    const [some, last] = [await movedFirst(false), await movedFirst(true)];
    const rank = some[0]?.size as number;
    expect(rank).toBeGreaterThan(1);
    expect(some).toEqual(some.map(() => new Set([0, 1, 2, 3, 4, 5].slice(0, rank))));
    expect(last).toEqual(some.map(() => new Set([rank - 1])));
  });
});

describe('truncateRank', () => {
  it('says what it cannot cut', () => {
    const adapter = { config: { peft_type: 'LORA', use_dora: true }, tensors: new Map() };
    expect(() => truncateRank(adapter, 2)).toThrow(/use_dora: DoRA is no plain LoRA/);
    expect(() => truncateRank(adapter, 0)).toThrow(/expected a whole number from 1 on/);
  });

  it('leaves smaller ranks as they are and shares no data', () => {
    const a = { shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
    const b = { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) };
    const tensors = new Map([
      ['base_model.model.x.lora_A.weight', a],
      ['base_model.model.x.lora_B.weight', b],
    ]);
    const whole = { config: { peft_type: 'LORA', r: 2, rank_pattern: { y: 1 } }, tensors };
    const same = truncateRank(whole, 5);
    expect([...same.tensors]).toEqual([...tensors]);
    expect(same.tensors.get('base_model.model.x.lora_A.weight')?.data).not.toBe(a.data);
    const cut = truncateRank(whole, 1);
    expect([...(cut.tensors.get('base_model.model.x.lora_B.weight')?.data ?? [])]).toEqual([1, 3]);
    expect(cut.config).toMatchObject({ r: 1, rank_pattern: { y: 1 } });
  });
});
