import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { minimize } from '../gradient-free/minimize.ts';
import { readAdapter, type StoredAdapter } from '../io/adapter-files.ts';
import { decodeSafetensors } from '../io/safetensors.ts';
import { hiddenRows, type LanguageModel, logits } from '../model/language-model.ts';
import { openLanguageModel } from '../model/open-language-model.ts';
import { packSequences } from '../model/packing.ts';
import { engine, loadEngine } from '../tensors/engine.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference } from '../testing/index.ts';
import { packedLoss } from '../trainer/loss.ts';
import { type Adapter, attachTuner } from '../tuners/index.ts';
import { type AdapterTensors, composeLora } from './compose-lora.ts';
import { lorahubObjective } from './lorahub-objective.ts';
import { compositionKey, expectComposable, searchLoraHub } from './search-lorahub.ts';

const folder = 'test/golden/lorahub';
const golden = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8'));
const modules = (golden.modules as string[]).map((name) => ({
  name,
  ...readAdapter(`${folder}/${name}`),
}));
const states = modules.map(({ tensors }) => tensors);
const ids = golden.input_ids as number[][];
const examples = ids.map((row, i) => ({
  ids: row,
  labelStart: golden.labels[i].findIndex((label: number) => label !== -100),
}));
await loadEngine();

type NamedModule = (typeof modules)[number];
type Three = [NamedModule, NamedModule, NamedModule];

let model: LanguageModel;
let adapter: Adapter;
beforeAll(async () => {
  model = await openLanguageModel('test/golden/models/tiny-llama', { precision: 'float32' });
  const { config } = modules[0] as StoredAdapter;
  adapter = attachTuner(model, 'LORA', config, seededRandom(1));
  // The first forward pass makes what the hooks keep.
  lastLogits([0, 0, 0]);
  return () => {
    adapter.detach();
    model.dispose();
  };
});

function loss(state: AdapterTensors): number {
  adapter.load(state);
  const labels = examples.reduce((sum, one) => sum + one.ids.length - one.labelStart, 0);
  return engine().tf.tidy(() => packedLoss(model, examples, labels).dataSync()[0] as number);
}

function lastLogits(weights: readonly number[]): number[][] {
  adapter.load(composeLora(states, weights));
  let end = -1;
  const last = ids.map((row) => {
    end += row.length;
    return end;
  });
  return engine().tf.tidy(
    () => logits(model, hiddenRows(model, packSequences(ids), last)).arraySync() as number[][],
  );
}

describe('LoRAHub against the reference', () => {
  it('composes A and B apart', () => {
    const composed = composeLora(states, golden.weights);
    const file = decodeSafetensors(readFileSync(`${folder}/composed.safetensors`));
    expect([...composed.keys()].sort()).toEqual([...file.keys()].sort());
    for (const [key, { data }] of file) {
      expect(largestDifference(composed.get(key)?.data ?? [], data), key).toBeLessThan(1e-6);
    }
    const found = lastLogits(golden.weights);
    for (const [row, wanted] of (golden.logits_last as number[][]).entries()) {
      expect(largestDifference(found[row] ?? [], wanted)).toBeLessThan(1e-4);
    }
    expect(lastLogits(golden.weights.map((weight: number) => -weight))).toEqual(found);
  });

  it('has the same objective', () => {
    const objective = (weights: readonly number[]) =>
      lorahubObjective(loss(composeLora(states, weights)), weights);
    expect(loss(composeLora(states, golden.weights))).toBeCloseTo(golden.ce, 5);
    expect(objective(golden.weights)).toBeCloseTo(golden.objective, 5);
    expect(objective([0, 0, 0])).toBeCloseTo(golden.objective_at_zero, 5);
    for (const [i, wanted] of (golden.objective_one_hot as number[]).entries()) {
      expect(objective([0, 0, 0].with(i, 1))).toBeCloseTo(wanted, 5);
    }
  });

  it('searches as NGOpt does and finds as good a composition', async () => {
    const { trace, best_seen: best } = golden.search.NGOpt_seed0;
    const found = await searchLoraHub(modules, loss);
    expect(found.algorithm).toBe('cobyla');
    expect(found.trace).toHaveLength(40);
    for (const [i, row] of (trace as number[][]).slice(0, 11).entries()) {
      const { point, value } = found.trace[i] as (typeof found.trace)[number];
      // Later points follow differences of values, which float32 rounds.
      expect(largestDifference(point, row.slice(0, 3)), `${i}`).toBeLessThan(i < 4 ? 1e-7 : 1e-4);
      expect(value, `${i}`).toBeCloseTo(row[3] as number, 4);
    }
    expect(found.value).toBeLessThan(best + 1e-4);
    expect(lorahubObjective(loss(found.state), found.weights)).toBeCloseTo(found.value, 6);
    expect(found.config).toMatchObject({ peft_type: 'LORA', r: 4 });
  });
});

