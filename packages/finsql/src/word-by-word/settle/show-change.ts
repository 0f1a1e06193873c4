/** `how much did revenue grow from 2023 to 2024`: a figure of one period against that of another. */
import { periodAround } from '../../retrieval/quantities/calendar.ts';
import { findTable, fold } from '../../schema/schema.ts';
import {
  addsUp,
  isDay,
  isMonth,
  isMonthNumber,
  isNumber,
  soleAmount,
} from '../columns/schema-columns.ts';
import type { AskedPeriod } from '../model/asked.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import {
  type ColumnCondition,
  type Item,
  isMeasure,
  isSameColumn,
  isTable,
  type Measure,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { massUncounted } from '../phrases/amounts-of-all.ts';
import { periodCondition } from '../take/asked-period.ts';
import { measureOf } from '../take/measure-of.ts';
import { sideBySide } from '../take/show-kinds.ts';

/**
 * Makes of what is asked for its change, or a condition on it: `which shops sold more in 2024 than in 2023`.
 * @throws Unread where there are not two periods, or not one figure
 */
export function showChange(state: ParseState, thing: string): void {
  const { asked, said } = state;
  if (isChangeAlone(state)) said.change = { inPercent: true };
  if (said.change === undefined) {
    if (said.fromBefore !== undefined) unread('compared with what');
    const areApart = said.apart === true && asked.periods.length === 2;
    if (said.versus !== undefined || areApart) showPeriods(state, thing);
    return;
  }
  const spoken = asked.periods.map((period) => ({ ...period }));
  const [first, second, ...more] = periodsOf(state);
  if (first === undefined || second === undefined || more.length > 0) unread('a change of when');
  const { sign } = said.change;
  const inPercent = said.change.inPercent || said.fromBefore?.inPercent === true;
  const ofLevels = levelNoted(state);
  const { figure, others } =
    ofLevels === undefined ? figureOf(state, thing) : { figure: ofLevels, others: [] };
  // The periods are of what is measured.
  asked.shown = [figure, ...others];
  const [from, to] = [within(state, thing, first), within(state, thing, second)];
  if (sign === undefined) {
    const isTurned = spoken[0]?.from === second.from;
    const both = isTurned ? [to, from] : [from, to];
    const beside = said.changeBeside ? sideBySide(state, both) : [];
    asked.shown = [...beside, { ...figure, change: { from, to, inPercent } }];
    return;
  }
  asked.shown = [...others];
  const measure = { ...figure, change: { from: to, to: from, inPercent } };
  asked.having.push({ measure, sign, value: 0 });
}

/** 2024年11月开票金额环比: at the end the word asks for the change itself, in percent. */
function isChangeAlone({ asked, said, phrases, chinese }: ParseState): boolean {
  const isOpen = said.change === undefined && said.eachPeriod === undefined;
  return chinese && isOpen && asked.periods.length === 1 && isWord(phrases.at(-1), 'from-before');
}

/** `revenue by region, 2024 against 2025`: the figures of both, side by side. @throws Unread where there are no two periods */
function showPeriods(state: ParseState, thing: string): void {
  const { asked, said } = state;
  const [first, second, ...more] = asked.periods.splice(0);
  if (state.chinese || first === undefined || second === undefined || more.length > 0)
    unread('compared with what');
  if (asked.order !== undefined || asked.having.length > 0) unread('compared with what');
  if (asked.shown.length === 0) asked.shown.push({ call: 'count', rows: thing });
  asked.shown = asked.shown.map((item) => measureOf(state, item));
  asked.shown = sideBySide(state, [within(state, thing, first), within(state, thing, second)]);
  // `yearly sales, 2024 against 2025`.
  const areYears = [first, second].every(
    ({ from, to }) => from.endsWith('-01-01') && to.endsWith('-12-31'),
  );
  if (said.eachPeriod === 'year' && areYears) delete said.eachPeriod;
}

