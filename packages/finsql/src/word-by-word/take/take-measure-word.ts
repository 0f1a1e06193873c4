/** Words for measures, as they say what they measure: 佣金总额, `number of orders`, 平均每笔. */
import { isQuantity } from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { isWord, type WordMeaning } from '../model/phrase.ts';
import { isMeasure, type Measure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { takeAmountBehind } from './amount-behind.ts';
import { countsBesideFigures } from './count-beside-figures.ts';
import { countsHeld, totalsBeside } from './han-clauses.ts';
import { orderByCount } from './order-rows.ts';
import { expectOwnColumn } from './take-figure.ts';
import { expectBehind, isFigureAhead, takeMeasure } from './take-measure.ts';

/** Rows are counted, or a measure is taken of what comes next. @throws Unread where what it measures is not what stands beside it */
export function takeMeasureWord(
  state: ParseState,
  word: Extract<WordMeaning, { readonly word: 'measure' }>,
): void {
  if (word.weight !== undefined) state.said.weight = word.weight;
  // `repair spend`; `expenditure budget` is none.
  if (word.noun && behind(state)?.kind !== 'table') unread('spending of what');
  if (word.behind && totalsBeside(state)) return;
  if (word.behind && takeAmountBehind(state)) return;
  if (word.behind) expectBehind(state);
  if (word.ofRows) expectOwnColumn(state);
  // `sellers to whom money was paid` are asked for, and no sum.
  if (word.money && !state.chinese && isWord(behind(state), 'who')) unread('money of no sum');
  if (word.ofMost && !isWord(behind(state), 'extreme')) unread('an amount of what');
  if (measuresLast(state, word.call)) return;
  if (word.call === 'count' && (orderByCount(state) || countsHeld(state))) return;
  if (word.call === 'count' && countsBesideFigures(state, word.ofThings === true)) return;
  takeMeasure(state, word.total && isFigureAhead(state) ? 'sum' : word.call);
}

/** 欧元中间价在2025年的平均水平: of the one figure that is named before it; whether it is so. */
function measuresLast(state: ParseState, call: Measure['call']): boolean {
  const { asked, said, chinese } = state;
  const [only, ...more] = asked.shown;
  const isLast = ahead(state).every((one) => isWord(one, 'how-much', 'in-unit'));
  const isFree = said.calls.length === 0 && said.extreme === undefined && !said.grouping;
  if (!chinese || !isLast || !isFree || only === undefined || more.length > 0) return false;
  if (call === 'count' || isMeasure(only) || !isQuantity(state, only)) return false;
  if (behind(state)?.kind !== 'period' || asked.order !== undefined) return false;
  asked.shown = [{ call, of: only }];
  return true;
}
