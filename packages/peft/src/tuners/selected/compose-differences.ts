/** Several sparse differences as one: language + task (Ansell et al. 2022, arXiv 2110.07560, §3). */
import type { TensorData } from '../../io/safetensors.ts';
import type { LanguageModel } from '../../model/language-model.ts';
import type { SavedState } from '../load-variables.ts';
import { baseParameters } from './base-parameters.ts';
import {
  addDifferences,
  differenceTensors,
  readDifference,
  type SparseDifference,
} from './sparse-difference.ts';

/**
 * Adds what selective adapters changed, entry by entry; the order does not matter for two.
 * @param saved tensors of adapters of this base, as `readAdapter` or `adapterState` gives them
 * @returns the tensors of one adapter, for `load` of any selective method or `writeAdapter`
 * @throws PeftError 'mismatch' when one of them is not a difference of this model
 */
export function composeDifferences(
  model: LanguageModel,
  saved: readonly SavedState[],
): Map<string, TensorData> {
  const parameters = new Map(
    baseParameters(model).map((parameter) => [parameter.name, parameter] as const),
  );
  const sum = saved
    .map((state) => readDifference(state, parameters))
    .reduce<SparseDifference>(addDifferences, new Map());
  return differenceTensors(sum);
}
