/**
 * The trimming of TIES (Yadav et al. 2023, arXiv 2306.01708, step 1): the k = ⌊density·n⌋ entries of
 * largest magnitude stay, the others become 0. Of equal ones the first stay.
 */
export function pruneByMagnitude(values: Float64Array, density: number): Float64Array {
  if (density >= 1) return values;
  const kept = Math.floor(density * values.length);
  const magnitudes = values.map(Math.abs).sort();
  const limit = magnitudes[values.length - kept] ?? Number.POSITIVE_INFINITY;
  let above = 0;
  for (const magnitude of magnitudes) if (magnitude > limit) above++;
  let atLimit = kept - above;
  return values.map((value) => {
    const magnitude = Math.abs(value);
    return magnitude > limit || (magnitude === limit && atLimit-- > 0) ? value : 0;
  });
}
