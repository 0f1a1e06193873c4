import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { StoredAdapter } from '../io/adapter-files.ts';
import { multiply } from '../linear-algebra/product.ts';
import { seededRandom } from '../tensors/random.ts';
import { largestDifference } from '../testing/index.ts';
import { combineAdapters } from './combine-adapters.ts';
import { readLoraFactors } from './lora-factors.ts';
import { pruneByMagnitude } from './magnitude-pruning.ts';

type Rows = readonly (readonly number[])[];
interface LoraCase {
  readonly case: {
    readonly set: 'plain' | 'rslora' | 'mixed';
    readonly weights: readonly number[];
    readonly combination_type: 'cat';
    readonly svd_rank: number | null;
    readonly density: number;
    readonly majority_sign_method: 'total' | 'frequency';
  };
  readonly config: Readonly<Record<string, unknown>>;
  readonly deltas: Readonly<Record<string, Rows>>;
}
interface Results {
  readonly lora: readonly LoraCase[];
  readonly ia3: { readonly weights: readonly number[]; readonly vectors: Record<string, Rows> };
}

const golden = JSON.parse(readFileSync('test/golden/composition/expected.json', 'utf8'));

function tensors(rows: Readonly<Record<string, Rows>>): StoredAdapter['tensors'] {
  return new Map(
    Object.entries(rows).map(([key, matrix]) => [
      key,
      { shape: [matrix.length, matrix[0]?.length ?? 0], data: Float32Array.from(matrix.flat()) },
    ]),
  );
}

function goldenAdapters(set: string): StoredAdapter[] {
  return Object.values(golden.tensors[set]).map((rows, i) => ({
    config: {
      peft_type: 'LORA',
      target_modules: ['q_proj', 'v_proj'],
      ...golden.configs[set][i],
    },
    tensors: tensors(rows as Record<string, Rows>),
  }));
}

/** s·B·A of every module, by path. */
function corrections(adapter: StoredAdapter): Map<string, Float64Array> {
  const problems: string[] = [];
  const factors = readLoraFactors({ name: 'it', ...adapter }, problems);
  expect(problems).toEqual([]);
  return new Map(
    [...factors].map(([key, { a, b, rank, inputSize, outputSize, scale }]) => [
      key.split('.').at(-3) as string,
      multiply(b, a, outputSize, rank, inputSize).map((value) => value * scale),
    ]),
  );
}

describe.each([
  ['peft', '0.21.2'],
  ['peft-0.20', '0.20.0'],
] as const)('compat %s', (compat, version) => {
  const results: Results = golden.results[version];

  it.each(
    results.lora.map((one) => [`${one.case.set} ${one.case.combination_type}`, one] as const),
  )('reproduces %s', (_, { case: { set, weights, svd_rank, ...options }, config, deltas }) => {
    const combined = combineAdapters(goldenAdapters(set), weights, {
      ...options,
      ...(svd_rank !== null && { svd_rank }),
      compat,
    });
    expect(combined.config).toMatchObject(config);
    for (const [path, correction] of corrections(combined)) {
      const wanted = (deltas[path] ?? []).flat();
      const size = Math.max(...wanted.map(Math.abs));
      expect(largestDifference(correction, wanted) / size, path).toBeLessThan(2e-6);
    }
  });

  it('reproduces the sum of (IA)³ vectors', () => {
    const adapters = Object.values(golden.ia3_tensors).map((rows) => ({
      config: { peft_type: 'IA3' },
      tensors: tensors(rows as Record<string, Rows>),
    }));
    const { weights, vectors } = results.ia3;
    const combined = combineAdapters(adapters, weights, { compat });
    for (const [key, { data }] of combined.tensors) {
      const wanted = (vectors[key.split('.').at(-2) as string] ?? []).flat();
      expect(largestDifference(data, wanted)).toBeLessThan(1e-6);
    }
  });
});

