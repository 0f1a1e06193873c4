/** What is known of a number before there is data: a bell curve. */
export interface Bell {
  readonly mean: number;
  readonly sd: number;
}

/** −log of its density, but for a constant. */
export function surprise(value: number, { mean, sd }: Bell): number {
  return (value - mean) ** 2 / (2 * sd ** 2);
}
