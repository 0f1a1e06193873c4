/** `what percentage of orders were cancelled`, `the share of sales by region`: a part in percent of all. */
import { addsUp, isFlag, isNumber } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import {
  type ColumnCondition,
  type Condition,
  columnOn,
  type Item,
  isMeasure,
  isSameColumn,
  type Measure,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { massUncounted } from '../phrases/amounts-of-all.ts';
import { isDenied } from '../take/deny-rows.ts';

/**
 * Makes of what is asked for its share, and of the conditions that are said of the part those of it.
 * @throws Unread where it does not show what is the part, or what all are
 */
export function showShare(state: ParseState, thing: string): void {
  const { asked, said } = state;
  said.share ||= isInPercent(state);
  if (!said.share) return;
  if (asked.order !== undefined || asked.having.length > 0 || asked.distinct) {
    unread('a share of ordered rows');
  }
  const [item, ...more] = asked.shown;
  if (more.length > 0) unread('a share of several');
  if (said.shareOf !== undefined) {
    asked.shown = [{ ...measureOf(state, item, thing), percentOf: said.shareOf }];
    asked.counting = false;
    return;
  }
  const part = takePart(state);
  if (part.length === 0 && asked.groups.length === 0) unread('a share of no part');
  const measure = measureOf(state, item, thing);
  if (isOfKindOrGroup(state, measure, part)) unread('a share of which part');
  // 不良贷款占比 is of how much is lent.
  const isOfGrades = state.phrases.some((one) => one.kind === 'value' && one.also !== undefined);
  if (isOfGrades && measure.call === 'count') unread('a rate by what');
  const isToldToo = item !== undefined && (state.chinese || isMeasure(item)) && isBeside(state);
  asked.shown = [...(isToldToo ? [measure] : []), { ...measure, inPercent: part }];
  asked.counting = false;
}

/** 各类基金的申购金额占比: of what the group comes to, or of all that is 申购? */
function isOfKindOrGroup(
  { asked, chinese, phrases }: ParseState,
  { call, of }: Measure,
  part: readonly ColumnCondition[],
): boolean {
  const [only, ...more] = part;
  const held = only?.kind === 'compare' && only.sign === '=' ? only.column : undefined;
  const isOfGroups = chinese && asked.groups.length > 0 && call === 'sum' && more.length === 0;
  if (!isOfGroups || held === undefined || of === undefined || held.table !== of.table)
    return false;
  // The kind stands right before the amount.
  return phrases.some((one, at) => {
    const next = phrases[at + 1];
    return (
      one.kind === 'value' &&
      isSameColumn(one, held) &&
      next?.kind === 'column' &&
      isSameColumn(next, of)
    );
  });
}

/** `the number of alerts and the percentage of them still open`, 各渠道的笔数及占比. */
function isBeside({ phrases, chinese }: ParseState): boolean {
  const share = phrases.findIndex((one) => isWord(one, chinese ? 'makes-up' : 'share'));
  return share > 0 && isWord(phrases[share - 1], 'and');
}

/** `bookings per channel in percent`: counts and sums of groups. */
function isInPercent({ asked, said, chinese }: ParseState): boolean {
  const isTold = (item: Item) => isMeasure(item) && (item.call === 'count' || item.call === 'sum');
  const isOfGroups = asked.groups.length > 0 && asked.shown.every(isTold);
  return (
    !chinese &&
    said.inPercent &&
    said.change === undefined &&
    said.steps === undefined &&
    isOfGroups
  );
}

/** Rows are counted, amounts are added up. */
function measureOf(state: ParseState, item: Item | undefined, thing: string): Measure {
  if (item === undefined) return massUncounted(state, thing) ?? { call: 'count', rows: thing };
  if (!isMeasure(item)) {
    const isAmount = isNumber(state, item) && addsUp(state, item) && !isFlag(state, item);
    if (!isAmount) unread('a share of what');
    return { call: 'sum', of: item };
  }
  const { call, of, distinct } = item;
  const isCount = call === 'count' && of === undefined;
  if ((!isCount && call !== 'sum') || distinct === true) unread('a share of a measure');
  return item;
}

/** Whether rows are held to yes or no. */
function isOfFlag(state: ParseState, condition: Condition): boolean {
  const column = columnOn(condition);
  return column !== undefined && isFlag(state, column);
}

/** The conditions that are said of the part, which hold no longer of all. */
function takePart(state: ParseState): ColumnCondition[] {
  const { asked, said, chinese, phrases } = state;
  const { conditions } = asked;
  if (said.rateOf !== undefined) {
    const [part] = conditions.slice(said.rateOf).flatMap((one) => columnOn(one) ?? []);
    const isSame = (one: Condition) => {
      const own = columnOn(one);
      return own !== undefined && part !== undefined && isSameColumn(own, part);
    };
    if (conditions.filter(isSame).length > 1) unread('a rate of which rows');
    return conditions
      .splice(said.rateOf, 1)
      .map((one) => (one.kind === 'without' ? unread('a share of what is absent') : one));
  }
  // 已结案的赔付里，各原因占百分之几: all that the shares are of.
  const isOfAll = said.partFrom !== undefined && said.partFrom >= conditions.length;
  if (chinese && isOfAll && conditions.length > 0 && asked.groups.length > 0) return [];
  // 审批通过率，审核中的不算: what is left out is of all.
  const isRate = phrases.some((one) => isWord(one, 'makes-up') && one.rate === true);
  const [part, ...others] = conditions;
  if (chinese && isRate && part !== undefined && others.length > 0 && others.every(isDenied)) {
    conditions.splice(0, 1);
    return part.kind === 'without' ? unread('a share of what is absent') : [part];
  }
  // `percentage of running passes paid by direct debit`: what stands before the noun is of all.
  const { beforeThing = 0 } = said;
  const isBehind =
    !chinese &&
    said.partFrom === undefined &&
    beforeThing > 0 &&
    beforeThing < conditions.length &&
    conditions.slice(beforeThing).every((one) => isOfFlag(state, one));
  if (isBehind) said.partFrom = beforeThing;
  const isSeparated = (said.partFrom ?? conditions.length) < conditions.length;
  if (!isSeparated && conditions.length > 1) unread('a share of which part');
  // `percentage of active customers by country`: of all customers, or of the active ones?
  const isGroupOfPart = asked.groups.length > 0 && said.beforeThing === conditions.length;
  if (!isSeparated && conditions.length > 0 && isGroupOfPart) unread('a share of which rows');
  const found = conditions.splice(isSeparated ? (said.partFrom ?? 0) : 0);
  return found.map((one) => (one.kind === 'without' ? unread('a share of what is absent') : one));
}
