/**
 * Which algorithm to take, by nevergrad's competence map Shiwa (Liu et al. 2020, arXiv 2004.14014)
 * for deterministic, continuous problems:
 *   evaluations < 30·dimension, one worker:  COBYLA up to 30 dimensions, (1+1) beyond
 *   otherwise:                               CMA-ES; (1+1) in one dimension, DE beyond 2000
 * LoRAHub's setting (20 modules, 40 evaluations) is COBYLA. Where nevergrad turns to a one-shot design
 * (more workers than a fifth of the budget) this takes DE, whose first generation is one; where it
 * lets Powell's method follow CMA-ES (beyond 6000 evaluations) this stays with CMA-ES.
 */
export type AlgorithmName = 'cobyla' | 'one-plus-one' | 'cma-es' | 'differential-evolution';

/**
 * The algorithm for a problem.
 * @param problem.workers points evaluated at the same time, default 1
 */
export function shiwa(problem: {
  readonly dimension: number;
  readonly budget: number;
  readonly workers?: number;
}): AlgorithmName {
  const { dimension, budget, workers = 1 } = problem;
  if (workers > 1 && workers > budget / 5) return 'differential-evolution';
  if (workers === 1 && budget < 30 * dimension) {
    return dimension > 30 ? 'one-plus-one' : 'cobyla';
  }
  if (dimension > 2000) return 'differential-evolution';
  return dimension > 1 ? 'cma-es' : 'one-plus-one';
}
