/** Money that changes hands: `total paid`, `customers who spent more than 1,000`. */
import { ahead, isListing, type ParseState } from './parse-state.ts';
import { isWord } from './phrase.ts';
import { isMeasure } from './reading.ts';
import { addsUp, isNumber } from './schema-columns.ts';
import { unread } from './unread.ts';

/** `total paid`, `how much we spent`; `VAT we charged` is added up, unless the amounts are to be listed. */
export function takeMoney(state: ParseState): void {
  const { asked, said } = state;
  if (said.calls.length > 0 || asked.asks === 'how-much') return;
  const [only, ...more] = asked.shown;
  // `customers who spent more than 1,000`.
  const isOfThings = asked.thing !== undefined || asked.conditions.length > 0;
  if (only === undefined && isOfThings && isWord(ahead(state)[0], 'compare')) {
    said.calls = ['sum'];
    return;
  }
  if (only === undefined) unread('money of no sum');
  if (isMeasure(only) || more.length > 0 || isListing(state)) return;
  if (isNumber(state, only) && addsUp(only)) asked.shown = [{ call: 'sum', of: only }];
}
