/** The dates, amounts and percentages of a question in normal form. */
import { FinSqlError } from '../errors.ts';
import { type Amount, type Percentage, readAmounts } from './quantities/amounts.ts';
import { type Period, readPeriods } from './quantities/periods.ts';

export type { Amount, Percentage, Period };

export type Quantity = Amount | Percentage | Period;

/**
 * Reads the quantities of a text, English or Chinese, in their order.
 * @param today reference day of `last year` and the like, as `2025-01-31`; default: the current day
 * @throws FinSqlError `bad-config` for another form of it
 */
export function readQuantities(
  text: string,
  today: string = new Date().toISOString().slice(0, 10),
): Quantity[] {
  if (!isDay(today)) {
    throw new FinSqlError('bad-config', {
      en: `The reference day must be written as 2025-01-31; got ${today}.`,
      zh: `参考日期应写成 2025-01-31 的形式，实际为 ${today}。`,
    });
  }
  const periods = readPeriods(text, today);
  const inPeriod = (at: number) =>
    periods.some((period) => at >= period.at && at < period.at + period.text.length);
  const amounts = readAmounts(text).filter(({ at }) => !inPeriod(at));
  return [...periods, ...amounts].sort((a, b) => a.at - b.at);
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** The normal form as text: a number, a percentage, a day, or the first and last day of a period. */
export function quantityText(quantity: Quantity): string {
  if (quantity.kind === 'amount') return String(quantity.value);
  if (quantity.kind === 'percentage') return `${quantity.value} %`;
  return quantity.from === quantity.to ? quantity.from : `${quantity.from} … ${quantity.to}`;
}
