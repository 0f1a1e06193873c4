/** When what was said is done, asked for at the end: `tenants who have left, and when`. */
import { hasLabel, isDay } from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, columnOn, isMeasure } from '../model/reading.ts';
import { labelsOfRows } from './row-labels.ts';

/** Shows the day of it beside what the rows are called by; whether it is so. */
export function showsWhenDone(state: ParseState): boolean {
  const { asked, said } = state;
  const isLast = ahead(state).every((one) => isWord(one, 'noise', 'copula'));
  const isBeside = isWord(behind(state), 'and') && isLast && !state.chinese;
  const day = dayDone(state);
  const isMeasured = asked.counting || said.calls.length > 0 || asked.shown.some(isMeasure);
  if (!isBeside || day === undefined || isMeasured || asked.groups.length > 0) return false;
  const thing = asked.thing ?? day.table;
  if (asked.shown.length === 0) {
    if (!hasLabel(state, thing)) return false;
    asked.shown.push(...labelsOfRows(state, thing));
  }
  asked.thing = thing;
  asked.who = false;
  asked.shown.push(day);
  return true;
}

/** The day of the last thing that was said to be done; else the one that a period was said of. */
function dayDone(state: ParseState): ColumnRef | undefined {
  const { asked, said } = state;
  const held = asked.conditions.findLast((one) => one.kind === 'stored' && !one.not);
  const column = held && columnOn(held);
  return column !== undefined && isDay(state, column) ? column : said.periodOf;
}
