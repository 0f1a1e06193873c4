/** The unit in which a column holds amounts, as its comment gives it: 注册资本（万元）, `pay in thousand USD`. */
import { unitOf } from '../explain/units.ts';
import type { Column } from '../schema/schema.ts';

const SIZES: ReadonlyMap<string, number> = new Map([
  ['百', 1e2],
  ['千', 1e3],
  ['万', 1e4],
  ['亿', 1e8],
  ['十', 10],
  ['hundred', 1e2],
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
]);
/** What is a part of a whole, or a part of the unit that amounts are said in. */
const NO_AMOUNT = /[%％‰分]|基点|\b(?:cents?|percent\w*|points?)\b/;

/** What an amount is multiplied by to be compared with the column; undefined where its comment has no unit. */
export function unitScale({ comment }: Pick<Column, 'comment'>): number | undefined {
  // The end of a name, `_usd`, tells the currency and no size.
  const unit = unitOf({ name: '', comment }, 'en');
  if (unit === undefined || NO_AMOUNT.test(unit)) return undefined;
  const sizes = [...unit.matchAll(/[十百千万亿]|hundred|thousand|million|billion|trillion/g)];
  const size = sizes.reduce((product, [word]) => product * (SIZES.get(word) ?? 1), 1);
  return Number((1 / size).toPrecision(12));
}