/** The same search, told the golden objectives: how many points it asks for as nevergrad did. */
async function followed(value: (row: readonly number[]) => number): Promise<number> {
  const trace = golden.search.NGOpt_seed0.trace as number[][];
  const space = { dimension: 3, lower: -1.5, upper: 1.5, initial: [0, 0, 0] };
  const replay = trace.values();
  const found = await minimize(() => value(replay.next().value as number[]), {
    ...space,
    budget: trace.length,
    random: seededRandom(1),
  });
  const apart = found.trace.findIndex(
    ({ point }, i) => largestDifference(point, trace[i]?.slice(0, 3) ?? []) > 1e-4,
  );
  return apart === -1 ? trace.length : apart;
}

describe('the search on the golden objectives', () => {
  it('asks for the golden points as far as the seven recorded digits decide', async () => {
    expect(await followed((row) => row[3] as number)).toBe(19);
  });

  it('asks for all 40 for some of the values that the digits stand for', async () => {
    const longest: number[] = [];
    for (let seed = 1; seed <= 300; seed++) {
      const random = seededRandom(seed);
      longest.push(await followed((row) => (row[3] as number) + 1e-6 * (random.next() - 0.5)));
    }
    expect(Math.max(...longest)).toBe(40);
    expect(longest.filter((points) => points >= 21).length).toBeGreaterThan(30);
  });
});

describe('searchLoraHub', () => {
  it('never does worse than the base model', async () => {
    const found = await searchLoraHub(modules, () => 1, { budget: 25 });
    expect(found.weights).toEqual([0, 0, 0]);
    expect(found.value).toBe(1);
  });

  it('finds the module that a loss asks for, by any algorithm', async () => {
    const wanted = composeLora(states, [0, 1, 0]);
    const distance = (state: AdapterTensors) =>
      Math.max(
        ...[...state].map(([key, { data }]) =>
          largestDifference(data, wanted.get(key)?.data ?? []),
        ),
      );
    for (const algorithm of ['cobyla', 'cma-es'] as const) {
      const { weights } = await searchLoraHub(modules, distance, {
        budget: 300,
        regularization: 0,
        algorithm,
      });
      expect(largestDifference(weights, [0, 1, 0]), algorithm).toBeLessThan(0.05);
    }
  });

  it('names every module that differs', async () => {
    const [first, second, third] = [0, 1, 2].map((i) => modules[i] as NamedModule) as Three;
    const other = { name: 'other', tensors: second.tensors, config: { ...second.config, r: 8 } };
    await expect(searchLoraHub([first, other], () => 0)).rejects.toMatchObject({
      code: 'mismatch',
      problems: ['other: r is 8, in module0 it is 4'],
    });
    const [key = '', ...rest] = third.tensors.keys();
    const cut = new Map([
      ...rest.slice(1).map((name) => [name, third.tensors.get(name)] as const),
      [key, { shape: [1], data: Float32Array.of(0) }],
      ['extra.lora_A.weight', { shape: [1], data: Float32Array.of(0) }],
    ]) as AdapterTensors;
    await expect(
      searchLoraHub([first, { ...third, name: 'cut', tensors: cut }], () => 0),
    ).rejects.toMatchObject({
      code: 'mismatch',
      problems: [
        expect.stringContaining(`cut: ${key} has shape [1]`),
        `cut: ${rest[0]} is missing`,
        'cut: extra.lora_A.weight is not in module0',
      ],
    });
    const magnitude = 'base_model.model.model.layers.0.self_attn.q_proj.lora_magnitude_vector';
    const dora = new Map([
      ...first.tensors,
      [magnitude, { shape: [16], data: new Float32Array(16) }],
    ]);
    await expect(
      searchLoraHub([first, { ...second, name: 'dora', tensors: dora }], () => 0),
    ).rejects.toMatchObject({ problems: [`dora: ${magnitude} cannot be composed`] });
    await expect(searchLoraHub([], () => 0)).rejects.toThrow(/no module/);
    expect(() => composeLora(states, [1])).toThrow('expected 3 weights, got 1');
  });
});

it('takes modules of one scale, whether their configurations say it or leave it to the default', () => {
  const written = modules.map((module) => ({
    ...module,
    config: { ...module.config, use_rslora: false, rank_pattern: {}, alpha_pattern: {} },
  }));
  const [first, second] = written as unknown as Three;
  const {
    use_rslora: _root,
    rank_pattern: _ranks,
    alpha_pattern: _alphas,
    ...short
  } = second.config;
  const alike = { ...second, config: { ...short, rank_pattern: null } };
  expectComposable([first, alike]);
  expect(compositionKey(alike)).toBe(compositionKey(first));
  const scaled = { ...second, config: { ...short, use_rslora: true } };
  expect(() => expectComposable([first, scaled])).toThrow('of one scale');
  expect(compositionKey(scaled)).not.toBe(compositionKey(first));
});