describe('combineAdapters', () => {
  const weights = [0.5, -0.8, 1.2];
  const sum = (adapters: readonly StoredAdapter[]) => {
    const total = new Map<string, Float64Array>();
    for (const [i, adapter] of adapters.entries()) {
      for (const [path, correction] of corrections(adapter)) {
        const before = total.get(path);
        const weight = weights[i] as number;
        total.set(
          path,
          correction.map((value, at) => value * weight + (before?.[at] ?? 0)),
        );
      }
    }
    return total;
  };

  it.each(['plain', 'rslora', 'mixed'])(
    'sums the corrections exactly with cat, linear and svd of full rank: %s',
    (set) => {
      const adapters = goldenAdapters(set);
      for (const combination_type of ['cat', 'linear', 'svd'] as const) {
        const combined = combineAdapters(adapters, weights.slice(0, adapters.length), {
          combination_type,
          svd_rank: 8,
        });
        const { r, lora_alpha, use_rslora } = combined.config;
        expect([lora_alpha, use_rslora]).toEqual([r, false]);
        for (const [path, wanted] of sum(adapters)) {
          const found = corrections(combined).get(path) ?? [];
          expect(largestDifference(found, wanted), `${combination_type} ${path}`).toBeLessThan(
            2e-6,
          );
        }
      }
    },
  );

  it('keeps the lowest rank that holds a linear combination', () => {
    const [one, other] = goldenAdapters('plain') as [StoredAdapter, StoredAdapter];
    const rank = (adapters: StoredAdapter[], w: number[]) =>
      combineAdapters(adapters, w, { combination_type: 'linear' }).config.r;
    expect(rank([one], [2])).toBe(4);
    expect(rank([one, one, one], [0.3, 0.5, 0.2])).toBe(4);
    expect(rank([one, other], [1, 1])).toBe(6);
    const nothing = combineAdapters([one, one], [1, -1], { combination_type: 'linear' });
    expect(nothing.config.r).toBe(1);
    for (const correction of corrections(nothing).values()) {
      expect(Math.max(...correction.map(Math.abs))).toBeLessThan(1e-6);
    }
  });

  it('cuts svd to the best approximation, by default of the largest rank', () => {
    const adapters = goldenAdapters('plain');
    const combined = combineAdapters(adapters, [0.5, -0.8]);
    expect(combined.config.r).toBe(4);
    // Of two random rank-4 sums in 6 columns, two singular values are left out.
    const [found] = corrections(combined).values();
    const [wanted] = sum(adapters).values();
    const error = largestDifference(found ?? [], wanted ?? []);
    expect(error).toBeGreaterThan(1e-3);
    expect(error).toBeLessThan(0.5);
  });

  it.each(['ties', 'ties_svd', 'dare_ties_svd', 'magnitude_prune', 'dare_linear'] as const)(
    'gives an adapter back with %s of it alone and nothing pruned',
    (combination_type) => {
      const [one] = goldenAdapters('rslora') as [StoredAdapter];
      const combined = combineAdapters([one], [1], { combination_type, density: 1 });
      for (const [path, wanted] of corrections(one)) {
        const found = corrections(combined).get(path) ?? [];
        expect(largestDifference(found, wanted), path).toBeLessThan(2e-6);
      }
    },
  );

  it('prunes all but the share that is kept where magnitudes are equal, too', () => {
    const kept = pruneByMagnitude(Float64Array.of(1, -1, 1, 1), 0.5);
    expect(kept).toEqual(Float64Array.of(1, -1, 0, 0));
  });

  it('lets a weight of 0 count as an absent adapter in TIES', () => {
    const adapters = goldenAdapters('plain');
    const options = { combination_type: 'ties_svd', density: 0.5, svd_rank: 5 } as const;
    const both = corrections(combineAdapters(adapters, [0.7, 0], options));
    const alone = corrections(combineAdapters(adapters.slice(0, 1), [0.7], options));
    for (const [path, wanted] of alone) {
      expect(largestDifference(both.get(path) ?? [], wanted)).toBeLessThan(1e-6);
    }
  });

  it('drops with DARE by its seed, and keeps the expectation', () => {
    const adapters = goldenAdapters('plain');
    const combine = (seed: number) =>
      combineAdapters(adapters, [1, 1], { combination_type: 'dare_linear', density: 0.6, seed });
    expect(combine(1)).toEqual(combine(1));
    expect(combine(1).tensors).not.toEqual(combine(2).tensors);
    const runs = 300;
    const mean = new Float64Array(8 * 6);
    for (let seed = 0; seed < runs; seed++) {
      const [drawn] = corrections(combine(seed)).values();
      drawn?.forEach((value, at) => {
        mean[at] = (mean[at] as number) + value / runs;
      });
    }
    const wanted = [...sum(adapters).values()][0]?.map(() => 0) as Float64Array;
    for (const adapter of adapters) {
      const [one] = corrections(adapter).values();
      one?.forEach((value, at) => {
        wanted[at] = (wanted[at] as number) + value;
      });
    }
    expect(largestDifference(mean, wanted)).toBeLessThan(0.5);
  });

  it('decomposes large corrections by sampling, nearly as well', () => {
    const random = seededRandom(4);
    const draw = (rows: number, columns: number) => ({
      shape: [rows, columns],
      data: Float32Array.from({ length: rows * columns }, () => random.normal()),
    });
    const large = (): StoredAdapter => ({
      config: { peft_type: 'LORA', r: 2, lora_alpha: 2, target_modules: ['q'] },
      tensors: new Map([
        ['base_model.model.q.lora_A.weight', draw(2, 300)],
        ['base_model.model.q.lora_B.weight', draw(260, 2)],
      ]),
    });
    const adapters = [large(), large()];
    const options = { density: 1, svd_rank: 4 };
    const sampled = combineAdapters(adapters, [1, 2], {
      ...options,
      combination_type: 'magnitude_prune_svd',
    });
    const exact = combineAdapters(adapters, [1, 2], { ...options, combination_type: 'svd' });
    const [found, wanted] = [sampled, exact].map((one) => corrections(one).get('q') ?? []);
    expect(largestDifference(found ?? [], wanted ?? [])).toBeLessThan(1e-4);
  });

  it('names the modules of all adapters and no others', () => {
    const one = goldenAdapters('plain')[0] as StoredAdapter;
    const target = (...configs: object[]) => {
      const adapters = configs.map((config) => ({ ...one, config: { ...one.config, ...config } }));
      return combineAdapters(
        adapters,
        configs.map(() => 1),
        { combination_type: 'cat' },
      ).config.target_modules;
    };
    expect(target({ target_modules: 'all-linear' }, { target_modules: 'all-linear' })).toBe(
      'all-linear',
    );
    expect(target({ target_modules: ['q_proj'] }, { target_modules: ['v_proj'] })).toEqual([
      'q_proj',
      'v_proj',
    ]);
    expect(target({ target_modules: 'all-linear' }, {})).toEqual(['q_proj', 'v_proj']);
    expect(target({ layers_to_transform: [0] }, {})).toEqual(['q_proj', 'v_proj']);
    const ofFirstLayer = { target_modules: ['q_proj'], layers_to_transform: 0 };
    const paths = target(ofFirstLayer, { target_modules: ['v_proj'] });
    expect(paths).toEqual(
      target({ ...ofFirstLayer, layers_to_transform: [0] }, { target_modules: ['v_proj'] }),
    );
  });

  it('scales a missing (IA)³ module by 1', () => {
    const vector = (...values: number[]) => ({
      shape: [values.length, 1],
      data: Float32Array.from(values),
    });
    const config = { peft_type: 'IA3', target_modules: ['k'], feedforward_modules: [] };
    const combined = combineAdapters(
      [
        { config, tensors: new Map([['base_model.model.0.k.ia3_l', vector(2, 3)]]) },
        {
          config: { ...config, target_modules: ['v'] },
          tensors: new Map([['base_model.model.0.v.ia3_l', vector(4)]]),
        },
      ],
      [0.5, 0.5],
    );
    expect(combined.config.target_modules).toEqual(['0.k', '0.v']);
    expect([...(combined.tensors.get('base_model.model.0.k.ia3_l')?.data ?? [])]).toEqual([1.5, 2]);
    expect([...(combined.tensors.get('base_model.model.0.v.ia3_l')?.data ?? [])]).toEqual([2.5]);
  });
});
