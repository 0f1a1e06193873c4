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
  const classes = language[0]?.length ?? 1;
  const result = tabular.map(
    (p, i) =>
      Math.log(Math.max(p, 1e-9)) +
      weight * (language[Math.floor(i / classes)]?.[i % classes] as number),
  );
  for (let i = 0; i < result.length; i += classes) softmaxInPlace(result.subarray(i, i + classes));
  return result;
}
