/** `in dollars` of columns in cents, `in millions`, 多少万元: figures in the unit that is asked for. */
import { unitOf } from '../../explain/units.ts';
import { findTable } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { columnOf, isNumber, isYear, scaleOf } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, columnIn, type Item, isMeasure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/**
 * Shows figures in that unit, and orders by them so.
 * @throws Unread where a part of what is stored is asked for: thousands of what is held in millions
 */
export function showWholeMoney(state: ParseState): void {
  const { asked, said } = state;
  const isAsked = said.unitAsked || said.inSize !== undefined || hanUnit(state) !== undefined;
  if (!isAsked && !isToldToShow(state)) return;
  const whole = (item: Item): Item => inUnit(state, item);
  asked.shown = asked.shown.map(whole);
  if (asked.order !== undefined) asked.order = { ...asked.order, by: whole(asked.order.by) };
}

/** Whether a comment of a table that figures are of says in what they are to be shown: `report money in euros`. */
function isToldToShow({ asked, schema }: ParseState): boolean {
  const tables = new Set(asked.shown.flatMap((item) => columnIn(item)?.table ?? []));
  return [...tables].some((table) => {
    const { comment = '', columns = [] } = findTable(schema, table) ?? {};
    return [comment, ...columns.map((one) => one.comment)].some((text) => SHOWN_IN.test(text));
  });
}

const SHOWN_IN =
  /\b(?:report|show|display|quote|give|state) (?:money |amounts |them |it |figures |all )?in (?:whole |full )?(?:dollars|euros|pounds|francs|usd|eur|gbp|chf)\b/i;

/** 10,000 of 多少万元 and of 用万元表示. */
function hanUnit({ phrases }: ParseState): number | undefined {
  const units = phrases.flatMap((one) =>
    isWord(one, 'how-much', 'in-unit') && one.unit !== undefined ? one.unit : [],
  );
  const [unit, ...others] = new Set(units);
  return others.length > 0 ? unread('figures in two units') : unit;
}

function inUnit(state: ParseState, item: Item): Item {
  const ref = columnIn(item);
  const isAmount = !isMeasure(item) || (item.call !== 'count' && item.inPercent === undefined);
  if (ref === undefined || !isAmount || isOfOneUnit(state, item, ref)) return item;
  if (!isNumber(state, ref) || isYear(state, ref)) return item;
  const per = storedIn(state, ref);
  const isWhole = state.said.inSize === undefined;
  if (per < 1 && !state.chinese && !isWhole) unread('parts of what is stored');
  if (per === 1) return item;
  const whole: ColumnRef = { ...ref, per };
  return isMeasure(item) ? { ...item, of: whole } : whole;
}

/** Whether it is a part of something in the same unit: of two amounts. */
function isOfOneUnit(state: ParseState, item: Item, { over, ofSums }: ColumnRef): boolean {
  const divisor = isMeasure(item) ? item.perOf : undefined;
  const told = divisor ?? (ofSums ? over : undefined);
  if (told !== undefined) return scaleOf(state, told) !== undefined;
  return over !== undefined || (isMeasure(item) && item.percentOf !== undefined);
}

/** Whether figures of a column are as large as that: a speed is in no millions. */
function holdsFrom(state: ParseState, ref: ColumnRef, least: number): boolean {
  return columnOf(state, ref)?.samples.some((one) => Math.abs(Number(one)) >= least) ?? false;
}

/** `limit_keur`, `raised_musd`: in how many of the plain unit the name says that a column is. */
function calledIn(name: string): number | undefined {
  const [, letter] = /_(k|m|mn)(?:eur|usd|gbp|chf|cny)?$/i.exec(name) ?? [];
  return letter === undefined ? undefined : letter.toLowerCase() === 'k' ? 1e3 : 1e6;
}

/** Whether the unit of another figure that is shown is known. */
function isBesideAmount(state: ParseState): boolean {
  return state.asked.shown.some((item) => {
    const ref = columnIn(item);
    return ref !== undefined && scaleOf(state, ref) !== undefined;
  });
}

/** Whether another figure that is shown is nearer to that size: the one that is meant. */
function isBesideLarge(state: ParseState, inSize: number): boolean {
  return state.asked.shown.some((item) => {
    const ref = columnIn(item);
    return (
      ref !== undefined && (scaleOf(state, ref) !== undefined || holdsFrom(state, ref, inSize / 10))
    );
  });
}

/** How many of a column's units are one that is asked for. */
function storedIn(state: ParseState, ref: ColumnRef): number {
  const scale = scaleOf(state, ref);
  const { inSize } = state.said;
  if (inSize !== undefined) {
    // `number and amount in cents`: of the amount.
    if (scale === undefined && inSize < 1 && isBesideAmount(state)) return 1;
    const called = calledIn(ref.column);
    if (scale === undefined && called !== undefined) return inSize / called;
    // `number of shares and amount in millions`: of the amount, and no figure that is far from so large.
    const isMeant =
      scale !== undefined || holdsFrom(state, ref, inSize / 10) || !isBesideLarge(state, inSize);
    return isMeant ? Number((inSize * (scale ?? 1)).toPrecision(9)) : 1;
  }
  const unit = hanUnit(state);
  if (unit !== undefined) return inHanUnit(state, ref, unit);
  // Whole money of what is kept in millions is said in those.
  const isAsked = state.said.unitAsked && !state.chinese;
  return scale !== undefined && (scale > 1 || isAsked) ? scale : 1;
}

/** Counts of shares and people that a comment has in ten thousands are no money. */
const NO_MONEY = /[股份手人户家笔只个张]/u;
const RATIO = /(?:比例|率|rate|ratio|pct|percent)$/i;

/** @throws Unread for a part of something: 质保金是多少万元, of a column of 质保金比例 */
function inHanUnit(state: ParseState, ref: ColumnRef, unit: number): number {
  const column = columnOf(state, ref);
  if (column !== undefined && calledBy(column).some((name) => RATIO.test(name)))
    unread('money of a ratio');
  const isOther = NO_MONEY.test(
    (column && unitOf({ name: '', comment: column.comment }, 'en')) ?? '',
  );
  const scale = isOther ? undefined : (scaleOf(state, ref) ?? plainScale(state, ref, unit));
  return scale === undefined ? 1 : Number((unit * scale).toPrecision(9));
}

/** 一共多少万, of a column that says no unit and holds hundreds of thousands: plain money. */
function plainScale(state: ParseState, ref: ColumnRef, unit: number): number | undefined {
  const called = columnOf(state, ref);
  const isMoney =
    called !== undefined && calledBy(called).some((name) => /[额款费价本金]$/u.test(name));
  return unit > 1 && isMoney && holdsFrom(state, ref, 1e5) ? 1 : undefined;
}
