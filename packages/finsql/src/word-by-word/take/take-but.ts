/** One thing but not the other: `booked in 2023 but not in 2024`, `with 5-star hotels but no 3-star hotels`. */
import { isPartOf } from '../columns/part-of.ts';
import { ahead, type ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning } from '../model/phrase.ts';
import { columnOn, isSameColumn, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/**
 * What is denied behind the word is denied of all rows of a thing where something of the same kind is said
 * before it; elsewhere the word says no more than `and`.
 */
export function takeBut(state: ParseState): void {
  const { asked, said } = state;
  const phrases = ahead(state);
  if (takePeriodDenied(state)) return;
  const [denial] = phrases;
  if (!isWord(denial, 'not', 'without') || said.both !== undefined) return;
  // `but not in 2024`, `but no hotels with 3 stars`.
  const told = phrases.findIndex(
    (one, at) => at > 0 && !isWord(one, 'preposition', 'with', 'copula', 'by'),
  );
  const next = phrases[told];
  const last = asked.conditions.at(-1);
  const column = last === undefined ? undefined : columnOn(last);
  if (next?.kind === 'period' && asked.periods.length === 1) {
    said.both = { conditions: asked.conditions.length, periods: 1, not: true };
    state.at += told;
    return;
  }
  if (takeAbsentOfHead(state, next)) return;
  // 申购过但没赎回过: the denial tells it.
  if (state.chinese && next?.kind === 'value') return;
  const isOfLast = column !== undefined && next?.kind === 'value' && isSameColumn(column, next);
  if (isOfLast) {
    said.both = { conditions: asked.conditions.length, periods: asked.periods.length, not: true };
    state.at += told;
    return;
  }
  // `countries with customers but no orders`: none of the country.
  if (next?.kind === 'table' && isWord(denial, 'without') && told === phrases.length - 1) {
    said.absentOf = asked.thing;
    return;
  }
  // 买过茶叶但没买过茶壶: of the same that is done.
  if (state.chinese && next?.kind === 'table' && next.done) return;
  const isRows = next?.kind === 'table' && column !== undefined;
  if (isRows && isTable(next.table, column.table) && told < phrases.length - 1) {
    if (isTable(asked.thing, next.table)) unread('but not what');
    said.both = { conditions: asked.conditions.length, periods: asked.periods.length, not: true };
    state.at += told + 1;
  }
}

/** 有委托但一笔都没成交的客户: none of theirs, and not of one of those that they have; whether it is so. */
function takeAbsentOfHead(state: ParseState, absent: Meaning | undefined): boolean {
  const { asked, said, chinese, links } = state;
  const head = ahead(state).findLast(({ kind }) => kind === 'table');
  const { thing } = asked;
  if (!chinese || absent?.kind !== 'table' || head?.kind !== 'table' || thing === undefined)
    return false;
  const isOwner = head !== absent && !head.done && isPartOf(links, thing, head.table);
  if (isOwner && isPartOf(links, absent.table, thing)) said.absentOf = head.table;
  return said.absentOf !== undefined;
}

/** 2023年买过但2024年没有买: the period stands before the denial; whether it is so. */
function takePeriodDenied(state: ParseState): boolean {
  const { asked, said, chinese } = state;
  const [period, denial, rows] = ahead(state);
  const isDenied = period?.kind === 'period' && isWord(denial, 'without');
  if (!chinese || !isDenied || asked.periods.length !== 1 || said.both !== undefined) return false;
  const isSame = rows?.kind === 'table' && asked.tables.includes(rows.table);
  if (rows?.kind === 'table' && rows.done && !isSame) unread('but not what');
  said.both = { conditions: asked.conditions.length, periods: 1, not: true };
  asked.periods.push({ from: period.from, to: period.to, ends: false });
  state.at += isSame ? 3 : 2;
  return true;
}
