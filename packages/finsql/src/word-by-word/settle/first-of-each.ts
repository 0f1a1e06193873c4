/** The first of each group: `the most expensive product of each category`, `top 2 rooms per hotel by rate`. */
import { singular } from '../../retrieval/words.ts';
import { findTable } from '../../schema/schema.ts';
import { tableWords } from '../columns/name-words.ts';
import { namesakeOf } from '../columns/namesake-figures.ts';
import { isPartOf } from '../columns/part-of.ts';
import { hasLabel, labelColumns } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import {
  type ColumnRef,
  type Group,
  isMeasure,
  isSameColumn,
  isTable,
  type Order,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { sortsAll } from '../take/order-rows.ts';

/**
 * Makes of an order of rows that are said to be of groups one within each group; whether it is so.
 * @throws Unread where each row is a group of its own, and where rows are held to measures
 */
export function firstOfEach(state: ParseState, thing: string): boolean {
  const { asked } = state;
  const { order, groups, shown } = asked;
  if (order === undefined || sortsAll(state) || groups.length === 0) return false;
  if (shown.some(isMeasure) || !(asked.who || asked.thing !== undefined || shown.length > 0)) {
    return false;
  }
  const isGroup = (ref: ColumnRef) => groups.some((group) => isSameColumn(group, ref));
  const isOfGroups = ({ table }: { readonly table: string }) =>
    groups.some((group) => group.isThing && isTable(group.table, table));
  if (isOfGroups({ table: thing })) return false;
  if (asked.having.length > 0 || asked.both !== undefined) unread('the first of each group');
  const isCalledNothing = shown.length === 0 && !hasLabel(state, thing);
  const figure = isCalledNothing ? figureOf(state, thing, order) : undefined;
  if (isCalledNothing && figure === undefined && asked.limit === undefined)
    return mostOfEach(state, order, thing);
  // What is called nothing is told by what it is ordered by: `the last order of each customer`.
  const columns =
    shown.length > 0 ? shown : isCalledNothing ? [figure ?? order.by] : labelColumns(state, thing);
  const told = columns.flatMap((item) =>
    isMeasure(item) || isOfGroups(item) || isGroup(item) ? [] : item,
  );
  if (told.length === 0) unread('the first of each group');
  if (isOfMany(state, order.by, told, groups)) unread('the first of many');
  // 每个月凭证最多的制单人: one row is not many of itself.
  const isOfItself = isMeasure(order.by) && isTable(order.by.rows, thing);
  const areOwn = told.every(({ table }) => isTable(table, thing));
  if (state.chinese && isOfItself && areOwn) unread('how many of themselves');
  asked.firstOf = groups;
  asked.shown = [...groups, ...told];
  const ofThing = told.map((ref): Group => ({ ...ref, isThing: isTable(ref.table, thing) }));
  asked.groups = isMeasure(order.by) ? [...groups, ...ofThing] : [];
  return true;
}

/** `the latest balance of each account`: of rows that are figures, the figure, and not its day. */
function figureOf(
  { schema, chinese }: ParseState,
  thing: string,
  { by }: Order,
): ColumnRef | undefined {
  const table = findTable(schema, thing);
  const figure = table && namesakeOf(table);
  const isOfDays = !isMeasure(by) && by.column !== figure?.name;
  return chinese || figure === undefined || !isOfDays
    ? undefined
    : { table: thing, column: figure.name };
}

/** `for each genre the title that sold the most copies`: each has many rows of what it is ordered by. */
function isOfMany(
  { links, chinese }: ParseState,
  by: Order['by'],
  told: readonly ColumnRef[],
  groups: readonly Group[],
): boolean {
  const [first] = told;
  if (chinese || isMeasure(by) || first === undefined) return false;
  const areOwn = groups.every(
    ({ table }) => isTable(table, first.table) || isPartOf(links, first.table, table),
  );
  const isRow = told.some(({ table }) => isTable(table, by.table));
  return areOwn && !isRow && isPartOf(links, by.table, first.table);
}

/** What rows are asked for by their kind: `the latest rating`. */
const TELLS = /^(?:rating|grade|score|status|outlook|ranking|level)$/;

/** @throws Unread where rows of another table have what it is ordered by, and for what they tell */
function mostOfEach(state: ParseState, { by, descending }: Order, thing: string): boolean {
  const { asked } = state;
  if (isMeasure(by)) return false;
  if (!isTable(by.table, thing)) unread('the first of each group');
  // 每只债券的最新评级: what it is, and not its day.
  if (TELLS.test(singular(tableWords(thing).at(-1) ?? ''))) unread('rows, or what they tell');
  asked.shown = [...asked.groups, { call: descending ? 'max' : 'min', of: by }];
  asked.order = undefined;
  return true;
}
