/** A table as what figures are grouped by: `by customer`, `premium written by agent`. */
import { soleKey } from '../../schema/table-keys.ts';
import { isPartOf } from '../columns/part-of.ts';
import { hasLabel, isLabel, isNumber, labelColumns } from '../columns/schema-columns.ts';
import { ahead, behind, isListing, isNothingAsked, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, isMeasure, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { groupBy, isBesideGroup } from './beside-group.ts';
import { isKind } from './group-shown.ts';
import { keyedKinds } from './row-labels.ts';

/** `by customer`; not `by customer Smith`, and not who made what is shown. */
export function asGroup(state: ParseState, table: string): boolean {
  const { said } = state;
  const [next] = ahead(state);
  if (!said.grouping && !isOfFigures(state)) {
    if (state.chinese || !isBesideGroup(state)) return false;
  }
  // 按客户所在省份, `by client segment`: the column tells the groups.
  const isOwn = next?.kind === 'column' && isTable(next.table, table);
  const isMeasuredBefore =
    state.asked.shown.length > 0 || said.calls.length > 0 || state.asked.counting;
  // 各退出方式占多少: of a kind of its rows.
  const isOfKind = next?.kind === 'column' && isKind(state, next) && ahead(state).length > 1;
  const isBefore = state.chinese
    ? isWord(behind(state), 'by') || (isWord(behind(state), 'each') && isOfKind)
    : isWord(behind(state), 'by', 'each') && isMeasuredBefore;
  if (isOwn && isBefore) return true;
  // `each transaction type`, where types are a table, too.
  if (!state.chinese && next?.kind === 'table' && !isTable(next.table, table))
    unread('groups of two tables');
  if (!state.chinese && isOfOtherRows(state, table)) unread('groups of two tables');
  said.grouping = false;
  if ((next?.kind === 'value' && isTable(next.table, table)) || isAgent(state)) return false;
  groupBy(state, nameOfRows(state, table), true);
  return true;
}

/**
 * `by merchant category`, where no merchant has one: right behind the table, a column that its rows have nothing of.
 * What they do is none: `did each analyst rate`.
 */
function isOfOtherRows(state: ParseState, table: string): boolean {
  const [next] = ahead(state);
  if (next?.kind !== 'column' || next.done === true || isTable(next.table, table)) return false;
  return !isPartOf(state.links, table, next.table);
}

/** What rows are called by, or their key. @throws Unread where they have neither */
export function nameOfRows(state: ParseState, table: string): ColumnRef[] {
  const key = soleKey(state.schema, table);
  if (hasLabel(state, table) || key === undefined) {
    const labels = labelColumns(state, table);
    return (state.chinese ? undefined : keyedKinds(state, table, labels)) ?? labels;
  }
  return [{ table, column: key }];
}

/** `premium written by agent`: figures are of each, where none is named. */
function isOfFigures(state: ParseState): boolean {
  const { shown } = state.asked;
  const by = behind(state);
  const isBy = isWord(by, 'preposition') && by.by === true;
  const areFigures = shown.every((item) => isMeasure(item) || isNumber(state, item));
  return isBy && shown.length > 0 && areFigures && ahead(state)[0]?.kind !== 'value';
}

/** `songs by singers`: who made what is shown is no group of it. */
function isAgent(state: ParseState): boolean {
  const { asked } = state;
  // `grade by department` is of no department's making.
  const isText = asked.shown.every(
    (item) => !isMeasure(item) && !isNumber(state, item) && (state.chinese || isLabel(state, item)),
  );
  // `orders by customer` counts them.
  const isSaid = asked.shown.length > 0 || (isListing(state) && !isNothingAsked(asked));
  return isWord(behind(state), 'by') && !asked.counting && isText && isSaid;
}
