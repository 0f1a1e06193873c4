import type { Random } from '../tensors/random.ts';

/**
 * DARE, drop and rescale (Yu et al. 2023, arXiv 2311.03099, eq. 3): each entry stays with probability
 * `density`, divided by it, so that the expectation is the tensor itself.
 */
export function dropAndRescale(
  values: Float64Array,
  density: number,
  random: Random,
): Float64Array {
  if (density >= 1) return values;
  return values.map((value) => (random.next() < density ? value / density : 0));
}
