import { fold } from '../../schema/schema.ts';
import { soleKey } from '../../schema/table-keys.ts';
import { addsUp, isDay, isKey, isLabel, isNumber, isYear } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { type ColumnRef, isMeasure, isTable, type Measure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { asksHowMany } from './hold-to-total.ts';
import { sumOfCounted } from './several-figures.ts';
import { columnsIn, measuresIn } from './shown-items.ts';
/** `the name and the number of loans of customers`: without a word for it, by what is shown. */
export function groupShown(state: ParseState, thing: string): void {
  const { asked } = state;
  const columns = columnsIn(state);
  const measures = measuresIn(state);
  const measured = isMeasured(state);
  if (measures.length === 0 && !measured) return;
  if (columns.length === 0) {
    if (measured) countGroups(state, thing, measures);
    return;
  }
  if (!measured && sumOfCounted(state, thing)) return;
  // 租金账单的平均金额: nobody asks for it of each amount.
  const isAmount = (ref: ColumnRef) =>
    isNumber(state, ref) && addsUp(state, ref) && !isKey(ref) && !isYear(state, ref);
  const isOfFigures = !measured && measures.some(({ of }) => of !== undefined);
  if (state.chinese && isOfFigures && columns.some(isAmount)) unread('groups of an amount');
  if (asksHowMany(state) && !state.said.counted) unread('how many of a column');
  if (measures.some(({ call }) => call === 'min' || call === 'max')) {
    unread('an extreme beside columns');
  }
  if (!measured) {
    // Only rows of another table are measured for each of what is shown.
    const own = new Set(columns.map(({ table }) => fold(table)));
    const isOwn = ({ of, rows }: Measure) => own.has(fold(of?.table ?? rows ?? ''));
    // `the position and the number of players`: of each kind.
    const areKinds =
      columns.every((ref) => isKind(state, ref)) &&
      measures.every(({ rows }) => rows !== undefined);
    if (measures.some(isOwn) && !areKinds) unread('columns beside a measure');
    asked.implicit = !areKinds;
  }
  if (state.said.commonest !== undefined) {
    asked.groups.push(...columns.map((ref) => ({ ...ref, isThing: false })));
    return;
  }
  const counted = new Set(countedRows(asked));
  if (columns.some((ref) => isLabel(state, ref) && counted.has(fold(ref.table)))) {
    unread('how many of themselves');
  }
  // `the city of the customer with the most orders` is of one customer.
  const isNamed = asked.tables.some((table) => isTable(asked.thing, table));
  const isOfThing = ({ table }: ColumnRef) =>
    isNamed && !counted.has(fold(table)) && isTable(table, thing);
  asked.groups.push(
    ...columns.map((ref) => ({ ...ref, isThing: isLabel(state, ref) || isOfThing(ref) })),
  );
}

/**
 * `how many customers have more than 2 orders`: the things that are held to it.
 * @throws Unread where something else is measured of them
 */
function countGroups(
  { asked, schema }: ParseState,
  thing: string,
  measures: readonly Measure[],
): void {
  const [only, ...more] = measures;
  const key = soleKey(schema, thing);
  const isCount = isTable(only?.rows, thing) && more.length === 0;
  if (!isCount || asked.order !== undefined || key === undefined) {
    unread('a measure of measures');
  }
  asked.shown = [{ table: thing, column: key }];
  asked.groups.push({ table: thing, column: key, isThing: true });
  asked.countsGroups = true;
}

/** Folded tables whose rows groups are held to or ordered by. */
function countedRows({ having, order }: ParseState['asked']): string[] {
  const by = order !== undefined && isMeasure(order.by) ? [order.by] : [];
  return [...having.map(({ measure }) => measure), ...by].flatMap(({ rows }) =>
    rows === undefined ? [] : fold(rows),
  );
}

/** Whether many rows may have the same of a column. */
export function isKind(state: ParseState, ref: ColumnRef): boolean {
  return !isNumber(state, ref) && !isDay(state, ref) && !isLabel(state, ref) && !isKey(ref);
}

/** Whether rows are held to or ordered by a measure. */
export function isMeasured({ asked: { having, order } }: ParseState): boolean {
  return having.length > 0 || (order !== undefined && isMeasure(order.by));
}