/** The periods from which and to which it is: 同比 is from that of the year before, 比2023年 from that. */
function periodsOf({ asked, said, chinese }: ParseState): AskedPeriod[] {
  const [only, other, ...more] = asked.periods.splice(0);
  if (only === undefined || more.length > 0) return unread('a change of when');
  // `compare 2024 with 2023`: unless it is said from which, from the earlier.
  const isBackward =
    other !== undefined &&
    only.from > other.from &&
    said.changeFrom !== true &&
    said.change?.sign === undefined;
  // `2024 against 2025, and the growth`: from the earlier as well.
  const isEarlier = other !== undefined && !chinese && only.from < other.from;
  const isTurned = (said.versus === 1 && !isEarlier) || isBackward;
  if (other !== undefined) return isTurned ? [other, only] : [only, other];
  if (said.fromBefore === undefined) return [only];
  return [said.fromBefore.by === 'year' ? yearBefore(only) : spanBefore(only), only];
}

/** The same days of the year before. */
function yearBefore({ from, to }: AskedPeriod): AskedPeriod {
  const shifted = (day: string) => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  const next = periodAround(to, 'day', 1).from;
  return { from: shifted(from), to: periodAround(shifted(next), 'day', -1).to, ends: false };
}

/** The year, quarter or month before. @throws Unread for other periods */
function spanBefore({ from, to }: AskedPeriod): AskedPeriod {
  const grain = (['year', 'quarter', 'month'] as const).find((one) => {
    const whole = periodAround(from, one, 0);
    return whole.from === from && whole.to === to;
  });
  if (grain === undefined) return unread('a change of part of a month');
  const { from: start, to: end } = periodAround(from, grain, -1);
  return { from: start, to: end, ends: false };
}

/** 各币种2025年末中间价比2024年末变动百分之几: each group has one level on a day; undefined where it has not. */
function levelNoted(state: ParseState): Measure | undefined {
  const { asked, chinese, schema, links } = state;
  const [only, ...more] = asked.shown;
  if (!chinese || only === undefined || more.length > 0 || isMeasure(only)) return undefined;
  if (!isNumber(state, only) || addsUp(state, only)) return undefined;
  const keys = findTable(schema, only.table)?.columns.filter(({ primaryKey }) => primaryKey) ?? [];
  const others = keys.filter(
    ({ name }) =>
      !isDay(state, { table: only.table, column: name }) && !isMonthIn(state, only.table, name),
  );
  const [key, ...rest] = others;
  const [group, ...groups] = asked.groups;
  if (keys.length !== 2 || key === undefined || rest.length > 0) return undefined;
  if (group === undefined || groups.length > 0) return undefined;
  const isKey = isSameColumn(group, { table: only.table, column: key.name });
  const isOfKey =
    group.isThing &&
    links.some(
      (link) =>
        isTable(only.table, link.table) &&
        link.column === fold(key.name) &&
        isTable(group.table, link.target),
    );
  return isKey || isOfKey ? { call: 'sum', of: only } : undefined;
}

function isMonthIn(state: ParseState, table: string, column: string): boolean {
  return isMonth(state, { table, column }) || isMonthNumber(state, { table, column });
}

function within(state: ParseState, thing: string, period: AskedPeriod): ColumnCondition {
  if (period.sign !== undefined) unread('a change of open periods');
  const condition = periodCondition(state, thing, period);
  return condition.kind === 'without' ? unread('a change of what is absent') : condition;
}

/** The one figure that is asked for, and what else is shown; of `which shops sold more`, it is the amount. */
function figureOf(
  state: ParseState,
  thing: string,
): { readonly figure: Measure; readonly others: readonly Item[] } {
  const { asked, said } = state;
  const isFigure = (item: Item) => isMeasure(item) || isNumber(state, item);
  const [item, ...more] = asked.shown.filter(isFigure);
  const others = asked.shown.filter((one) => one !== item);
  const isOfRows = item === undefined || (isMeasure(item) && item.rows !== undefined);
  const mass = isOfRows && more.length === 0 ? massUncounted(state, thing) : undefined;
  if (mass !== undefined && others.length === 0 && asked.order === undefined)
    return { figure: mass, others };
  const isCompared = said.change?.sign !== undefined;
  if (more.length > 0 || asked.order !== undefined) unread('a change of several');
  if (!isCompared && (item === undefined || others.length > 0)) unread('a change of what');
  const amount = item ?? soleAmount(state, thing);
  return { figure: measureOf(state, amount), others };
}
