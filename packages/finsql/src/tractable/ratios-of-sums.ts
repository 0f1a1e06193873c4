/** `cost per click`, `charged over due`: of groups and of all rows a quotient of sums, and of each row its own. */
import { isListing, type ParseState } from './parse-state.ts';
import { type ColumnRef, columnIn, type Item, isMeasure, isTable, type Measure } from './reading.ts';
import { isKey, isLabel } from './schema-columns.ts';

/** Makes quotients of sums of those that are told of many rows. */
export function sumRatios(state: ParseState): void {
  const { asked } = state;
  const isRatio = (item: Item) => columnIn(item)?.ofSums === true;
  if (!asked.shown.some(isRatio)) return;
  const areRows = isOfRows(state);
  const settled = (item: Item): Item => {
    const ref = columnIn(item);
    if (ref === undefined || !isRatio(item)) return item;
    if (isMeasure(item)) return item.call === 'avg' ? ofSums(ref) : item;
    return areRows ? item : ofSums(ref);
  };
  asked.shown = asked.shown.map(settled);
  if (asked.order !== undefined && !areRows) {
    asked.order = { ...asked.order, by: settled(asked.order.by) };
  }
}

function ofSums({ over, ofSums: _, percent, ...of }: ColumnRef): Measure {
  if (over === undefined) return { call: 'sum', of };
  return { call: 'sum', of, ...(percent ? { percentOf: over } : { perOf: over }) };
}

/** Whether each row is asked for: by its name or number, or as one of those that are listed. */
function isOfRows(state: ParseState): boolean {
  const { asked, said } = state;
  const rows = columnIn(asked.shown.at(-1) ?? { call: 'count' })?.table;
  const isOwn = (one: ColumnRef) =>
    isTable(one.table, rows ?? '') && (isLabel(state, one) || isKey(one));
  if (asked.groups.length > 0 || said.eachPeriod !== undefined) {
    return asked.groups.some((group) => isOwn(group) || (group.isThing && isTable(group.table, rows ?? '')));
  }
  return asked.thing !== undefined || isListing(state) || asked.shown.length > 1;
}
