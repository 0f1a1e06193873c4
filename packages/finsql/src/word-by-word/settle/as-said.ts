/**
 * What the words of a question say of a reading that does not hold it: an item of a list that shows nothing, two
 * figures side by side, a state of what stands behind it.
 */
import { findColumn, findTable } from '../../schema/schema.ts';
import { flagOf } from '../columns/flag-columns.ts';
import { COST } from '../columns/name-costs.ts';
import { wordsOf } from '../columns/name-words.ts';
import { isPartOf } from '../columns/part-of.ts';
import { columnOf, isDay, isKey, isNumber } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning } from '../model/phrase.ts';
import {
  type ColumnRef,
  columnIn,
  type Item,
  isMeasure,
  isSameColumn,
  isTable,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { isKind } from '../take/group-shown.ts';

/** @throws Unread where the reading is not what is said */
export function expectAsSaid(state: ParseState): void {
  expectItemsApart(state);
  expectSides(state);
  expectOwnState(state);
  expectFlagsHeld(state);
  expectKeysPlain(state);
  expectFigureOrdered(state);
  expectMoney(state);
  expectWorthOrdered(state);
  expectWholeOfShare(state);
  expectOneOfYears(state);
  expectReal(state);
}

/** `: name, title`, of one column; `names of the tellers with the name of their branch`, of the branch alone. */
function expectItemsApart({ asked, phrases, chinese }: ParseState): void {
  const isTwice = phrases.some((one, at) => {
    if (one.kind !== 'column') return false;
    const isSame = (other: Meaning | undefined) =>
      other?.kind === 'column' && isSameColumn(one, other);
    const isShown = asked.shown.some((item) => !isMeasure(item) && isSameColumn(item, one));
    const [before, lead] = [phrases[at - 1], phrases[at - 3]];
    const isListed = isWord(before, 'and') && isWord(lead, 'and', 'list', 'with');
    const isOfOwner =
      !chinese && isWord(before, 'with', 'with-own') && isWord(phrases[1], 'preposition');
    return isShown && ((isListed && isSame(phrases[at - 2])) || (isOfOwner && isSame(phrases[0])));
  });
  if (isTwice) unread('one column for two');
}

/** `drawings and repayments of 2025 side by side for each country`: a figure of each. */
function expectSides({ asked, said, phrases, chinese }: ParseState): void {
  const isApart = !chinese && phrases.some((one) => isWord(one, 'apart'));
  const isGrouped = asked.groups.length > 0 || said.eachPeriod !== undefined;
  if (isApart && isGrouped && asked.shown.filter(isMeasure).length < 2) unread('what side by side');
}

/** `open pledges` are not pledges to what is open. */
const STATE = /status|state$/i;

function expectOwnState({ phrases, chinese, links }: ParseState): void {
  const isNamed = (table: string) =>
    phrases.some((one) => one.kind === 'table' && isTable(one.table, table));
  const isOfOthers = phrases.some((one, at) => {
    const next = phrases[at + 1];
    const before = phrases[at - 1];
    // `notices sent`, of invoices that are sent.
    const isBehind = before?.kind === 'table' && before.done !== true && next?.kind !== 'table';
    if (isBehind && one.kind === 'value' && STATE.test(one.column) && !isNamed(one.table))
      return !isTable(one.table, before.table);
    if (next?.kind !== 'table' || next.done === true) return false;
    // `paid subscriptions`, of invoices that are paid.
    const isState = one.kind === 'value' && STATE.test(one.column);
    const isOther = !isTable(next.table, 'table' in one ? one.table : next.table);
    if (isState) return isOther && !isPartOf(links, next.table, one.table);
    return one.kind === 'stored' && isOther;
  });
  if (!chinese && isOfOthers) unread('a state of what');
}

/** `failed payments` are those that have failed, and not whether each has: that is said in a list. */
function expectFlagsHeld(state: ParseState): void {
  const { asked, phrases, chinese } = state;
  const isShown = (ref: ColumnRef) =>
    asked.shown.some((item) => !isMeasure(item) && isSameColumn(item, ref));
  const isUnheld = phrases.some((one, at) => {
    const column = one.kind === 'column' ? columnOf(state, one) : undefined;
    if (one.kind !== 'column' || column === undefined || one.cost < COST.part) return false;
    const isListed =
      isWord(phrases[at - 1], 'and', 'with', 'with-own') ||
      (at > 1 && isWord(phrases[at - 1], 'list')) ||
      isWord(phrases[at + 1], 'and');
    return flagOf(column) !== undefined && isShown(one) && !isListed;
  });
  if (!chinese && isUnheld) unread('rows that are so, or whether they are');
  // `trial subscriptions` ask for no trial_ends_on.
  const isBefore = phrases.some((one, at) => {
    const next = phrases[at + 1];
    const isPart = one.kind === 'column' && one.cost >= COST.synonym && isDay(state, one);
    return isPart && next?.kind === 'table' && isTable(next.table, one.table) && isShown(one);
  });
  if (!chinese && isBefore) unread('rows of a kind, or a day of theirs');
}

/** Keys are always there, and none of them is the most. */
function expectKeysPlain({ asked, schema }: ParseState): void {
  const isOwnKey = ({ table, column }: ColumnRef) => {
    const found = findTable(schema, table);
    return found !== undefined && findColumn(found, column)?.primaryKey === true;
  };
  const isOdd = asked.conditions.some(
    (one) =>
      (one.kind === 'stored' && one.not && isOwnKey(one.column)) ||
      (one.kind === 'peak' && isKey(one.column)),
  );
  if (isOdd) unread('a key that is nothing, or the most');
}

/** 按营业部看保费，从多到少: by the figure, and not by the texts. */
function expectFigureOrdered(state: ParseState): void {
  const { asked, phrases, chinese } = state;
  const by = asked.order?.by;
  if (!chinese || by === undefined || isMeasure(by)) return;
  const isOfFigures = phrases.some(
    (one) => isWord(one, 'descending', 'ascending') && one.ofTexts !== true,
  );
  if (isOfFigures && isKind(state, by)) unread('texts from the most to the least');
}

const OF_MONEY =
  /amount|amt|cents|pence|usd|eur|gbp|chf|cny|price|cost|fee|pay|sum|value|balance|premium|revenue|income|budget|total/i;

/** `ticket money`: no number of tickets. */
function expectMoney(state: ParseState): void {
  const isNoMoney = state.phrases.some((one, at) => {
    const next = state.phrases[at + 1];
    const isBefore = isWord(next, 'measure') && next.money === true;
    return isBefore && one.kind === 'column' && isNumber(state, one) && !OF_MONEY.test(one.column);
  });
  if (isNoMoney) unread('money that is no money');
}

/** `rates by product, best first`: no number of rates that nobody asked for. */
function expectWorthOrdered({ asked, said, phrases }: ParseState): void {
  const by = asked.order?.by;
  const isOfWorth = phrases.some((one) => isWord(one, 'descending') && one.ofWorth === true);
  const isCounted = phrases.some(
    (one) => isWord(one, 'how-many') || (isWord(one, 'measure') && one.call === 'count'),
  );
  const isCount = by !== undefined && isMeasure(by) && by.call === 'count';
  if (isOfWorth && isCount && !isCounted && said.counted !== true) unread('the best of what first');
}

/** `share of each sector in the nominal of HIYLD`: of that whole, and no part of each sector. */
function expectWholeOfShare({ asked, phrases, chinese }: ParseState): void {
  const isOfEach = phrases.some(
    (one, at) => isWord(one, 'share') && isWord(phrases[at + 1], 'each'),
  );
  const isPart = (item: Item) => isMeasure(item) && (item.inPercent ?? []).length > 0;
  // `what share of each product's balance is interest only`.
  const isSaidOf = phrases.some((one) => isWord(one, 'copula'));
  if (!chinese && isOfEach && !isSaidOf && asked.shown.some(isPart))
    unread('a share of which whole');
}

/** `income by type for 2024 and 2025`: of each, or of both. */
function expectOneOfYears({ asked, phrases, said, chinese }: ParseState): void {
  const isOfTwo = phrases.some(
    (one, at) =>
      one.kind === 'period' && isWord(phrases[at - 1], 'and') && phrases[at - 2]?.kind === 'period',
  );
  const isPlain = said.change === undefined && said.fromBefore === undefined;
  const isOfOne = asked.shown.some((item) => isMeasure(item) && item.change === undefined);
  if (!chinese && isOfTwo && isPlain && isOfOne && asked.groups.length > 0) {
    unread('of each of two years, or of both');
  }
}

const MEANT = /^(?:budget|forecast|target|plan)$/;

/** `revenue from 2024 to 2025`: what is planned in a table of budgets is none, where nobody names it. */
function expectReal({ asked, said, phrases, chinese }: ParseState): void {
  const isNamed = (table: string) =>
    phrases.some((one) => one.kind === 'table' && isTable(one.table, table)) ||
    asked.tables.some((one) => isTable(one, table));
  const isMeant = (name: string) => wordsOf(name).some((word) => MEANT.test(word));
  const isOfPlan = asked.shown.some((item) => {
    const ref = columnIn(item);
    return ref !== undefined && isMeant(ref.table) && !isMeant(ref.column) && !isNamed(ref.table);
  });
  if (!chinese && said.change !== undefined && isOfPlan) unread('what is planned, or what is');
}
