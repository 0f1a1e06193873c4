/** Adapters that train whole parameters; they are saved whole, under their Hugging Face names. */
import type { LanguageModel } from '../../model/language-model.ts';
import type { Adapter } from '../tuner.ts';
import { baseParameters, type NamedParameter } from './base-parameters.ts';
import { DenseWeights } from './dense-weights.ts';

/** @param own what the method itself does while training */
export function denseAdapter(
  model: LanguageModel,
  config: Readonly<Record<string, unknown>> & { readonly base_model_name_or_path: string | null },
  parameters: readonly NamedParameter[],
  own: Pick<Adapter, 'adjust' | 'progress'> = {},
): Adapter {
  // A block may be trained, and one of its modules be named besides: each once, and of one list of tensors.
  const all = new Map(baseParameters(model).map((parameter) => [parameter.name, parameter]));
  const named = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const distinct = [...named.values()].map((parameter) => all.get(parameter.name) ?? parameter);
  const weights = new DenseWeights(distinct);
  return {
    config,
    training: false,
    parameters: () => weights.parameters,
    state: () => weights.state(),
    load: (state) => weights.load(state),
    merge: () => weights.freeze(true),
    unmerge: () => weights.freeze(false),
    detach: () => weights.detach(),
    ...own,
  };
}
