/** What is paid, by the first words of its column: `overtime pay` for overtime_cents, `base salary` for base_amt. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import type { Column } from '../../schema/schema.ts';
import { nounsOfDoing } from './name-words.ts';

/** Last words of names that say in what money is counted. */
const UNIT = /^(?:cents?|pence|usd|eur|gbp|chf|cny|k|mn|musd|keur|kusd|lakhs?|crores?|kg)$/;
/** Others that stand last, and are words for what is counted. */
const COUNTED = /^(?:amount|pay)$/;
/** Of what people are paid. */
const OF_PAY = /^(?:base|basic|overtime|regular|gross|net|bonus)$/;

/** @param own the words of the column's name */
export function moneyNames(column: Column, own: readonly string[]): string[] {
  const bare = withoutUnit(own);
  const isCounted = bare === own && own.length > 1 && COUNTED.test(own.at(-1) ?? '');
  const rest = isCounted ? own.slice(0, -1) : bare;
  const isOfPay = rest.length === 1 && OF_PAY.test(rest[0] ?? '');
  if (!isNumber(column) || (rest === own && !isOfPay)) return [];
  const nouns = ['amount', 'cost', ...(isOfPay ? ['pay', 'salary', 'wage', 'payment'] : [])];
  return nouns.map((noun) => [...rest, noun].join(' '));
}

/** `limit` for limit_k, `market value` for market_value_usd: what is counted, without the unit. */
export function unitless(column: Column, own: readonly string[]): string[] {
  const bare = withoutUnit(own);
  return bare !== own && isNumber(column) ? [bare.join(' ')] : [];
}

/** `amount raised`, `money raised`, `appraised value` for a column of numbers that is called raised, or raised_cents. */
export function amountsDone(column: Column, own: readonly string[]): string[] {
  const bare = withoutUnit(own);
  const [done = '', ...more] = bare;
  if (
    !isNumber(column) ||
    more.length > 0 ||
    !/^[a-z]{3,}ed$|^(?:paid|spent|drawn|lent|sent|sold|kept|held|due)$/.test(done)
  )
    return [];
  return [
    ...(bare === own ? [] : [done]),
    ...['amount', 'money', 'sum'].map((noun) => `${noun} ${done}`),
    ...['amount', 'sum', 'value'].map((noun) => `${done} ${noun}`),
  ];
}

/** `claim amount` and `reserve` for claimed_amt and amt_reserved: what is done, as a noun. */
export function amountNouns(
  column: Column,
  own: readonly string[],
  of: ReadonlySet<string>,
): string[] {
  const [one = '', other = '', ...more] = own;
  const done = [one, other].find((word) => /^[a-z]{3,}ed$/.test(word)) ?? '';
  const isAmount = more.length === 0 && (one === 'amount' || other === 'amount');
  if (!isNumber(column) || !isAmount || done === '') return [];
  const nouns = [
    ...new Set([
      ...nounsOfDoing(done).filter((noun) => !/(?:ed|ing)$/.test(noun)),
      done.slice(0, -1),
      done.slice(0, -2),
    ]),
  ];
  return nouns.flatMap((noun) => [`${noun} amount`, ...(of.has(noun) ? [] : [noun])]);
}

/** What is asked of money by what is done with it, and the names of columns that hold it. */
const VERBS = [
  { of: /^(?:paid|received|collected)$/, done: ['collected', 'received', 'paid', 'taken in'] },
  {
    of: /^(?:principal|lent|loaned|disbursed)$/,
    done: ['lent', 'lent out', 'loaned', 'disbursed'],
  },
  { of: /^(?:billed|invoiced|charged)$/, done: ['billed', 'invoiced', 'charged'] },
  { of: /^(?:spent|cost)$/, done: ['spent'] },
] as const;

/** `how much came in`, `how much was lent out`: what is added up, told by what is done. */
export function askedByVerbs(column: Column, own: readonly string[]): string[] {
  const [only = '', ...more] = withoutUnit(own);
  if (!isNumber(column) || more.length > 0) return [];
  const done = VERBS.flatMap((one) => (one.of.test(only) ? one.done : []));
  const asked = done.flatMap((verb) =>
    ['was', 'has been', 'was ever'].map((aux) => `how much ${aux} ${verb}`),
  );
  const isComingIn = /^(?:paid|received|collected)$/.test(only);
  return isComingIn ? [...asked, 'how much came in', 'how much has come in'] : asked;
}

/** The words of a name without a unit at their end; the very same ones where there is none. */
export function withoutUnit(own: readonly string[]): readonly string[] {
  return own.length > 1 && UNIT.test(own.at(-1) ?? '') ? own.slice(0, -1) : own;
}
