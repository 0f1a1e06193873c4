/**
 * EVA (Paischer et al. 2024, arXiv 2410.07170): A's rows are the directions in which a layer's inputs
 * vary most on the training data, B is zero, and ranks go where they explain most.
 *   C = Σ (x − x̄)(x − x̄)ᵀ = V·Λ·Vᵀ,   A = V's leading columns,   ratio λᵢ / Σλ
 * Of all layers' ratios the largest are taken, as many as there were ranks to give; a layer keeps at
 * least one and gets at most rho·r. HF-PEFT drops layers that are left without any.
 */
import { randomizedSvd } from '../linear-algebra/svd.ts';
import { seededRandom } from '../tensors/random.ts';
import type { LoraConfig } from './lora-config.ts';
import { inputCovariances } from './lora-eva-inputs.ts';
import type { LoraLayer } from './lora-layer.ts';
import { loraScale, rankAndScale } from './lora-rank.ts';
import type { LowRankHook } from './low-rank-hook.ts';
import { savedName } from './low-rank-layer.ts';
import type { LowRankModules } from './low-rank-modules.ts';
import { EMBEDDING } from './low-rank-targets.ts';
import type { AdapterProgress, TrainingRun } from './tuner.ts';

type EvaConfig = NonNullable<LoraConfig['eva_config']>;
const DEFAULTS: EvaConfig = {
  rho: 2,
  use_label_mask: true,
  whiten: false,
  adjust_scaling_factors: true,
};
const RANKS = 'eva.ranks';
const EMBEDDING_A = savedName(EMBEDDING, 'lora_embedding_A');

interface EvaInitialisation {
  begin(run: TrainingRun): void;
  /** Leaves the factors as they are: they were loaded. */
  skip(): void;
  /** The configuration with the ranks that were given. */
  config(saved: LoraConfig): LoraConfig;
  readonly progress: AdapterProgress;
}

/** Leading directions of a group's inputs. */
interface Directions {
  /** One after the other, [count, in], of unit length. */
  readonly rows: readonly Float32Array[];
  /** Share of the variance that each explains, descending. */
  readonly ratios: readonly number[];
  /** √λ */
  readonly singular: readonly number[];
}

