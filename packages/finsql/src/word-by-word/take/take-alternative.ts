/** Alternatives: `a population over 1500 or below 500`, `before 1959 or after 1961`, `in Berlin or active`. */
import { ahead, behind, type ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning } from '../model/phrase.ts';
import {
  type ColumnRef,
  type Condition,
  columnOn,
  isSameColumn,
  isTable,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import type { Sign } from '../words/word.ts';
import { isAffirmed } from './deny-rows.ts';

/**
 * What is said before the word is one alternative, what comes behind it another.
 * @param sign of `or more than`
 * @throws Unread where nothing that is held to be so stands before it
 */
export function takeOr(state: ParseState, sign?: Sign): void {
  const { asked, said } = state;
  const { conditions, periods } = asked;
  const last = conditions.at(-1);
  const before = behind(state);
  const isOfPeriod = before?.kind === 'period';
  const isSaid = before !== undefined && HELD.includes(before.kind);
  if (!isSaid || said.or !== undefined || (!isOfPeriod && last === undefined)) {
    unread('an alternative');
  }
  said.or = { conditions: conditions.length, periods: periods.length };
  const [next] = ahead(state);
  const isCompared = sign !== undefined || isWord(next, 'compare', 'between', 'mean');
  const column = isOfPeriod || last === undefined ? undefined : columnOn(last);
  if (isCompared) said.compared = column;
  // `in department 70 or 90`.
  if (next?.kind !== 'number' || sign !== undefined) {
    said.sign = sign;
    return;
  }
  if (last?.kind !== 'compare' || last.sign !== '=' || column === undefined) {
    unread('an alternative');
  }
  said.compared = column;
  said.sign = '=';
}

/** What a condition may end with. */
const HELD: readonly Meaning['kind'][] = [
  'number',
  'value',
  'period',
  'flag',
  'property',
  'stored',
  'pattern',
];

/** `over 1500 or below 500`, `after 1961 or before 1959`, where `or below` might end a number; whether it is so. */
export function takeOpenOr(state: ParseState, word: 'or-more' | 'or-less'): boolean {
  const { said } = state;
  const [next] = ahead(state);
  const isMore = word === 'or-more';
  if (next?.kind === 'period') {
    takeOr(state);
    said.period = isMore ? 'after' : 'before';
    return true;
  }
  if (said.number !== undefined || next?.kind !== 'number') return false;
  takeOr(state, isMore ? '>' : '<');
  return true;
}

/**
 * The conditions, those of periods last, with both alternatives as one.
 * @throws Unread where more than one condition may belong to an alternative
 */
export function joinAlternatives(state: ParseState, dated: readonly Condition[]): Condition[] {
  const { conditions, having } = state.asked;
  const { or, beforeThing = 0 } = state.said;
  if (or === undefined) return [...conditions, ...dated];
  if (state.phrases.some((one) => isWord(one, 'share', 'change'))) unread('an alternative');
  const firsts = [
    // `active customers …`; in Chinese, what is asked for comes behind all of them.
    ...conditions.slice(beforeThing > or.conditions ? 0 : beforeThing, or.conditions),
    ...dated.slice(0, or.periods),
  ];
  const [other, ...more] = [...conditions.slice(or.conditions), ...dated.slice(or.periods)];
  if (other === undefined || more.length > 0 || having.length > 0) return unread('an alternative');
  const otherColumn = columnOn(other);
  const isSame = (one: Condition) => isOfColumn(one, otherColumn);
  const [only, ...others] = firsts.length === 1 ? firsts : firsts.filter(isSame);
  if (only === undefined || others.length > 0) return unread('an alternative');
  const joined = eitherOf(only, other);
  return [...conditions, ...dated].flatMap((one) =>
    one === only ? joined : one === other ? [] : one,
  );
}

function isOfColumn(one: Condition, column: ColumnRef | undefined): boolean {
  const own = columnOn(one);
  return own !== undefined && column !== undefined && isSameColumn(own, column);
}

/** @throws Unread for rows of two tables, and for what is not so */
function eitherOf(first: Condition, other: Condition): Condition {
  if (!isAffirmed(first) || !isAffirmed(other)) return unread('an alternative');
  if (!isTable(first.column.table, other.column.table)) return unread('an alternative');
  return { kind: 'any', column: first.column, conditions: [first, other] };
}
