/**
 * Combines LoRA adapters module by module. The new adapter has α = r and no rsLoRA: its correction is
 * B·A as written. A module that an adapter lacks is one that it leaves alone: its correction is 0.
 */
import type { StoredAdapter } from '../io/adapter-files.ts';
import type { TensorData } from '../io/safetensors.ts';
import { seededRandom } from '../tensors/random.ts';
import type { Text } from '../translated.ts';
import { scalingFields } from '../tuners/lora-rank.ts';
import { combinations } from './combination.ts';
import type { CombineConfig } from './combine-config.ts';
import { combinedTarget } from './combined-target.ts';
import { type FactorNames, readLoraFactors } from './lora-factors.ts';
import { type LowRank, resize } from './low-rank.ts';
import type { NamedAdapter } from './named-adapter.ts';
import { combineCorrections } from './on-corrections.ts';
import { combineFactors } from './on-factors.ts';
import type { WeightedFactors } from './weighted-factors.ts';

interface ModuleParts {
  readonly names: FactorNames;
  readonly terms: WeightedFactors[];
}

/**
 * The combined adapter.
 * @param problems receives a line for everything that does not fit; with any, the result is null
 * @param onModule told how many modules are done
 */
export function combineLora(
  adapters: readonly NamedAdapter[],
  weights: readonly number[],
  config: CombineConfig,
  problems: Text[],
  onModule?: (done: number, total: number) => void,
): StoredAdapter | null {
  const type = config.compat && adapters.length === 1 ? 'linear' : config.combination_type;
  const combination = combinations[type];
  const entryByEntry =
    combination.on === 'factors' &&
    (combination.merge === 'elect' || (combination.merge === 'sum' && Boolean(config.compat)));
  const modules = collectModules(adapters, weights, problems);
  for (const [key, { terms }] of modules)
    expectShapes(key, terms, adapters, entryByEntry, problems);
  if (problems.length > 0) return null;

  const ranks = adapters.map(({ config: own }) => {
    const { r, rank_pattern } = scalingFields.parse(own);
    return Math.max(r, ...Object.values(rank_pattern ?? {}));
  });
  const context = {
    combination,
    config,
    rank: config.svd_rank ?? Math.max(...ranks),
    random: seededRandom(config.seed),
  };
  const combine = combination.on === 'factors' ? combineFactors : combineCorrections;
  const parts = [...modules.values()].sort((x, y) => (x.names.a < y.names.a ? -1 : 1));
  const combined = parts.map(({ names, terms }, i) => {
    const factors = combine(terms, context);
    onModule?.(i + 1, parts.length);
    return { names, factors };
  });
  const rank =
    config.compat && combination.merge === 'stack'
      ? ranks.reduce((sum, r) => sum + r, 0)
      : Math.max(...combined.map(({ factors }) => factors.rank));
  return {
    config: combinedConfig(adapters, rank, config, parts),
    tensors: new Map(combined.flatMap(({ names, factors }) => tensorsOf(names, factors, rank))),
  };
}

function collectModules(
  adapters: readonly NamedAdapter[],
  weights: readonly number[],
  problems: Text[],
): ReadonlyMap<string, ModuleParts> {
  const modules = new Map<string, ModuleParts>();
  for (const [i, adapter] of adapters.entries()) {
    for (const [key, { names, ...factors }] of readLoraFactors(adapter, problems)) {
      const term = { ...factors, weight: weights[i] as number };
      const known = modules.get(key);
      if (known) known.terms.push(term);
      else modules.set(key, { names, terms: [term] });
    }
  }
  return modules;
}

function expectShapes(
  key: string,
  terms: readonly WeightedFactors[],
  adapters: readonly NamedAdapter[],
  equalRanks: boolean,
  problems: Text[],
): void {
  const sizes = new Set(terms.map(({ inputSize, outputSize }) => `[${outputSize}, ${inputSize}]`));
  const ranks = new Set(terms.map(({ rank }) => rank));
  const names = adapters.map(({ name }) => name).join(', ');
  if (sizes.size > 1) {
    problems.push({
      en: `${key}: ${names} correct matrices of different shapes, ${[...sizes].join(', ')}`,
      zh: `${key}：${names} 修正的矩阵形状不同：${[...sizes].join('、')}`,
    });
  } else if (equalRanks && ranks.size > 1) {
    problems.push({
      en: `${key}: entries of A and B are merged, which needs equal ranks, but they are ${[...ranks].join(', ')}; take the _svd form, or cat`,
      zh: `${key}：逐项合并 A 和 B 需要相同的秩，实际为 ${[...ranks].join('、')}，请改用 _svd 形式或 cat`,
    });
  }
}

function combinedConfig(
  adapters: readonly NamedAdapter[],
  rank: number,
  { compat }: CombineConfig,
  parts: readonly ModuleParts[],
): Record<string, unknown> {
  const first = adapters[0]?.config ?? {};
  const paths = parts.map(({ names }) =>
    names.a.replace(/^base_model\.model\./, '').replace(/\.lora_(embedding_)?A(\.weight)?$/, ''),
  );
  return {
    ...first,
    ...combinedTarget(adapters, paths),
    r: rank,
    lora_alpha: rank,
    rank_pattern: {},
    alpha_pattern: {},
    // HF-PEFT lets the first adapter's rsLoRA stand, which scales the result by √r.
    use_rslora: compat ? Boolean(first.use_rslora) : false,
    init_lora_weights: true,
    inference_mode: true,
  };
}

function tensorsOf(
  names: FactorNames,
  factors: LowRank,
  rank: number,
): readonly (readonly [string, TensorData])[] {
  const { a, b, inputSize, outputSize } = resize(factors, rank);
  return [
    [names.a, { shape: [rank, inputSize], data: Float32Array.from(a) }],
    [names.b, { shape: [outputSize, rank], data: Float32Array.from(b) }],
  ];
}
