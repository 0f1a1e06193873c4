import { beforeEach, describe, expect, it } from 'vitest';
import { hiddenRows, type LanguageModel } from '../model/language-model.ts';
import { packSequences } from '../model/packing.ts';
import { engine, loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference, tinyModel } from '../testing/index.ts';
import { trainConfig } from '../trainer/config.ts';
import { train } from '../trainer/trainer.ts';
import { adapterState, attachTuner } from './index.ts';
import { leadingDirections, shareRanks } from './lora-eva.ts';
import type { Adapter } from './tuner.ts';

await loadEngine();
const random = seededRandom(2);
const examples = Array.from({ length: 12 }, () => ({
  ids: Array.from({ length: 12 }, () => random.integer(256)),
  labelStart: 4,
}));
const config = trainConfig.parse({ num_train_epochs: 1, batch_size: 6, micro_batch_tokens: 40 });

let model: LanguageModel;
beforeEach(() => {
  model = tinyModel();
  return () => model.dispose();
});

async function trained(settings: object): Promise<Adapter> {
  const adapter = attachTuner(
    model,
    'lora',
    { r: 3, target_modules: 'all-linear', init_lora_weights: 'eva', ...settings },
    seededRandom(1),
  );
  // The initial values are seen through a learning rate that moves nothing.
  const still = { ...config, learning_rate: 1e-30 };
  for await (const _ of train(model, adapter, examples, still));
  return adapter;
}

it('keeps what it has learned when it is trained again', async () => {
  const adapter = attachTuner(model, 'lora', { r: 3, init_lora_weights: 'eva' }, seededRandom(1));
  for await (const _ of train(model, adapter, examples, { ...config, learning_rate: 1e-2 }));
  const before = adapter.parameters().map(({ variable }) => variable.dataSync().slice());
  for await (const _ of train(model, adapter, examples, { ...config, learning_rate: 1e-30 }));
  for (const [i, { variable }] of adapter.parameters().entries()) {
    expect(largestDifference(variable.dataSync(), before[i] as Float32Array)).toBeLessThan(1e-6);
  }
  adapter.detach();
});

/** Share of the inputs' variance that the rows of A, orthonormal, explain. */
function explained(a: Float32Array, rank: number, inputs: readonly Float32Array[]): number {
  const size = a.length / rank;
  const mean = Array.from({ length: size }, (_, j) =>
    inputs.reduce((sum, row) => sum + (row[j] as number) / inputs.length, 0),
  );
  let [total, seen] = [0, 0];
  for (const row of inputs) {
    const x = row.map((value, j) => value - (mean[j] as number));
    total += x.reduce((sum, value) => sum + value * value, 0);
    for (let k = 0; k < rank; k++) {
      seen += x.reduce((sum, value, j) => sum + value * (a[k * size + j] as number), 0) ** 2;
    }
  }
  return seen / total;
}