export function evaInitialisation(
  modules: LowRankModules<LoraLayer>,
  config: LoraConfig,
): EvaInitialisation {
  const settings = config.eva_config ?? DEFAULTS;
  let skipped = false;
  let given: ReadonlyMap<string, number> | null = null;
  const alphaOf = (path: string, rank: number): number => {
    const planned = rankAndScale(path, config);
    return settings.adjust_scaling_factors ? (planned.alpha * rank) / planned.rank : planned.alpha;
  };
  const setFactors = (layer: LoraLayer, a: Float32Array, rank: number): void => {
    const scale = loraScale(alphaOf(layer.path, rank), rank, config.use_rslora);
    layer.replaceFactors(a, new Float32Array(layer.size * rank), scale);
  };
  return {
    begin: (run) => {
      if (skipped || given) return;
      const random = seededRandom(run.config.seed);
      const most = (layer: LoraLayer): number => {
        const planned = Math.round(rankAndScale(layer.path, config).rank * settings.rho);
        return Math.min(planned, layer.inputSize, layer.size);
      };
      const directions = new Map<LowRankHook<LoraLayer>, Directions>();
      inputCovariances(modules.hooks, run, settings.use_label_mask, (hook, covariance, energy) => {
        const size = hook.group.inputSize;
        const count = Math.max(...hook.layers.map(most));
        const { s, v } = randomizedSvd(covariance, size, size, count, { random });
        directions.set(hook, leadingDirections(s, v, { covariance, energy }, count));
      });
      const ratios = modules.hooks.flatMap((hook) =>
        hook.layers.map((layer) => ({
          path: layer.path,
          planned: layer.rank,
          ratios: (directions.get(hook)?.ratios ?? []).slice(0, most(layer)),
        })),
      );
      given = shareRanks(ratios);
      for (const hook of modules.hooks) {
        const { rows, singular } = directions.get(hook) ?? { rows: [], singular: [] };
        for (const layer of hook.layers) {
          const rank = given.get(layer.path) as number;
          const a = new Float32Array(rank * layer.inputSize);
          for (let k = 0; k < rank; k++) {
            const spread = singular[k] as number;
            // Where nothing varies there is nothing to even out.
            const length = settings.whiten && spread > 0 ? 1 / Math.sqrt(spread) : 1;
            a.set(
              (rows[k] as Float32Array).map((value) => length * value),
              k * layer.inputSize,
            );
          }
          setFactors(layer, a, rank);
        }
      }
    },
    skip: () => {
      skipped = true;
    },
    config: (saved) => {
      if (!given) return saved;
      const embedded = modules.variables().some(({ name }) => name === EMBEDDING_A);
      const adapted = [
        ...[...given].map(([path, rank]) => ({ path, rank, alpha: alphaOf(path, rank) })),
        // The embedding keeps the rank that was planned for it.
        ...(embedded ? [{ path: EMBEDDING, ...rankAndScale(EMBEDDING, config) }] : []),
      ];
      const pattern = (field: 'rank' | 'alpha', common: number): Record<string, number> =>
        Object.fromEntries(
          adapted.filter((one) => one[field] !== common).map((one) => [one.path, one[field]]),
        );
      return {
        ...saved,
        eva_config: settings,
        rank_pattern: pattern('rank', saved.r),
        alpha_pattern: pattern('alpha', saved.lora_alpha),
      };
    },
    progress: {
      state: () => {
        const ranks = modules.layers().map(({ rank }) => rank);
        return new Map(
          given ? [[RANKS, { shape: [ranks.length], data: Float32Array.from(ranks) }]] : [],
        );
      },
      load: (state) => {
        const ranks = state.get(RANKS)?.data;
        if (!ranks) return;
        const layers = modules.layers();
        given = new Map(layers.map(({ path }, i) => [path, ranks[i] as number]));
        for (const [i, layer] of layers.entries()) {
          const rank = ranks[i] as number;
          setFactors(layer, new Float32Array(rank * layer.inputSize), rank);
        }
      },
    },
  };
}

/** What sums of float32 may be off by, relative to what is summed. */
const ROUNDING = 2 ** -20;

/**
 * Directions with what they explain; nothing where variance is no more than rounding.
 * @param inputs covariance and Σ‖x‖² before the mean was taken off, beside which rounding counts
 */
export function leadingDirections(
  values: Float32Array,
  vectors: Float32Array,
  { covariance, energy }: { readonly covariance: Float32Array; readonly energy: number },
  count: number,
): Directions {
  const size = Math.sqrt(covariance.length);
  let total = 0;
  for (let i = 0; i < size; i++) total += covariance[i * size + i] as number;
  const varies = total > ROUNDING * energy;
  const least = ROUNDING * (values[0] ?? 0);
  const variances = Array.from(values, (value) => (varies && value > least ? value : 0));
  const rows = Array.from({ length: count }, (_, k) => {
    const row = Float32Array.from({ length: size }, (_, j) => vectors[j * count + k] as number);
    // A direction has no sign of its own: its largest entry is taken as positive.
    const peak = row.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
    return peak < 0 ? row.map((value) => -value) : row;
  });
  return {
    rows,
    ratios: variances.map((value) => (varies ? value / total : 0)),
    singular: variances.map(Math.sqrt),
  };
}

/** One rank for each layer, the others to the largest ratios; ties in the order of the layers. */
export function shareRanks(
  layers: readonly {
    readonly path: string;
    readonly planned: number;
    readonly ratios: readonly number[];
  }[],
): ReadonlyMap<string, number> {
  const ranks = new Map(layers.map(({ path }) => [path, 1]));
  const budget = layers.reduce((sum, { planned }) => sum + planned, 0) - layers.length;
  const wanted = layers
    .flatMap(({ path, ratios }) => ratios.slice(1).map((ratio) => ({ path, ratio })))
    .sort((left, right) => right.ratio - left.ratio);
  for (const { path } of wanted.slice(0, budget)) ranks.set(path, (ranks.get(path) ?? 0) + 1);
  return ranks;
}
