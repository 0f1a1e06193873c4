/** What is shown in the end: groups with what is measured of them, labels, each kind once. */
import { isDeepStrictEqual } from 'node:util';
import { isPartOf } from '../columns/part-of.ts';
import { addsUp, isDay, isKey, isLabel, isNumber } from '../columns/schema-columns.ts';
import { isListing, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type Item, isMeasure, isSameColumn } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { groupShown, isKind, isMeasured } from '../take/group-shown.ts';
import { sumRatios } from '../take/ratios-of-sums.ts';
import { labelsOfRows } from '../take/row-labels.ts';
import { leaveOwnGroups } from './own-groups.ts';
import { showGroups } from './show-groups.ts';
/** @throws Unread where columns, groups and measures do not go together */
export function settleShown(state: ParseState, thing: string): void {
  const { asked } = state;
  holdToEnded(state);
  leaveOutEmpty(state);
  asked.shown = asked.shown.filter(
    (item, at) => !asked.shown.slice(at + 1).some((other) => isDeepStrictEqual(item, other)),
  );
  showOrderedTotals(state);
  sumRatios(state);
  if (state.said.askedYear) asked.shown = asked.shown.map((item) => yearOf(state, item));
  tellEach(state);
  tellOnce(state);
  leaveOwnGroups(state);
  if (asked.groups.length > 0) showGroups(state);
  else if (asked.shown.length === 0) showLabels(state, thing);
  else groupShown(state, thing);
}

/** 保费总额前五的投保人及其保费: what they are ordered by, and not that of single rows. */
function showOrderedTotals({ asked, chinese }: ParseState): void {
  const by = asked.order?.by;
  const of = by !== undefined && isMeasure(by) && by.call === 'sum' ? by.of : undefined;
  if (!chinese || by === undefined || of === undefined || asked.shown.length < 2) return;
  asked.shown = asked.shown.map((item) => (isDeepStrictEqual(item, of) ? by : item));
}

/** `appeals pending: parcel, street`, of those whose result holds nothing: that is not shown. */
function leaveOutEmpty({ asked }: ParseState): void {
  const isEmpty = (item: Item) =>
    !isMeasure(item) &&
    asked.conditions.some(
      (one) => one.kind === 'stored' && one.not && isSameColumn(one.column, item),
    );
  const rest = asked.shown.filter((item) => !isEmpty(item));
  if (rest.length > 0) asked.shown = rest;
}

/** A mean of days until something is over with is of what is. */
function holdToEnded({ asked }: ParseState): void {
  for (const item of asked.shown) {
    const until = isMeasure(item) ? item.of?.until : undefined;
    if (until === undefined || !isMeasure(item) || item.of === undefined) continue;
    const column = { table: item.of.table, column: until };
    asked.conditions.push({ kind: 'stored', column, not: false });
  }
}

/** 上海和北京分别有多少: which of the values each is of. */
function tellEach(state: ParseState): void {
  const { asked, said } = state;
  // 各对手方买入、卖出面额分开列.
  const isApart = state.phrases.some((one) => isWord(one, 'apart'));
  const isOfTwo = asked.conditions.some((one) => one.kind === 'among');
  if (isApart && isOfTwo && asked.groups.length > 0) unread('each value of each group');
  const isOfEach = said.ofEach === true || isMeanOfSeveral(state);
  if (!isOfEach || asked.groups.length > 0 || said.eachPeriod !== undefined) return;
  const among = asked.conditions.flatMap((one) =>
    one.kind === 'among' && !one.not ? one.column : [],
  );
  const [column, ...more] = among;
  if (column === undefined || asked.order !== undefined) return;
  if (more.length > 0) unread('each of several of two kinds');
  // 个人和单位的余额各是多少, 销售部和研发部的借方金额各是多少: what the rows of each come to.
  const isAdded = (item: Item) =>
    !isMeasure(item) && isNumber(state, item) && addsUp(state, item) && !isKey(item);
  const areMany = (item: Item) =>
    !isLabel(state, column) ||
    (!isMeasure(item) && isPartOf(state.links, item.table, column.table));
  const isAddedUp = asked.shown.every((item) => isAdded(item) && areMany(item));
  if (asked.asks === 'how-much' && isAddedUp)
    asked.shown = asked.shown.map((item) => (isMeasure(item) ? item : { call: 'sum', of: item }));
  if (asked.shown.every(isMeasure)) asked.groups.push({ ...column, isThing: false });
  else if (!asked.shown.some(isMeasure)) asked.shown = [column, ...asked.shown];
}