describe('EVA', () => {
  it('spans what varies most in the inputs of labelled tokens', async () => {
    const inputs: Float32Array[] = [];
    const group = model.blocks[0]?.output;
    if (!group) throw new Error('the tiny model has blocks');
    group.hook = {
      forward: (x, one) => {
        const values = x.dataSync();
        for (let t = 0; t < 12; t++) {
          if (t >= 4) inputs.push(Float32Array.from(values.subarray(t * 16, (t + 1) * 16)));
        }
        return one.base(x);
      },
    };
    for (const { ids } of examples) {
      engine().tf.tidy(() => {
        hiddenRows(model, packSequences([ids]));
      });
    }
    group.hook = null;
    const adapter = await trained({ eva_config: { rho: 1 } });
    const state = adapterState(adapter);
    const name = 'base_model.model.model.layers.0.self_attn.o_proj.lora_A.weight';
    const a = state.get(name)?.data as Float32Array;
    const gram = [0, 1, 2].flatMap((i) =>
      [0, 1, 2].map((j) => {
        const [left, right] = [i, j].map((k) => a.subarray(k * 16, (k + 1) * 16));
        return (left as Float32Array).reduce(
          (s, v, n) => s + v * ((right as Float32Array)[n] as number),
          0,
        );
      }),
    );
    expect(largestDifference(gram, [1, 0, 0, 0, 1, 0, 0, 0, 1])).toBeLessThan(1e-4);
    const share = explained(a, 3, inputs);
    // No other three directions explain more: turning one away from them explains less.
    const draws = seededRandom(3);
    for (let trial = 0; trial < 5; trial++) {
      const other = a.slice();
      const fresh = Float32Array.from({ length: 16 }, () => draws.normal());
      for (let k = 0; k < 2; k++) {
        const row = a.subarray(k * 16, (k + 1) * 16);
        const along = fresh.reduce((sum, v, j) => sum + v * (row[j] as number), 0);
        for (let j = 0; j < 16; j++) fresh[j] = (fresh[j] as number) - along * (row[j] as number);
      }
      const length = Math.hypot(...fresh);
      other.set(
        fresh.map((v) => v / length),
        32,
      );
      expect(explained(other, 3, inputs)).toBeLessThan(share + 1e-5);
    }
    adapter.detach();
  });

  it('gives ranks where they explain most, within the budget, and says so in the configuration', async () => {
    const adapter = await trained({});
    const ranks = [...adapterState(adapter)].flatMap(([name, { shape }]) =>
      name.includes('lora_A') ? [shape[0] as number] : [],
    );
    expect(ranks.reduce((sum, rank) => sum + rank, 0)).toBe(3 * 14);
    expect(Math.max(...ranks)).toBeLessThanOrEqual(6);
    expect(new Set(ranks).size).toBeGreaterThan(1);
    const { rank_pattern, alpha_pattern } = adapter.config as Record<
      string,
      Record<string, number>
    >;
    for (const [path, rank] of Object.entries(rank_pattern ?? {})) {
      expect(alpha_pattern?.[path]).toBeCloseTo((8 * rank) / 3, 5);
    }
    const state = adapterState(adapter);
    adapter.detach();
    const again = attachTuner(model, 'LORA', adapter.config, seededRandom(5));
    again.load(state);
    // Loaded factors are not computed again when a further training begins.
    for await (const _ of train(model, again, examples, { ...config, learning_rate: 1e-30 }));
    for (const [name, { data }] of adapterState(again)) {
      expect(largestDifference(data, state.get(name)?.data ?? [])).toBeLessThan(1e-25);
    }
    again.detach();
  });

  it('leaves the embedding the rank and alpha that its patterns say', async () => {
    const patterns = { rank_pattern: { embed_tokens: 2 }, alpha_pattern: { 'embed_.*': 5 } };
    const adapter = await trained({ target_modules: ['v_proj', 'embed_tokens'], ...patterns });
    const state = adapterState(adapter);
    adapter.detach();
    expect(adapter.config).toMatchObject({
      rank_pattern: { 'model.embed_tokens': 2 },
      alpha_pattern: { 'model.embed_tokens': 5 },
    });
    const again = attachTuner(model, 'LORA', adapter.config, seededRandom(5));
    again.load(state);
    again.detach();
  });

  it.each([[false], [true]])(
    'begins with numbers where inputs do not vary, whitened: %s',
    async (whiten) => {
      // All examples are one token over and over: every layer's inputs are the same in each row.
      const same = Array.from({ length: 6 }, () => ({ ids: Array(12).fill(7), labelStart: 4 }));
      const one = { ids: [...Array(6).fill(7), 9, 200, 31, 150, 77, 5], labelStart: 6 };
      for (const some of [same, [...same, one]]) {
        const adapter = attachTuner(
          model,
          'lora',
          { r: 3, target_modules: 'all-linear', init_lora_weights: 'eva', eva_config: { whiten } },
          seededRandom(1),
        );
        for await (const _ of train(model, adapter, some, { ...config, learning_rate: 1e-30 }));
        const values = [...adapterState(adapter).values()].flatMap(({ data }) => [...data]);
        expect(values.every(Number.isFinite)).toBe(true);
        adapter.detach();
      }
    },
  );

  it('sees the inputs of the head, too', async () => {
    const adapter = await trained({ target_modules: ['lm_head'], eva_config: { rho: 1 } });
    const a = adapterState(adapter).get('base_model.model.lm_head.lora_A.weight');
    for (let k = 0; k < 3; k++) {
      expect(Math.hypot(...(a?.data.subarray(k * 16, k * 16 + 16) ?? []))).toBeCloseTo(1, 4);
    }
    adapter.detach();
  });

  it('goes on with the given ranks after an interruption', async () => {
    const adapter = await trained({});
    const progress = adapter.progress?.state();
    const shapes = adapter.parameters().map(({ variable }) => variable.shape);
    adapter.detach();
    const fresh = attachTuner(
      model,
      'lora',
      { r: 3, target_modules: 'all-linear', init_lora_weights: 'eva' },
      seededRandom(1),
    );
    fresh.progress?.load(progress ?? new Map());
    expect(fresh.parameters().map(({ variable }) => variable.shape)).toEqual(shapes);
    fresh.detach();
  });
});

describe('leadingDirections', () => {
  const vectors = Float32Array.of(1, 0, 0, 1);

  it('explains nothing by what is rounding beside the inputs, nor by what is 0', () => {
    for (const noise of [0, 1e-5, -1e-5]) {
      const covariance = Float32Array.of(noise, 0, 0, 2e-5);
      const values = Float32Array.of(2e-5, Math.abs(noise));
      const found = leadingDirections(values, vectors, { covariance, energy: 1000 }, 2);
      expect([found.ratios, found.singular]).toEqual([
        [0, 0],
        [0, 0],
      ]);
    }
    const none = leadingDirections(
      new Float32Array(2),
      vectors,
      { covariance: new Float32Array(4), energy: 0 },
      2,
    );
    expect(none.ratios).toEqual([0, 0]);
  });

  it('takes a share that is rounding beside the first one as 0', () => {
    const covariance = Float32Array.of(4, 0, 0, 1e-7);
    const values = Float32Array.of(4, 1e-7);
    const { ratios, singular } = leadingDirections(values, vectors, { covariance, energy: 9 }, 2);
    expect([ratios[0], singular]).toEqual([expect.closeTo(1, 5), [2, 0]]);
    expect(ratios[1]).toBe(0);
  });
});

describe('shareRanks', () => {
  it('keeps one rank for each layer and gives the rest to the largest ratios', () => {
    const layers = [
      { path: 'a', planned: 2, ratios: [0.5, 0.3, 0.1, 0.05] },
      { path: 'b', planned: 2, ratios: [0.4, 0.02, 0.01, 0.001] },
      { path: 'c', planned: 2, ratios: [0.2, 0.15, 0.12, 0.11] },
    ];
    expect([...shareRanks(layers)]).toEqual([
      ['a', 2],
      ['b', 1],
      ['c', 3],
    ]);
  });
});
