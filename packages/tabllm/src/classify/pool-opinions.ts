/**
 * Two opinions as one, a logarithmic pool: log p = log p_table + w · log p_language, normalised. With
 * two classes: the log-odds of the table plus w times those of the language model.
 */
import { softmaxInPlace } from '../baseline/softmax.ts';

/** @param language log-scores [rows][classes] */
export function poolOpinions(
  tabular: Float64Array,
  language: readonly (readonly number[])[],
  weight: number,
): Float64Array {
  return poolLogScores(tabular, language.flat(), { classes: language[0]?.length ?? 1, weight });
}

/** @param tabular probabilities [rows, K] @param language log-scores [rows, K] */
export function poolLogScores(
  tabular: Float64Array,
  language: ArrayLike<number>,
  { classes, weight }: { readonly classes: number; readonly weight: number },
): Float64Array {
  const result = tabular.map((p, i) => logOf(p) + weight * (language[i] as number));
  for (let i = 0; i < result.length; i += classes) softmaxInPlace(result.subarray(i, i + classes));
  return result;
}

/** The logarithm of a probability, of 0 that of a billionth. */
export function logOf(probability: number): number {
  return Math.log(Math.max(probability, 1e-9));
}
