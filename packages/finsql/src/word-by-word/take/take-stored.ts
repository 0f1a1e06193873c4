/** What is done, or is not: rows that hold the day of it, or hold none. */
import { fold } from '../../schema/schema.ts';
import { hasLabel, isDay } from '../columns/schema-columns.ts';
import { ahead, isNothingAsked, type ParseState, takeDenial } from '../model/parse-state.ts';
import { isWord, type LateMeaning, type StoredMeaning } from '../model/phrase.ts';
import { columnIn, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { isDayAhead } from './compare-columns.ts';

/**
 * `unpaid invoices`, `orders that haven't arrived yet`.
 * @throws Unread where the day of it is asked for or stated
 */
export function takeStored(state: ParseState, { table, column, not, goesOn }: StoredMeaning): void {
  const { asked } = state;
  if (goesOn && isOfThen(state)) unread('what went on then');
  const [next, beyond] = ahead(state);
  // `pensioners have left` says nothing of their employers.
  const isOfWho = asked.who && isNothingAsked(asked) && hasLabel(state, table);
  const isBefore = next?.kind === 'table' && isTable(table, next.table);
  const isSubject = isOfWho || isBefore || asked.tables.some((one) => isTable(one, table));
  if (/left|leav|depart|retire|resign/i.test(column) && !isSubject && !state.chinese)
    unread('who has left');
  // `paid after the due date`.
  if (!not && isDayAhead(state, { table, column }) && !state.said.negated && !state.said.without) {
    state.said.compared = { table, column };
    return;
  }
  const isDated =
    isWord(next, 'before', 'after', 'since', 'until', 'between', 'end-of', 'by') ||
    [next, beyond].some((one) => one?.kind === 'period');
  // `with a failure code in 2024` tells no day of it.
  const ofDay = isDay(state, { table, column });
  if (!not && ofDay && isHeldToPeriod(state)) {
    state.said.periodOf = { table, column };
    if (isOfWho) asked.thing = table;
    return;
  }
  if ((isDated && (not || ofDay)) || asked.asks !== undefined) unread('the day of what is done');
  // 多少费用没收: it is the fees that are paid, and not what was named.
  const isOfOthers = asked.shown.every((item) => columnIn(item)?.table !== table);
  if (state.chinese && asked.tables.length === 0 && asked.shown.length > 0 && isOfOthers) {
    unread('done with what');
  }
  // `clients who have no open portfolio`: none of those that are open.
  const isOfAbsent =
    state.said.without &&
    next?.kind === 'table' &&
    isTable(next.table, table) &&
    asked.thing !== undefined &&
    !isTable(asked.thing, table);
  if (isOfAbsent && !state.chinese) {
    asked.conditions.push({ kind: 'stored', column: { table, column }, not });
    return;
  }
  const isDenied = takeDenial(state);
  // `jobs delivered per month`; `paid invoices per month` may be of either day.
  if (state.phrases.some((one) => isWord(one, 'each-period', 'which-period', 'period'))) {
    if (not || isDenied || next?.kind === 'table') unread('months of which day');
    state.said.periodOf = { table, column };
  }
  asked.conditions.push({ kind: 'stored', column: { table, column }, not: not !== isDenied });
}

/** `active subscriptions in March`: whether they are by now, or were then; what was done on a day tells it. */
function isOfThen({ phrases, schema, chinese }: ParseState): boolean {
  const isDated = phrases.some((one) => one.kind === 'period' || isWord(one, 'each-period'));
  const isDone = phrases.some(
    (one) => one.kind === 'column' && isDay({ schema, chinese }, one) && one.done === true,
  );
  return isDated && !isDone && !chinese;
}

/** `left in 2023`: what is done then is done. */
function isHeldToPeriod(state: ParseState): boolean {
  const { asked, said } = state;
  const [joint, period] = ahead(state);
  const isBefore =
    isWord(joint, 'preposition', 'before', 'after', 'since', 'until') && period?.kind === 'period';
  const isFirst = asked.periods.length === 0 && said.periodOf === undefined;
  const isDenied = said.negated || said.without;
  return !state.chinese && isBefore && isFirst && !isDenied && asked.asks === undefined;
}

/**
 * `delivered late`, `not paid on time`.
 * @throws Unread for `late` where other things are asked for
 */
export function takeLate(state: ParseState, late: LateMeaning): void {
  const { table, column, due, dueOf = table, sign, bare } = late;
  const ofOthers = state.phrases.some(
    (one) =>
      one.kind === 'table' &&
      !one.listed &&
      fold(one.table) !== fold(table) &&
      fold(one.table) !== fold(dueOf),
  );
  if (bare && ofOthers) unread('late of what');
  const other = { table: dueOf, column: due };
  const denied = sign === '>' ? '<=' : '>';
  state.asked.conditions.push({
    kind: 'columns',
    column: { table, column },
    sign: takeDenial(state) ? denied : sign,
    other,
  });
}
