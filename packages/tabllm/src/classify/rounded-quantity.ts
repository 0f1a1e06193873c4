/** A float64 has no more. */
const MOST = 15;

/**
 * A predicted quantity in as many digits as say something: six, and more where all that differs lies behind them,
 * as among points in time of one day.
 * @param scale standard deviation of the labels @param digits in place of six
 */
export function roundedQuantity(value: number, scale: number, digits = 6): number {
  const ofSpread = digits - 1 + orderOf(value) - orderOf(scale);
  return Number(value.toPrecision(Math.max(digits, Math.min(MOST, ofSpread))));
}

/** The power of ten of a number's first digit. */
function orderOf(value: number): number {
  return value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
}
