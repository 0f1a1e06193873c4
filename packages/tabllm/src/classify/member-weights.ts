/**
 * How much models of a mean count. Those that do better on rows they have not seen count more:
 *   w_m ∝ w_m⁰ · exp(−t·loss_m)        loss: log-loss, summed over min(n, 512) held-out rows
 * the weights of pseudo-Bayesian averaging (Geisser and Eddy 1979; Yao et al. 2018), cooled by t, since with
 * few labels the losses themselves are uncertain, and with many the best alone is no better than its mean with
 * the next.
 */

const MOST_COUNTED = 512;
/** Members with less of the weight are left out: they would take their time and change nothing. */
const NEGLIGIBLE = 0.04;

/** Rows whose losses are summed, of so many that say something of their own. */
export function countedRows(told: number): number {
  return Math.min(told, MOST_COUNTED);
}

/** The weights; they sum to 1. @param plan w⁰ @param losses of each member, see above @param cooled t */
export function weightsByLoss(
  plan: readonly number[],
  losses: readonly number[],
  cooled: number,
): number[] {
  const least = Math.min(...losses);
  return sharesOfHeard(
    plan.map((weight, m) => weight * Math.exp(cooled * (least - (losses[m] as number)))),
  );
}

/** The weights of those that are heard beside the others, which sum to 1. */
export function sharesOfHeard(weights: readonly number[]): number[] {
  return sharesOf(sharesOf(weights).map((share) => (share < NEGLIGIBLE ? 0 : share)));
}

export function sharesOf(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