/** 新房和二手房的平均贷款额: of kinds that stand beside each other a mean is of each. */
function isMeanOfSeveral({ asked, said, chinese }: ParseState): boolean {
  const isMean = asked.shown.some((item) => isMeasure(item) && item.call === 'avg');
  const several = asked.conditions.filter((one) => one.kind === 'among' && !one.not && one.all);
  return chinese && isMean && several.length === 1 && !said.share && asked.shown.every(isMeasure);
}

/** 会员等级有哪些: each kind once. */
function tellOnce(state: ParseState): void {
  const { asked, said, chinese } = state;
  const [only, ...more] = asked.shown;
  // `show all majors`.
  const isAlone = asked.thing === undefined && asked.conditions.length === 0;
  const isOnly = only !== undefined && more.length === 0 && !isMeasure(only);
  // `strategies on offer`, `who are the account executives`.
  const isAll = state.phrases.every(
    (one) => one.kind === 'column' || isWord(one, 'noise', 'who', 'preposition', 'copula'),
  );
  const isTold = (isAlone && (isListing(state) || isAll)) || isKindWithRows(state);
  if (!chinese && isTold && isOnly) asked.distinct ||= isKind(state, only);
  if (!chinese || !asked.listed || only === undefined || more.length > 0 || isMeasure(only)) return;
  const isText = said.many === true || (!isNumber(state, only) && !isDay(state, only));
  asked.distinct ||= isText && !isLabel(state, only);
}

/** `merchants with disputed transactions`: a kind stands before the rows that are of it. */
function isKindWithRows({ phrases }: ParseState): boolean {
  const [kind, joint, ...more] = phrases.filter((one) => !isWord(one, 'noise'));
  const rows = more.find((one) => one.kind === 'table');
  return kind?.kind === 'column' && isWord(joint, 'with') && rows?.table === kind.table;
}

/** 哪一年: of a day its year. */
function yearOf(state: ParseState, item: Item): Item {
  if (!isMeasure(item)) return isDay(state, item) ? { ...item, part: 'year' } : item;
  return item.of && isDay(state, item.of) ? unread('the year of a measure') : item;
}

/** `the costliest repair, in pounds`: the figure itself; undefined where no unit says that it is one. */
function mostInUnit({ asked, said, chinese, phrases }: ParseState): Item | undefined {
  const by = asked.order?.by;
  const isAsked = said.unitAsked || said.inSize !== undefined;
  const isOne = asked.limit === undefined && asked.groups.length === 0 && !asked.who;
  const isWhich = phrases.some((one) => isWord(one, 'which') && one.one === true);
  if (chinese || !isAsked || !isOne || isWhich || by === undefined || isMeasure(by))
    return undefined;
  return { call: asked.order?.descending ? 'max' : 'min', of: by };
}

/** `which customers`: what they are called by. */
function showLabels(state: ParseState, thing: string): void {
  const { asked } = state;
  const most = mostInUnit(state);
  if (most !== undefined) {
    asked.order = undefined;
    asked.shown.push(most);
    return;
  }
  const labels = labelsOfRows(state, thing);
  asked.shown.push(...labels);
  if (isMeasured(state)) asked.groups.push(...labels.map((ref) => ({ ...ref, isThing: true })));
}
