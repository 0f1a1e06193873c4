/** The dates, amounts and percentages of a question in normal form. */
import { type Amount, type Percentage, readAmounts } from './quantities/amounts.ts';
import { type Period, readPeriods } from './quantities/periods.ts';

export type { Amount, Percentage, Period };

export type Quantity = Amount | Percentage | Period;

/**
 * Reads the quantities of a text, English or Chinese, in their order.
 * @param today reference day of `last year` and the like, as `2025-01-31`; default: the current day
 */
export function readQuantities(
  text: string,
  today: string = new Date().toISOString().slice(0, 10),
): Quantity[] {
  const periods = readPeriods(text, today);
  const inPeriod = (at: number) =>
    periods.some((period) => at >= period.at && at < period.at + period.text.length);
  const amounts = readAmounts(text).filter(({ at }) => !inPeriod(at));
  return [...periods, ...amounts].sort((a, b) => a.at - b.at);
}

/** The normal form as text: a number, a percentage, a day, or the first and last day of a period. */
export function quantityText(quantity: Quantity): string {
  if (quantity.kind === 'amount') return String(quantity.value);
  if (quantity.kind === 'percentage') return `${quantity.value} %`;
  return quantity.from === quantity.to ? quantity.from : `${quantity.from} … ${quantity.to}`;
}
