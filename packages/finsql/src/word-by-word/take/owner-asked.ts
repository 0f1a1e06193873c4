/** Whose rows are: 金额最高的发票是哪家供应商的. */
import { isPartOf } from '../columns/part-of.ts';
import { labelColumns } from '../columns/schema-columns.ts';
import { ahead, type ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning } from '../model/phrase.ts';
import { isMeasure, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/**
 * Shows what those are called by that the rows said before it belong to; whether they are asked for.
 * @throws Unread where the rows do not belong to them
 */
export function showsOwnerAsked(state: ParseState, table: string): boolean {
  const { asked, said, chinese, links, phrases, at } = state;
  const { thing } = asked;
  const isOfTable = (one: Meaning) =>
    (one.kind === 'value' || one.kind === 'flag') && isTable(one.table, table);
  // 哪些债券型基金: of a kind.
  const which = phrases.slice(0, at - 1).findLast((one) => !isOfTable(one));
  const isLast = ahead(state).length === 0 && isAskedWhich(which);
  const isPlain = asked.shown.length === 0 && !said.grouping && said.calls.length === 0;
  const isOther = thing !== undefined && !isTable(thing, table);
  if (chinese && isLast && isShownBefore(state, table)) unread('which of others');
  if (!chinese || !isLast || !isPlain || !isOther) return false;
  asked.tables.push(table);
  if (!isPartOf(links, thing, table)) return asksForOthers(state, table, thing);
  asked.shown.push(...labelColumns(state, table));
  // Several of the rows may be of one.
  asked.distinct = asked.order === undefined && said.extreme === undefined;
  return true;
}

function isAskedWhich(which: Meaning | undefined): boolean {
  return isWord(which, 'which') && (which.one === true || which.many === true);
}

/** 北京客户申购了哪些基金: the names of customers are not what is asked for. */
function isShownBefore({ asked }: ParseState, table: string): boolean {
  const [first, ...more] = asked.shown;
  const isOther = first !== undefined && !isMeasure(first) && !isTable(first.table, table);
  return isOther && more.length === 0 && asked.thing === undefined;
}

/**
 * 女基金经理管理哪些基金: with which of many rows of another table something is done.
 * @throws Unread where it is denied or dated, or something else is said of those
 */
function asksForOthers(state: ParseState, table: string, thing: string): boolean {
  const { asked, phrases } = state;
  const isDenied = phrases.some((one) => isWord(one, 'not', 'without', 'but'));
  // 2026年客户申购了哪些基金: on which days it is done neither of both tells.
  const isDated = phrases.some(({ kind }) => kind === 'period');
  if (
    isDenied ||
    isDated ||
    asked.order !== undefined ||
    asked.limit !== undefined ||
    asked.having.length > 0
  )
    unread('which of others');
  asked.tables.push(thing);
  asked.thing = table;
  return true;
}
