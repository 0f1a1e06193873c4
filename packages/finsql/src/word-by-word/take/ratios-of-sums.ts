/** `cost per click`, `drawn in percent of the limit`: of groups and of all rows a quotient of sums, and of each row its own. */
import { hasLabel, isKey, isLabel, labelColumns } from '../columns/schema-columns.ts';
import { isListing, type ParseState } from '../model/parse-state.ts';
import {
  type ColumnRef,
  columnIn,
  type Item,
  isMeasure,
  isTable,
  type Measure,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/**
 * Makes quotients of sums of those that are told of many rows.
 * @throws Unread where rows of one table are to be measured by a figure of others that they do not belong to
 */
export function sumRatios(state: ParseState): void {
  const { asked } = state;
  const isRatio = (item: Item) => columnIn(item)?.ofSums === true;
  const [ratio] = asked.shown.filter(isRatio);
  const told = ratio && columnIn(ratio);
  if (told?.over === undefined) return;
  const isOfOwners = !isTable(told.table, told.over.table);
  if (isOfOwners) groupByOwners(state, told.over.table);
  const areRows = !isOfOwners && isOfRows(state, told);
  const settled = (item: Item): Item => {
    const ref = columnIn(item);
    if (ref === undefined || !isRatio(item)) return item;
    if (isMeasure(item)) return item.call === 'avg' && !isOfOwners ? ofSums(ref) : item;
    return areRows ? item : ofSums(ref);
  };
  asked.shown = asked.shown.map(settled);
  if (asked.order !== undefined && !areRows) {
    asked.order = { ...asked.order, by: settled(asked.order.by) };
  }
}

/** The quotient of the sums of both, in percent where the quotient is. */
export function ofSums({ over, ofSums: _, percent, ...of }: ColumnRef): Measure {
  if (over === undefined) return { call: 'sum', of };
  return { call: 'sum', of, ...(percent ? { percentOf: over } : { perOf: over }) };
}

/** Whether each row is asked for: by its name or number, or as one of those that are listed. */
function isOfRows(state: ParseState, { table: rows, percent }: ColumnRef): boolean {
  const { asked, said } = state;
  const isOwn = (one: ColumnRef) => isTable(one.table, rows) && (isLabel(state, one) || isKey(one));
  if (asked.groups.length > 0 || said.eachPeriod !== undefined) {
    return asked.groups.some(
      (group) => isOwn(group) || (group.isThing && isTable(group.table, rows)),
    );
  }
  if (asked.shown.length > 1 || asked.order !== undefined) return true;
  const isAsked = asked.thing !== undefined || isListing(state);
  return isAsked && !percent && hasLabel(state, rows);
}

/** What many rows of a thing come to against a figure of its own is of each such thing. */
function groupByOwners(state: ParseState, owner: string): void {
  const { asked } = state;
  if (asked.groups.some((group) => group.isThing && isTable(group.table, owner))) return;
  const isOther = (item: Item) => !isMeasure(item) && !item.ofSums && !isTable(item.table, owner);
  const isOpen = asked.groups.length === 0 && state.said.eachPeriod === undefined;
  const isOfThem = isTable(asked.thing, owner) && hasLabel(state, owner);
  if (!isOpen || !isOfThem || asked.shown.some(isOther)) unread('figures of other rows');
  asked.groups.push(...labelColumns(state, owner).map((ref) => ({ ...ref, isThing: true })));
}
