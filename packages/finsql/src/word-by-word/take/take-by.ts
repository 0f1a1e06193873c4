/** `by`: groups, or what rows are ordered by. */
import { findTable } from '../../schema/schema.ts';
import { isPartOf } from '../columns/part-of.ts';
import { hasLabel, holdsDays, isDay, isLabel, isQuantity } from '../columns/schema-columns.ts';
import { ahead, behind, isListing, isOrderAhead, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, columnIn, type Item, isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/** 按用途统计…，从多到少: what is listed comes before the order. */
function isGroupAhead(state: ParseState): boolean {
  const words = ahead(state).filter((one) =>
    isWord(one, 'list', 'how-many', 'top', 'sort', 'descending', 'ascending', 'extreme'),
  );
  return isWord(words[0], 'list', 'how-many');
}

/** Whether a day stands behind a period, of a table that has several. */
function tellsDay(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said, schema } = state;
  const days = (findTable(schema, ref.table)?.columns ?? []).filter(holdsDays);
  const isSaidOf = asked.periods.length === 1 && said.periodOf === undefined;
  // `spend by estate in 2025 (by date reported)`.
  const isGrouped = asked.groups.length > 0;
  const isOpen = said.eachPeriod === undefined && !said.sorts;
  return (
    isSaidOf &&
    isOpen &&
    (days.length > 1 || isGrouped) &&
    isDay(state, ref) &&
    asked.order === undefined
  );
}

/** Whether a value is the kind of those that rows belong to, who have names. */
function isKindOfOwners(state: ParseState, { table, column }: ColumnRef): boolean {
  const { asked, links } = state;
  const rows = [...asked.shown.flatMap((item) => columnIn(item)?.table ?? []), asked.thing];
  const [first] = rows.filter((one) => one !== undefined);
  const isOfOwners = first !== undefined && isPartOf(links, first, table);
  return isOfOwners && hasLabel(state, table) && !isLabel(state, { table, column });
}

/** `top 5 by size`; `average salary by department`. */
export function takeBy(state: ParseState): void {
  const { asked, said, chinese } = state;
  const [next, ...more] = ahead(state);
  // `payments by cheque`, `booked by Smith`.
  if (!chinese && next?.kind === 'value' && said.top === undefined && !said.sorts) {
    // `recovered so far by agency`.
    const isFigure = (item: Item) => !isMeasure(item) && isQuantity(state, item);
    if (asked.thing === undefined && asked.shown.some(isFigure)) unread('by a kind, or of each');
    // `deals by German clients`, `given by foundations`: those who did it.
    const areThose = next.plural === true || /^(?:table|value)$/.test(more[0]?.kind ?? '');
    if (areThose || !isKindOfOwners(state, next)) return;
    // `fees by bank`, of parties some of which are banks.
    const isMeasured = asked.shown.some(isMeasure) || said.calls.length > 0 || asked.counting;
    if (!isMeasured) unread('by a kind, or of each');
    said.grouping = true;
    return;
  }
  // `members who pay by direct debit`.
  if (!chinese && next?.kind === 'flag' && isWord(behind(state), 'money')) return;
  if (!chinese && next?.kind === 'column' && tellsDay(state, next)) {
    // `... in 2024, by trade date`, where there are other days.
    if (!isWord(behind(state), 'and') && asked.groups.length === 0)
      unread('by which day, or of each');
    state.at++;
    said.periodOf = { table: next.table, column: next.column };
    return;
  }
  // `by mileage, highest first`.
  const beyond = more.find((one) => !isWord(one, 'and'));
  const isDirected =
    isWord(behind(state), 'descending', 'ascending', 'days-first') ||
    (isWord(beyond, 'descending', 'ascending', 'days-first') &&
      next?.kind === 'column' &&
      !asked.counting &&
      (isListing(state) || isQuantity(state, next)) &&
      !asked.shown.some(isMeasure));
  const isOrder =
    (!chinese && isDirected) ||
    (chinese && isOrderAhead(state) && !isGroupAhead(state)) ||
    said.sorts ||
    said.top !== undefined ||
    said.extreme !== undefined ||
    asked.limit !== undefined;
  if (isOrder) said.sorting = true;
  else said.grouping = true;
}
