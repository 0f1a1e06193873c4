/** Words for measures, as they say what they measure: 佣金总额, `number of orders`, 平均每笔. */
import { countsBesideFigures } from './count-beside-figures.ts';
import { countsHeld, totalsBeside } from './han-clauses.ts';
import { orderByCount } from './order-rows.ts';
import { behind, type ParseState } from './parse-state.ts';
import { isWord, type WordMeaning } from './phrase.ts';
import { expectOwnColumn } from './take-figure.ts';
import { expectBehind, isFigureAhead, takeMeasure } from './take-measure.ts';
import { unread } from './unread.ts';

/** Rows are counted, or a measure is taken of what comes next. @throws Unread where what it measures is not what stands beside it */
export function takeMeasureWord(
  state: ParseState,
  word: Extract<WordMeaning, { readonly word: 'measure' }>,
): void {
  // `repair spend`; `expenditure budget` is none.
  if (word.noun && behind(state)?.kind !== 'table') unread('spending of what');
  if (word.behind && totalsBeside(state)) return;
  if (word.behind) expectBehind(state);
  if (word.ofRows) expectOwnColumn(state);
  if (word.ofMost && !isWord(behind(state), 'extreme')) unread('an amount of what');
  if (word.call === 'count' && (orderByCount(state) || countsHeld(state))) return;
  if (word.call === 'count' && countsBesideFigures(state, word.ofThings === true)) return;
  takeMeasure(state, word.total && isFigureAhead(state) ? 'sum' : word.call);
}
