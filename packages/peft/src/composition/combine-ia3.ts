/**
 * Combines (IA)³ adapters: l = Σ wᵢ·lᵢ, vector by vector. A module that an adapter lacks is one that it
 * leaves alone: its vector there is 1 (HF-PEFT counts it as 0, which is computed for `compat`).
 */
import type { StoredAdapter } from '../io/adapter-files.ts';
import type { TensorData } from '../io/safetensors.ts';
import type { Text } from '../translated.ts';
import type { CombineConfig } from './combine-config.ts';
import type { NamedAdapter } from './named-adapter.ts';
import { weightedSum } from './weighted-sum.ts';

const NAME = /^(?:base_model\.model\.)?(.*)\.ia3_l$/;

/**
 * The combined adapter.
 * @param problems receives a line for everything that does not fit; with any, the result is null
 */
export function combineIa3(
  adapters: readonly NamedAdapter[],
  weights: readonly number[],
  { compat }: CombineConfig,
  problems: Text[],
): StoredAdapter | null {
  const keys = [...new Set(adapters.flatMap(({ tensors }) => [...tensors.keys()]))].sort();
  const tensors = new Map<string, TensorData>();
  for (const key of keys) {
    if (!NAME.test(key)) {
      problems.push({ en: `${key} is no (IA)³ vector`, zh: `${key} 不是 (IA)³ 的向量` });
    }
    const vectors = adapters.map((adapter) => adapter.tensors.get(key));
    const shapes = new Set(vectors.flatMap((vector) => (vector ? [`[${vector.shape}]`] : [])));
    if (shapes.size > 1) {
      problems.push({
        en: `${key}: different shapes, ${[...shapes].join(' and ')}`,
        zh: `${key}：形状不同：${[...shapes].join('、')}`,
      });
    }
    const { shape, data } = vectors.find((vector) => vector !== undefined) as TensorData;
    const untouched = new Float64Array(data.length).fill(compat ? 0 : 1);
    const values = vectors.map((vector) => (vector ? Float64Array.from(vector.data) : untouched));
    if (problems.length > 0) continue;
    tensors.set(key, { shape, data: Float32Array.from(weightedSum(values, weights)) });
  }
  if (problems.length > 0) return null;
  return {
    config: { ...adapters[0]?.config, ...modules(adapters, tensors), inference_mode: true },
    tensors,
  };
}

/** The rule of all adapters where it is one, otherwise every module by its path. */
function modules(
  adapters: readonly NamedAdapter[],
  tensors: ReadonlyMap<string, TensorData>,
): Record<string, unknown> {
  const rule = ({ config }: NamedAdapter) =>
    JSON.stringify([config.target_modules, config.feedforward_modules, config.exclude_modules]);
  if (new Set(adapters.map(rule)).size === 1) return {};
  const paths = (keys: readonly string[]) => keys.map((key) => key.replace(NAME, '$1'));
  const feedforward = [...tensors].filter(([, { shape }]) => shape[0] === 1);
  return {
    target_modules: paths([...tensors.keys()]),
    feedforward_modules: paths(feedforward.map(([key]) => key)),
    exclude_modules: null,
  };
}
