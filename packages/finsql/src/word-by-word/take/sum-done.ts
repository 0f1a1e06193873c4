/** What is done, as an amount: `total refunded because of fraud`, `how much was disbursed in 2025`. */
import { soleAmount } from '../columns/schema-columns.ts';
import { type ParseState, periodsSaid } from '../model/parse-state.ts';
import type { ColumnRef } from '../model/reading.ts';
import { isTable } from '../model/reading.ts';

/** Adds up the one amount of the rows that it is done with; whether it is so. */
export function sumsDone(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said, chinese } = state;
  const [call, ...more] = said.calls;
  const isSum = call === 'sum' && more.length === 0;
  const isAsked = asked.asks === 'how-much' && call === undefined;
  const isOther = asked.thing !== undefined && !isTable(asked.thing, ref.table);
  const isUsed =
    said.sign !== undefined || said.extreme !== undefined || said.without || said.negated;
  if (chinese || isOther || isUsed || said.grouping || !(isSum || isAsked)) return false;
  if (asked.shown.length > 0 || asked.counting || asked.who || periodsSaid(state) > 1) return false;
  said.calls = [];
  if (periodsSaid(state) === 1 || said.eachPeriod !== undefined) said.periodOf = ref;
  asked.tables.push(ref.table);
  asked.shown.push({ call: 'sum', of: soleAmount(state, ref.table) });
  return true;
}
