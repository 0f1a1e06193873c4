/**
 * The parameters of a base model as Hugging Face names them, in the order of torch's
 * `named_parameters`. Each one is some rows of a stored tensor (q, k and v lie in one).
 */
import type { Tensor } from '@tensorflow/tfjs';
import { PeftError } from '../../errors.ts';
import { type BaseTensor, baseTensors } from '../../model/base-tensors.ts';
import type { LanguageModel } from '../../model/language-model.ts';
import { sliceRows } from '../../tensors/sparse-rows.ts';
import { chosenLayers, matches, type TargetRule } from '../target-modules.ts';

export interface NamedParameter {
  /** `model.layers.0.self_attn.q_proj.weight` */
  readonly name: string;
  /** [out, in] or [size] */
  readonly shape: readonly number[];
  readonly size: number;
  readonly tensor: BaseTensor;
  /** First row in the stored tensor; first entry of a vector. */
  readonly start: number;
  /** Flat position of the first entry in the stored tensor. */
  readonly offset: number;
}

/** Which parameters a method may choose from; `target_modules` null means every one. */
export type ParameterRule = Omit<TargetRule, 'target_modules'> & {
  readonly target_modules: TargetRule['target_modules'] | null;
};

/** torch's order inside a block; a weight stands before its bias. */
const ORDER = [
  'self_attn.q_proj',
  'self_attn.k_proj',
  'self_attn.v_proj',
  'self_attn.o_proj',
  'mlp.gate_proj',
  'mlp.up_proj',
  'mlp.down_proj',
  'input_layernorm',
  'post_attention_layernorm',
];

/** Every parameter. */
export function baseParameters(model: LanguageModel): readonly NamedParameter[] {
  const parameters = baseTensors(model).flatMap((tensor) => {
    const rest = tensor.tensor.shape.slice(1);
    const width = rest.reduce((product, length) => product * length, 1);
    return tensor.parts.map(
      ({ name, start, size }): NamedParameter => ({
        name,
        shape: [size, ...rest],
        size: size * width,
        tensor,
        start,
        offset: start * width,
      }),
    );
  });
  const layers = model.blocks.length;
  const rank = ({ name, tensor: { kind, layer } }: NamedParameter): number => {
    const block = layer ?? (kind === 'embedding' ? -1 : layers);
    const module = ORDER.findIndex((suffix) => modulePath(name).endsWith(suffix));
    return (block * ORDER.length + Math.max(0, module)) * 2 + Number(kind === 'bias');
  };
  // Stable: the final norm and then the head keep their order at the end.
  return [...parameters].sort((a, b) => rank(a) - rank(b));
}

/**
 * The parameters that a rule names, by the path of their module.
 * @throws PeftError 'bad-config' when it names none
 */
export function parameterPool(
  model: LanguageModel,
  rule: ParameterRule,
): readonly NamedParameter[] {
  const all = baseParameters(model);
  const wanted = chosenLayers(rule.layers_to_transform);
  const pool = all.filter(({ name, tensor: { kind, layer } }) => {
    const path = modulePath(name);
    if (rule.exclude_modules && matches(path, rule.exclude_modules)) return false;
    if (wanted && !(layer !== null && wanted.has(layer))) return false;
    if (rule.target_modules === null) return true;
    if (rule.target_modules === 'all-linear') return kind === 'weight' || kind === 'bias';
    return matches(path, rule.target_modules);
  });
  if (pool.length > 0) return pool;
  const names = new Set(all.map(({ name }) => modulePath(name).replace(/^.*\./, '')));
  throw new PeftError('bad-config', {
    en: `target_modules ${JSON.stringify(rule.target_modules)} matches no module of ${model.name} (after exclude_modules and layers_to_transform); they are called ${[...names].join(', ')}`,
    zh: `target_modules ${JSON.stringify(rule.target_modules)} 与 ${model.name} 的模块都不匹配（已应用 exclude_modules 和 layers_to_transform），各模块的名称：${[...names].join('、')}`,
  });
}

/** The stored tensors of some parameters, each with those of its parameters, by position. */
export function byTensor(
  parameters: readonly NamedParameter[],
): ReadonlyMap<BaseTensor, readonly NamedParameter[]> {
  const groups = new Map<BaseTensor, NamedParameter[]>();
  for (const parameter of [...parameters].sort((a, b) => a.start - b.start)) {
    const group = groups.get(parameter.tensor);
    if (group) group.push(parameter);
    else groups.set(parameter.tensor, [parameter]);
  }
  return groups;
}

/**
 * The parameters of whole modules; a head that is tied to the embedding is the embedding.
 * @throws PeftError 'bad-config' for a name that no module has
 */
export function wholeModules(
  model: LanguageModel,
  names: readonly string[] | null,
): readonly NamedParameter[] {
  const tied = model.head === model.embedding;
  const own = (names ?? []).map((name) => (tied && name === 'lm_head' ? 'embed_tokens' : name));
  const found = own.flatMap((name) => parameterPool(model, { target_modules: [name] }));
  return [...new Map(found.map((parameter) => [parameter.name, parameter])).values()];
}

/** The rows of a parameter in its stored tensor, or in the gradient of that. */
export function parameterRows(stored: Tensor, { start, shape }: NamedParameter): Tensor {
  return sliceRows(stored, start, shape[0] as number);
}

/** `model.layers.0.self_attn.q_proj` of its weight or bias. */
export function modulePath(name: string): string {
  return name.slice(0, name.lastIndexOf('.'));
}
