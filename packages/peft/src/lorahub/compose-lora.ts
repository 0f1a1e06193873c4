/**
 * LoRAHub's composition (Huang et al. 2023, arXiv 2307.13269, eq. 1): A = Σ wᵢ·Aᵢ and B = Σ wᵢ·Bᵢ,
 * tensor by tensor, so the correction is (Σ wᵢ·Bᵢ)·(Σ wᵢ·Aᵢ), cross terms included; w and −w give the
 * same model. The rank stays what it was.
 */
import { PeftError } from '../errors.ts';
import type { TensorData } from '../io/safetensors.ts';
import type { Text } from '../translated.ts';

/** The tensors of a saved adapter by name. */
export type AdapterTensors = ReadonlyMap<string, TensorData>;

/**
 * The composed tensors.
 * @param names of the modules, for messages; default their number
 * @throws PeftError 'mismatch' naming every module whose keys or shapes are not the first one's
 */
export function composeLora(
  states: readonly AdapterTensors[],
  weights: readonly number[],
  names: readonly string[] = states.map((_, i) => `module ${i + 1}`),
): Map<string, TensorData> {
  expectAlike(states, names, weights);
  const composed = new Map<string, TensorData>();
  for (const [key, { shape, data }] of states[0] as AdapterTensors) {
    const sum = new Float64Array(data.length);
    for (const [i, state] of states.entries()) {
      const weight = weights[i] as number;
      const part = state.get(key)?.data as Float32Array;
      for (let at = 0; at < sum.length; at++) {
        sum[at] = (sum[at] as number) + weight * (part[at] as number);
      }
    }
    composed.set(key, { shape, data: Float32Array.from(sum) });
  }
  return composed;
}

/**
 * @param weights of a composition; there must be one for each module
 * @throws PeftError 'mismatch' naming every module whose keys or shapes are not the first one's
 */
export function expectAlike(
  states: readonly AdapterTensors[],
  names: readonly string[],
  weights: readonly number[] = states.map(() => 0),
): void {
  const problems: Text[] = [];
  const [first, ...others] = states;
  if (first === undefined) {
    problems.push({ en: 'there is no module to compose', zh: '没有可组合的适配器' });
  }
  if (weights.length !== states.length) {
    problems.push({
      en: `expected ${states.length} weights, got ${weights.length}`,
      zh: `应有 ${states.length} 个权重，实际有 ${weights.length} 个`,
    });
  }
  for (const [i, state] of others.entries()) {
    const name = names[i + 1];
    for (const [key, { shape }] of first ?? []) {
      const other = state.get(key)?.shape;
      if (other === undefined) {
        problems.push({ en: `${name}: ${key} is missing`, zh: `${name}：缺少 ${key}` });
      } else if (other.join() !== shape.join()) {
        problems.push({
          en: `${name}: ${key} has shape [${other}], in ${names[0]} it is [${shape}]`,
          zh: `${name}：${key} 的形状是 [${other}]，在 ${names[0]} 中是 [${shape}]`,
        });
      }
    }
    for (const key of state.keys()) {
      if (first?.has(key)) continue;
      problems.push({
        en: `${name}: ${key} is not in ${names[0]}`,
        zh: `${name}：${names[0]} 中没有 ${key}`,
      });
    }
  }
  if (problems.length === 0) return;
  throw new PeftError(
    'mismatch',
    {
      en: 'LoRAHub composes modules with the same tensors, of the same rank and targets',
      zh: 'LoRAHub 只能组合张量、秩和目标模块都相同的适配器',
    },
    { problems },
  );
}
