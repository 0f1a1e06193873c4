/** Two columns of the same rows as one figure: `tax as a percentage of gross`, `list price minus cost`. */
import { fold } from '../../schema/schema.ts';
import { isPartOf } from '../columns/part-of.ts';
import { addsUp, isQuantity, scaleOf } from '../columns/schema-columns.ts';
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { type ColumnMeaning, isWord, type Meaning, refOf } from '../model/phrase.ts';
import { type ColumnRef, columnIn, type Item, isMeasure, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/** What an amount is multiplied by where cents are kept. */
const CENTS = 100;

/**
 * `tax as a percentage of total gross`: of the sums of both.
 * @param isOfAll whether it may be of all that there is: `as a percentage of total`
 * @throws Unread where no two amounts of the same rows stand around the word
 */
export function takePercentOf(state: ParseState, isOfAll: boolean): void {
  const { asked, said } = state;
  const phrases = ahead(state);
  if (isOfAll && phrases[0]?.kind !== 'column') {
    said.share = true;
    return;
  }
  const isSum = isWord(phrases[0], 'measure') && phrases[0].call === 'sum';
  const next = phrases[isSum ? 1 : 0];
  const [shown, ...more] = asked.shown;
  const part = shown && columnIn(shown);
  if (next?.kind !== 'column' || part === undefined || more.length > 0) unread('a share of what');
  if (!isOfOwner(state, part, next)) expectAmounts(state, part, next);
  state.at += isSum ? 2 : 1;
  said.share = true;
  const [own, other] = [part, next].map((ref) => scaleOf(state, ref));
  // Beside what is kept in cents, a figure of which nothing tells the unit is in whole money.
  const isOfCents = own === CENTS || other === CENTS;
  const per = isOfCents || (own && other) ? (other ?? 1) / (own ?? 1) : 1;
  said.shareOf = { ...refOf(next), ...(per === 1 ? {} : { per }) };
}

/** `invoiced amount of each client as a percentage of its credit limit`: of many rows against a figure of what they belong to. */
function isOfOwner(state: ParseState, part: ColumnRef, whole: ColumnRef): boolean {
  const isOfThem = state.asked.groups.some(
    (group) => group.isThing && isTable(group.table, whole.table),
  );
  return (
    isOfThem &&
    isPartOf(state.links, part.table, whole.table) &&
    isQuantity(state, whole) &&
    isQuantity(state, part) &&
    addsUp(state, part)
  );
}

/** `what percentage of gross is tax`: the part comes last; whether it is so. */
export function isPartOfFigure(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said, chinese } = state;
  const [whole, ...more] = asked.shown;
  const isBehind = isWord(behind(state), 'copula') && ahead(state).length === 0;
  if (chinese || !said.share || !isBehind || whole === undefined || more.length > 0) return false;
  if (isMeasure(whole) || said.shareOf !== undefined) return false;
  expectAmounts(state, ref, whole);
  said.shareOf = whole;
  asked.shown = [ref];
  return true;
}

/**
 * `list price minus cost price`, `difference between the list price and the cost price`.
 * @returns whether the column is taken from the one before it
 * @throws Unread where they are not of the same rows
 */
export function isTakenOff(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said } = state;
  const last = asked.shown.at(-1);
  const before = behind(state);
  const isMinus = isWord(before, 'minus', 'plus');
  const isOther = isWord(before, 'and') && said.difference === true;
  if ((!isMinus && !isOther) || last === undefined) return false;
  const of = columnIn(last);
  if (of === undefined || said.calls.length > 0) unread('the difference of what');
  expectFigures(state, of, ref);
  said.difference = undefined;
  // 点差收入加手续费收入.
  if (of.minus !== undefined || of.steps !== undefined) unread('figures of several');
  const { table, column } = ref;
  const made: ColumnRef = isWord(before, 'plus')
    ? { ...of, steps: [{ sign: '+', by: { table, column } }] }
    : { ...of, minus: column };
  const item: Item = isMeasure(last) ? { ...last, of: made } : made;
  asked.shown = [...asked.shown.slice(0, -1), item];
  return true;
}

/**
 * 卖出价和买入价的价差: the first without the second; 应收和实收差多少 is of all rows together.
 * @throws Unread where no two figures of one row stand before it
 */
export function takeGapOfShown(state: ParseState, isOfAll: boolean): void {
  const { asked, said, phrases, at } = state;
  const [first, second, ...more] = asked.shown.slice(-2);
  const joint = phrases[at - 3];
  if (first === undefined || second === undefined || more.length > 0 || !isWord(joint, 'and'))
    unread('the difference of what');
  if (isMeasure(first) || isMeasure(second) || said.calls.length > 0)
    unread('the difference of what');
  expectFigures(state, first, second);
  const gap: ColumnRef = { ...first, minus: second.column };
  const isAlone = asked.shown.length === 2 && asked.groups.length === 0 && !said.grouping;
  const isSum = isOfAll && isAlone && [first, second].every((one) => addsUp(state, one));
  asked.shown = [...asked.shown.slice(0, -2), isSum ? { call: 'sum', of: gap } : gap];
}

function expectAmounts(state: ParseState, one: ColumnRef, other: ColumnRef | ColumnMeaning): void {
  expectFigures(state, one, other);
  if (![one, other].every((ref) => addsUp(state, ref))) unread('a share of levels');
}

function expectFigures(state: ParseState, one: ColumnRef, other: ColumnRef): void {
  const areNumbers = [one, other].every((ref) => isQuantity(state, ref));
  if (!areNumbers || fold(one.table) !== fold(other.table) || one.column === other.column) {
    unread('figures of other rows');
  }
}

/** Whether a column behind `difference between` is one of two. */
export function isDifferenceAhead(state: ParseState): boolean {
  const [one, joint, other]: readonly (Meaning | undefined)[] = ahead(state);
  return one?.kind === 'column' && isWord(joint, 'and') && other?.kind === 'column';
}
