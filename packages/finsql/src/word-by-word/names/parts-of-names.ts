/** Parts of names that tell what a column holds: `profit margin` of net_profit_margin. */
import { singular } from '../../retrieval/words.ts';

/** Words of names that tell nothing by themselves. */
const TELL_NOTHING = new Set(
  'id name code number count no date the of key type value total tbl dim fact t is has flag'
    .split(' ')
    .map(singular),
);

/** Last words of names without which the rest names something else. */
const HEADS = /^(?:fee|rate|limit|premium|since|until|tier)$/;

/** What rates are of, and what is said for them. */
const RATED =
  /^(?:fee|interest|tax|vat|commission|comm|discount|margin|coupon|levy|cost|yield|return|growth|inflation|turnover|overhead)$/;

/** What is meant to be is not what is: hours are no budget_hours. */
const MEANT = /^(?:budget|budgeted|target|planned|forecast|previous|prior)$/;

/** The parts of a name that tell something, the shortest first. @param of the words of its table, which tell nothing more */
export function partsOfName(own: readonly string[], of: ReadonlySet<string>): string[][] {
  const telling = own.filter(
    (word) =>
      !TELL_NOTHING.has(singular(word)) &&
      !of.has(singular(word)) &&
      word.length > 2 &&
      !/^(?:per|for|and|with)$/.test(word),
  );
  const parts: string[][] = [];
  // net_profit_margin: margin, profit margin, net profit.
  for (let size = 1; size < own.length; size++) {
    for (let at = 0; at + size <= own.length; at++) {
      const part = own.slice(at, at + size);
      const isOfMore = [part[0], part.at(-1)].some((word) => word === 'of' || word === 'in');
      // A withdrawal is no withdrawal fee, and clients are no day since which they are such.
      const isHeadless =
        at + size < own.length &&
        HEADS.test(own.at(-1) ?? '') &&
        !(own.at(-1) === 'rate' && RATED.test(part.at(-1) ?? ''));
      const isMeant =
        own.some((word) => MEANT.test(word)) && !part.some((word) => MEANT.test(word));
      if (!isOfMore && !isHeadless && !isMeant && part.some((word) => telling.includes(word)))
        parts.push(part);
    }
  }
  return parts;
}
