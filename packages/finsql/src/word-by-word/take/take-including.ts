/** Whether a bound is one of those it bounds: 5万以上（含5万）, 超过10次（不含10次）. */
import { ahead, type ParseState } from '../model/parse-state.ts';
import { isWord, type PeriodMeaning, type ValueMeaning } from '../model/phrase.ts';
import { type Comparison, type Condition, isSameColumn } from '../model/reading.ts';
import { unread } from '../model/unread.ts';

const INCLUDING: Partial<Record<Comparison, Comparison>> = {
  '>': '>=',
  '<': '<=',
  '>=': '>=',
  '<=': '<=',
};
const EXCLUDING: Partial<Record<Comparison, Comparison>> = {
  '>': '>',
  '<': '<',
  '>=': '>',
  '<=': '<',
};

/**
 * The number may be said again.
 * @throws Unread where nothing was compared before it, or another number is named
 */
export function takeIncluding(state: ParseState, not: boolean): void {
  const { asked, said, phrases, at } = state;
  const [next] = ahead(state);
  // 不含作废.
  if (not && (next?.kind === 'value' || next?.kind === 'stored' || next?.kind === 'flag')) {
    said.negated = true;
    return;
  }
  // 平仓笔数（含平今）: of the one or the other.
  if (next?.kind === 'value') {
    includeValue(state, next);
    return;
  }
  if (next?.kind === 'period') {
    includePeriod(state, next, not);
    return;
  }
  // 1995年以后（含）出生.
  const before = phrases[at - 2];
  const period = asked.periods.at(-1);
  if (isWord(before, 'before', 'after') && period?.sign !== undefined && next?.kind !== 'number') {
    const sign = (not ? EXCLUDING : INCLUDING)[period.sign];
    if (sign !== '<' && sign !== '>' && sign !== '<=' && sign !== '>=') unread('including what');
    asked.periods[asked.periods.length - 1] = { ...period, sign };
    return;
  }
  const bound = phrases.slice(0, at).findLast(({ kind }) => kind === 'number');
  if (next?.kind === 'number') {
    if (bound?.kind !== 'number' || bound.value !== next.value) unread('including what');
    state.at++;
  }
  // 买了三张以上（含三张）保单: the rows that are counted come behind it.
  if (said.number !== undefined && said.sign !== undefined) {
    said.sign = (not ? EXCLUDING : INCLUDING)[said.sign] ?? unread('including what');
    return;
  }
  if (includesInGroups(state, not)) return;
  const last = asked.conditions.at(-1);
  if (last?.kind !== 'compare' || typeof last.value !== 'number') unread('including what');
  const sign = (not ? EXCLUDING : INCLUDING)[last.sign] ?? unread('including what');
  asked.conditions = [...asked.conditions.slice(0, -1), { ...last, sign }];
}

/** @throws Unread where no other value of that column is held */
function includeValue(state: ParseState, { table, column, value }: ValueMeaning): void {
  const { asked } = state;
  const ref = { table, column };
  const isOf = (one: Condition) =>
    (one.kind === 'among' && !one.not && isSameColumn(one.column, ref)) ||
    (one.kind === 'compare' && one.sign === '=' && isSameColumn(one.column, ref));
  if (asked.conditions.filter(isOf).length !== 1) unread('including what');
  state.at++;
  asked.conditions = asked.conditions.map((one): Condition => {
    if (!isOf(one)) return one;
    const held = one.kind === 'among' ? one.values : one.kind === 'compare' ? [`${one.value}`] : [];
    return { kind: 'among', column: ref, values: [...held, value], not: false, all: false };
  });
}

/** 2015年以后（含2015年）: the period itself. */
function includePeriod(state: ParseState, said: PeriodMeaning, not: boolean): void {
  const { asked } = state;
  const last = asked.periods.at(-1);
  const isSame = last?.sign !== undefined && last.from === said.from && last.to === said.to;
  if (!isSame || last.sign === undefined) unread('including what');
  const sign = (not ? EXCLUDING : INCLUDING)[last.sign];
  if (sign !== '<' && sign !== '>' && sign !== '<=' && sign !== '>=') unread('including what');
  state.at++;
  asked.periods[asked.periods.length - 1] = { ...last, sign };
}

/** 下单4次以上（含4次）, where the count was compared before it. */
function includesInGroups({ asked }: ParseState, not: boolean): boolean {
  const last = asked.having.at(-1);
  if (last === undefined || asked.conditions.some((one) => one.kind === 'compare')) return false;
  const sign = (not ? EXCLUDING : INCLUDING)[last.sign] ?? unread('including what');
  asked.having[asked.having.length - 1] = { ...last, sign };
  return true;
}
