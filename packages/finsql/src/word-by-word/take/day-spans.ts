/**
 * The days from one day of a row to another: `how many days from order to delivery`, `paid more than 30 days
 * after the due date`, 从下单到发货平均多少天. Where they are said, they stand for one column of numbers.
 */
import { firstDayOf } from '../columns/first-days.ts';
import { isDay, isTime } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { type ColumnMeaning, isWord, type Meaning, type WordMeaning } from '../model/phrase.ts';
import type { ColumnRef } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

type Within = Pick<ParseState, 'schema' | 'chinese'>;
type Phrases = readonly Meaning[];

/** Two days side by side, with where they begin and end among the phrases. */
interface Pair {
  readonly span: ColumnMeaning;
  readonly from: number;
  readonly to: number;
}

/**
 * The phrases with each such stretch as one column.
 * @throws Unread in Chinese for a number of days that nothing tells what is of
 */
export function joinDaySpans(phrases: Phrases, within: Within): Meaning[] {
  const isSaid = phrases.some((one) => isDays(one) || isWord(one, 'day-span', 'extreme'));
  const joined = isSaid
    ? (betweenDays(phrases, within) ?? sinceDay(phrases, within) ?? untilDone(phrases, within))
    : undefined;
  if (joined === undefined && within.chinese) expectDaysOfColumn(phrases);
  if (joined === undefined && phrases.some(isHowManyDays)) unread('how many days of what');
  if (joined === undefined || !phrases.some(isHours)) return [...(joined ?? phrases)];
  return joined.map((one) => inHours(one, within));
}

/** @throws Unread for hours of days without a time */
function inHours(one: Meaning, within: Within): Meaning {
  if (one.kind !== 'column' || one.until === undefined) return one;
  if (!isTime(within, { table: one.table, column: one.until })) unread('hours of days');
  return { ...one, inHours: true };
}

function isHours(one: Meaning): boolean {
  return isWord(one, 'unit') && one.hours === true;
}

/** `days from order to delivery`, `between ordering and delivery`, 从下单到发货. */
function betweenDays(phrases: Phrases, within: Within): Meaning[] | undefined {
  for (const [at, joint] of phrases.entries()) {
    if (!isWord(joint, 'to', 'until', 'and', 'preposition')) continue;
    const [from, to] = [dayOf(phrases[at - 1], within), dayOf(phrases[at + 1], within)];
    const span = from && to && spanOf(from, to);
    if (span === undefined) continue;
    const isOpened = isWord(phrases[at - 2], 'since', 'between', 'preposition');
    const pair = { span, from: isOpened ? at - 2 : at - 1, to: at + 2 };
    const joined = behindDays(phrases, pair) ?? beforeDays(phrases, pair);
    if (joined !== undefined) return joined;
  }
  return undefined;
}

/** `average number of days …`, `more than 30 days …`, `days … on average`. */
function behindDays(phrases: Phrases, { span, from, to }: Pair): Meaning[] | undefined {
  const isMean = isAverage(phrases[from - 1]);
  const last = isMean ? from - 2 : from - 1;
  // `the longest from order to delivery`.
  const first = isWord(phrases[last], 'extreme') ? last + 1 : markFrom(phrases, last);
  if (first === undefined) return undefined;
  const isMeanLast = isAverage(phrases[to]);
  const mean = isMean ? phrases[from - 1] : isMeanLast ? phrases[to] : undefined;
  const rest = phrases.slice(isMeanLast ? to + 1 : to);
  return [...phrases.slice(0, first), ...(mean ? [mean] : []), span, ...rest];
}

/** 从下单到发货平均多少天; 从下单到发货超过30天. */
function beforeDays(phrases: Phrases, { span, from, to }: Pair): Meaning[] | undefined {
  const at = isWord(phrases[to], 'preposition') ? to + 1 : to;
  const before = phrases.slice(0, from);
  if (isWord(phrases[at], 'compare') && phrases[at + 1]?.kind === 'number') {
    const isOfDays = isDays(phrases[at + 2]);
    return isOfDays
      ? [...before, span, ...phrases.slice(at, at + 2), ...phrases.slice(at + 3)]
      : undefined;
  }
  const mean = isAverage(phrases[at]) ? [phrases[at]] : [];
  const mark = at + mean.length;
  const end = isWord(phrases[mark], 'day-span')
    ? mark + 1
    : isWord(phrases[mark], 'how-many') && isDays(phrases[mark + 1])
      ? mark + 2
      : undefined;
  if (end === undefined) return undefined;
  return [...before, ...mean.flatMap((one) => one ?? []), span, ...phrases.slice(end)];
}

