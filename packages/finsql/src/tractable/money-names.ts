/** What is paid, by the first words of its column: `overtime pay` for overtime_cents, `base salary` for base_amt. */
import { isNumber } from '../calibrate/asked-columns.ts';
import type { Column } from '../schema/schema.ts';

/** Last words of names that say in what money is counted. */
const UNIT = /^(?:cents?|pence|usd|eur|gbp|chf|cny|k|mn|musd|keur|kusd|amount|pay)$/;
/** Those that are no word for what is counted. */
const PLAIN_UNIT = /^(?:cents?|pence|usd|eur|gbp|chf|cny|k|mn|musd|keur|kusd)$/;
/** Of what people are paid. */
const OF_PAY = /^(?:base|basic|overtime|regular|gross|net|bonus)$/;

/** @param own the words of the column's name */
export function moneyNames(column: Column, own: readonly string[]): string[] {
  const isInUnit = own.length > 1 && UNIT.test(own.at(-1) ?? '');
  const rest = isInUnit ? own.slice(0, -1) : own;
  const isOfPay = rest.length === 1 && OF_PAY.test(rest[0] ?? '');
  if (!isNumber(column) || (!isInUnit && !isOfPay)) return [];
  const nouns = ['amount', 'cost', ...(isOfPay ? ['pay', 'salary', 'wage', 'payment'] : [])];
  return nouns.map((noun) => [...rest, noun].join(' '));
}

/** `limit` for limit_k, `market value` for market_value_usd: what is counted, without the unit. */
export function unitless(column: Column, own: readonly string[]): string[] {
  const isInUnit = own.length > 1 && PLAIN_UNIT.test(own.at(-1) ?? '');
  return isInUnit && isNumber(column) ? [own.slice(0, -1).join(' ')] : [];
}

/** `amount raised`, `money raised`, `appraised value` for a column of numbers that is called raised, or raised_cents. */
export function amountsDone(column: Column, own: readonly string[]): string[] {
  const isInUnit = own.length > 1 && PLAIN_UNIT.test(own.at(-1) ?? '');
  const bare = isInUnit ? own.slice(0, -1) : own;
  const [done = '', ...more] = bare;
  if (
    !isNumber(column) ||
    more.length > 0 ||
    !/^[a-z]{3,}ed$|^(?:paid|spent|drawn|lent|sent|sold|kept|held|due)$/.test(done)
  )
    return [];
  return [
    ...(isInUnit ? [done] : []),
    ...['amount', 'money', 'sum'].map((noun) => `${noun} ${done}`),
    ...['amount', 'sum', 'value'].map((noun) => `${done} ${noun}`),
  ];
}
