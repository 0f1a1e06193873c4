/** A column, as it is named: beside its value, grouped by, compared, dated, measured, ordered by, or shown. */
import { findColumn, findTable } from '../../schema/schema.ts';
import { translationOf } from '../columns/label-columns.ts';
import { isPartOf } from '../columns/part-of.ts';
import { columnOf, hasLabel } from '../columns/schema-columns.ts';
import {
  ahead,
  behind,
  isNothingAsked,
  type ParseState,
  periodsSaid,
} from '../model/parse-state.ts';
import { isWord, type NamedColumn, refOf } from '../model/phrase.ts';
import { type ColumnRef, type Item, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { takeAgent } from '../names/agent-columns.ts';
import { asAbsent, asNeverDone } from './absent-columns.ts';
import { besideNumber, besideValue } from './beside-column-value.ts';
import { asCompared } from './column-as-compared.ts';
import { asDay, isOfPeriod } from './column-as-day.ts';
import { asGroup } from './column-as-group.ts';
import { measured, takeMeasureAhead } from './column-measures.ts';
import { isDayAhead, takeOtherColumn } from './compare-columns.ts';
import { countsDone } from './count-done.ts';
import { showsMeasured } from './han-clauses.ts';
import { sumsDone } from './sum-done.ts';
import { countsDoneOn, takeAllDone, takeChangeDone, takeDoneOn } from './take-done-on.ts';
import { takeItem } from './take-item.ts';
import { isPartOfFigure, isTakenOff } from './take-ratio.ts';
import { showsRowAbove, takeNamedAbove } from './take-reports-to.ts';
import { takeRole } from './take-role.ts';
import { takeRowsCompared } from './take-rows-compared.ts';

/** What a column may be named for, unless it is shown or ordered by, in order; true: it was. */
const USES: readonly ((state: ParseState, ref: ColumnRef) => boolean)[] = [
  asAbsent,
  takeNamedAbove,
  showsRowAbove,
  besideValue,
  besideNumber,
  asGroup,
  asCompared,
  asDay,
];

/** @throws Unread where no use of the column fits what was said around it */
export function takeColumn(state: ParseState, named: NamedColumn): void {
  const { table, total, done, ofThings } = named;
  const { asked, said } = state;
  // 每一类服务的收入 is of other rows.
  const isOfThings = ahead(state).every((one) => one.kind !== 'column' || one.table === table);
  if (ofThings && said.grouping && isOfThings) asked.thing ??= table;
  if (total) sumUp(state);
  const ref = inLanguage(state, refOf(named));
  if (named.agent) {
    takeAgent(state, ref);
    return;
  }
  if (named.role) {
    takeRole(state, ref);
    return;
  }
  if (showsMeasured(state, ref)) return;
  const before = behind(state);
  const { compared } = said;
  said.compared = undefined;
  if (takeOtherColumn(state, ref, compared)) return;
  if (isTakenOff(state, ref) || isPartOfFigure(state, ref)) return;
  if (isKindOfOthers(state, ref)) unread('the kind of what');
  if (done && said.grouping) unread('groups of what is done');
  // 放款2025年比2024年增长百分之几.
  const isBeforePeriod = done && state.chinese && ahead(state)[0]?.kind === 'period';
  if (isBeforePeriod && takeChangeDone(state, ref)) return;
  if (USES.some((use) => use(state, ref))) return;
  // `customers who signed up but never ordered`.
  if (done && asked.thing === table && isWord(ahead(state)[0], 'but')) {
    // `claims submitted but not approved`: not all of them are submitted.
    const isOfSome = columnOf(state, ref)?.holdsNull === true;
    if (isOfSome && !state.chinese) unread('what is done of some rows alone');
    return;
  }
  if (done && (asNeverDone(state, ref) || countsDone(state, ref))) return;
  if (done && whoDid(state, ref)) return;
  if (done && !state.chinese && (takeRowsCompared(state, table) || sumsDone(state, ref))) return;
  if (done && !state.chinese && !isDayAsked(state) && !isDayAhead(state, ref))
    unread('what is done on no day');
  const isTaken = done === true && state.chinese;
  if (isTaken && (takeAllDone(state, ref) || countsDoneOn(state, ref) || takeDoneOn(state, ref)))
    return;
  takeMeasureAhead(state, ref);
  const [item, ...more] = measured(state, ref);
  if (more.length === 0) takeItem(state, item, ref, before);
  else showAll(state, [item, ...more]);
}

/** `who joined in 2025`: of whom the rows are that it is done with; whether it is so. */
function whoDid(state: ParseState, ref: ColumnRef): boolean {
  const { asked, said, chinese } = state;
  const isOpen = asked.who && isNothingAsked(asked) && asked.periods.length === 0;
  const [next] = ahead(state).filter((one) => !isOfPeriod(one));
  const isUsed =
    said.extreme !== undefined || said.calls.length > 0 || said.without || said.negated;
  if (chinese || !isOpen || isUsed || next?.kind !== 'period' || periodsSaid(state) > 1)
    return false;
  if (!hasLabel(state, ref.table)) return false;
  asked.thing = ref.table;
  said.periodOf = ref;
  return true;
}

/** `by kind of site`, of the kinds of something else. */
function isKindOfOthers(state: ParseState, { table, column }: ColumnRef): boolean {
  const [of, owner] = ahead(state);
  return (
    !state.chinese &&
    /^(?:kind|type|category)$/i.test(column) &&
    isWord(of, 'preposition') &&
    owner?.kind === 'table' &&
    !isTable(owner.table, table) &&
    !isPartOf(state.links, owner.table, table)
  );
}

/** `when was it founded`, `hired first`, `sorted by when they joined`. */
function isDayAsked(state: ParseState): boolean {
  const { asked, said } = state;
  const isFirst = said.extreme !== undefined || isWord(ahead(state)[0], 'extreme', 'days-first');
  return asked.asks === 'when' || isFirst || said.sorting;
}

/** Chinese questions ask for the Chinese of two names. */
function inLanguage({ schema, chinese }: ParseState, ref: ColumnRef): ColumnRef {
  const table = findTable(schema, ref.table);
  const column = table && findColumn(table, ref.column);
  const translated = chinese && table && column ? translationOf(table, column) : undefined;
  return translated === undefined ? ref : { table: ref.table, column: translated.name };
}

/** 销售额 is a total. @throws Unread where another measure of it is said, and for a number before it */
function sumUp({ said }: ParseState): void {
  const isOther = said.calls.some((call) => call !== 'sum');
  if (isOther || said.sign !== undefined || said.grouping) unread('a measure of totals');
  said.calls = ['sum'];
}

/** `minimum and maximum price`: shown, and neither compared nor ordered by. */
function showAll(state: ParseState, items: readonly Item[]): void {
  const { asked, said } = state;
  const isUsed = said.extreme !== undefined || said.sorting || isWord(ahead(state)[0], 'compare');
  if (isUsed) unread('several measures');
  asked.shown.push(...items);
}