/** `paid more than 30 days after the invoice date`, `within 5 days of the order`. */
function sinceDay(phrases: Phrases, within: Within): Meaning[] | undefined {
  const at = phrases.findIndex(
    (one, index) => isDays(one) && phrases[index - 1]?.kind === 'number',
  );
  const compared = phrases[at - 2];
  const done = dayOf(phrases[at - 3], within);
  const isThing = phrases[at - 3]?.kind === 'table';
  const joint = phrases[at + 1];
  const since = dayOf(phrases[at + 2], within);
  if (!isWord(compared, 'compare') || isThing || done === undefined || since === undefined)
    return undefined;
  if (!isWord(joint, 'after', 'before', 'since', 'preposition')) return undefined;
  const span = isWord(joint, 'before') ? spanOf(done, since) : spanOf(since, done);
  if (span === undefined) return undefined;
  return [
    ...phrases.slice(0, at - 3),
    span,
    compared,
    ...phrases.slice(at - 1, at),
    ...phrases.slice(at + 3),
  ];
}

/** `how long did it take to deliver`, `took more than 10 days to deliver`: from the day that rows begin on. */
function untilDone(phrases: Phrases, within: Within): Meaning[] | undefined {
  const at = phrases.findIndex((one) => isDays(one) || isWord(one, 'day-span'));
  const done = phrases.findIndex((one, index) => index > at && dayOf(one, within) !== undefined);
  const between = phrases.slice(at + 1, done);
  const isNear = between.every((one) => isWord(one, 'preposition') || isAverage(one));
  const last = phrases[done];
  if (done < 0 || !isNear || between.length === 0 || last?.kind === 'table') return undefined;
  const end = dayOf(last, within);
  const start = end && firstDayOf(within, end.table);
  const span = start && end && spanOf(start, end);
  const first = markFrom(phrases, at);
  if (span === undefined || first === undefined) return undefined;
  const rest = phrases.slice(done + 1);
  return [...phrases.slice(0, first), ...between.filter(isAverage), span, ...rest];
}

/** Where the words for a number of days begin, of which the last stands there; behind a number, it stays. */
function markFrom(phrases: Phrases, last: number): number | undefined {
  const one = phrases[last];
  if (isWord(one, 'day-span')) return last;
  if (!isDays(one)) return undefined;
  const before = phrases[last - 1];
  const counts =
    isWord(before, 'how-many') || (isWord(before, 'measure') && before.call === 'count');
  return counts ? last - 1 : last;
}

/** `how many days do customers take`, where nothing tells from when to when. */
function isHowManyDays(one: Meaning, at: number, all: Phrases): boolean {
  const isNamed = all[at + 2]?.kind === 'column';
  return isWord(one, 'how-many') && isDays(all[at + 1]) && !isNamed;
}

function isDays(one: Meaning | undefined): boolean {
  return isWord(one, 'unit') && one.days === true;
}

function isAverage(one: Meaning | undefined): one is WordMeaning {
  return isWord(one, 'measure') && one.call !== 'count' && one.call !== 'sum';
}

/** The day that a phrase names: itself, or that on which rows of a table begin. */
function dayOf(one: Meaning | undefined, within: Within): ColumnRef | undefined {
  if (one?.kind === 'table') return firstDayOf(within, one.table);
  if (one?.kind !== 'column' && one?.kind !== 'stored') return undefined;
  if (one.kind === 'stored' && one.not) return undefined;
  const ref = { table: one.table, column: one.column };
  return isDay(within, ref) ? ref : undefined;
}

function spanOf(from: ColumnRef, to: ColumnRef): ColumnMeaning | undefined {
  if (from.table !== to.table || from.column === to.column) return undefined;
  return { kind: 'column', ...from, until: to.column, cost: 0 };
}

/** @throws Unread for days of anything but a column of numbers: 账期超过30天 */
function expectDaysOfColumn(phrases: Phrases): void {
  const isOfNothing = phrases.some((one, at) => {
    const isNumber = isDays(one) && phrases[at - 1]?.kind === 'number';
    const [compared, column] = [phrases[at - 2], phrases[at - 3]];
    const isOfColumn =
      compared?.kind === 'column' || (isWord(compared, 'compare') && column?.kind === 'column');
    return isNumber && !isOfColumn;
  });
  if (isOfNothing) unread('days of what');
}
