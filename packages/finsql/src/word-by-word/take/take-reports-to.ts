/** Who reports to whom, where rows of a table refer to others of it. */
import { findTable, fold } from '../../schema/schema.ts';
import { soleKey } from '../../schema/table-keys.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { isKeyAbove, isOfOwnTable, keysAbove } from '../columns/keys-above.ts';
import { COST } from '../columns/name-costs.ts';
import { columnOf, isLabel, labelColumns } from '../columns/schema-columns.ts';
import { ahead, isNothingAsked, type ParseState } from '../model/parse-state.ts';
import { isWord, type ValueMeaning } from '../model/phrase.ts';
import {
  type ColumnRef,
  type Condition,
  columnIn,
  columnOn,
  type HeldText,
  isSameColumn,
  isTable,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/**
 * 研发中心下面的部门, 城南分行下辖几个支行: the name before it tells whom the rows are under.
 * @throws Unread where no name of rows that refer to others of their table stands before it
 */
export function takeUnder(state: ParseState): void {
  const { asked, schema } = state;
  const above = asked.conditions.at(-1);
  const named = ahead(state).find((one) => one.kind === 'table' || one.kind === 'value');
  const of = above && columnOn(above)?.table;
  if (named?.kind === 'table' && of !== undefined && named.table !== of) {
    // 城南分行下属的客户经理: those of it, and those of the branches under it.
    if (keysAbove(findTable(schema, of)).length > 0) unread('of all that is under it');
    return;
  }
  const isNamed = above?.kind === 'compare' && above.sign === '=' && isLabel(state, above.column);
  if (!isNamed || typeof above.value !== 'string') unread('under what');
  const { table, column } = above.column;
  const under = referringTo(state, table, [{ column, value: above.value }]) ?? unread('under none');
  if (named?.table !== above.column.table) unread('under what');
  asked.conditions[asked.conditions.length - 1] = under;
}

/**
 * `people who report to the Head of Sales`: the value behind it tells whom.
 * @throws Unread where no value follows, or not one column of its table refers to the table
 */
export function takeReportsTo(state: ParseState): void {
  const [next] = ahead(state);
  if (next?.kind !== 'value') unread('reports to whom');
  const { table } = next;
  const { thing, shown } = state.asked;
  const told = [
    ...(thing === undefined ? [] : [thing]),
    ...shown.flatMap((item) => columnIn(item)?.table ?? []),
  ];
  if (told.some((one) => fold(one) !== fold(table))) unread('reports of other things');
  const held = takeNames(state, next);
  const under = referringTo(state, table, held) ?? unread('reports to none');
  state.asked.conditions.push(under);
}

/** That a row is under the one of its table that is called so; undefined where not one column tells it. */
function referringTo(
  { schema }: ParseState,
  table: string,
  held: readonly HeldText[],
): Condition | undefined {
  const [column, ...more] = keysAbove(findTable(schema, table));
  const key = soleKey(schema, table);
  if (column === undefined || more.length > 0 || key === undefined) return undefined;
  return { kind: 'refers', column: { table, column }, key, held };
}

/** Takes the name ahead: both names of `Anna Berg`, where they are kept apart. */
function takeNames(state: ParseState, first: ValueMeaning): HeldText[] {
  const [, last] = ahead(state);
  const isLastName =
    !state.chinese &&
    last?.kind === 'value' &&
    isTable(first.table, last.table) &&
    !isSameColumn(first, last) &&
    isLabel(state, first) &&
    isLabel(state, last);
  const named = isLastName ? [first, last] : [first];
  state.at += named.length;
  return named.map(({ column, value }) => ({ column, value }));
}

/**
 * 上级机构是城东分行的网点, `customers referred by Acme`: the column that tells whom a row is under, or which row of its
 * table it refers to, before the name of that; whether it is so.
 */
export function takeNamedAbove(state: ParseState, { table, column }: ColumnRef): boolean {
  const { asked, said, schema, chinese } = state;
  const [next] = ahead(state);
  const key = soleKey(schema, table);
  const ref = { table, column };
  const isAbove = isKeyAbove(schema, ref) || (!chinese && isOfOwnTable(schema, ref));
  const isNamed =
    next?.kind === 'value' && fold(next.table) === fold(table) && isLabel(state, next);
  const isFree = said.calls.length === 0 && !said.grouping && !said.sorting;
  if (!isAbove || !isNamed || !isFree || key === undefined) return false;
  if (said.negated || said.without) unread('all but those under it');
  asked.conditions.push({ kind: 'refers', column: ref, key, held: takeNames(state, next) });
  return true;
}

/** 东门支行的上级机构: the name of the row that the named one is under, and not its code; whether it is so. */
export function showsRowAbove(state: ParseState, ref: ColumnRef): boolean {
  const { asked, schema, chinese } = state;
  const { table, column } = ref;
  const [named, ...more] = asked.conditions;
  const key = soleKey(schema, table);
  const isNamed =
    named?.kind === 'compare' && named.sign === '=' && isTable(named.column.table, table);
  const isLast = ahead(state).every((one) => isWord(one, 'which', 'who'));
  const isPlain =
    isNothingAsked(asked) && asked.groups.length === 0 && state.said.calls.length === 0;
  if (!chinese || !isNamed || more.length > 0 || !isLast || !isPlain || key === undefined)
    return false;
  // 上级机构号 is its number.
  const said = state.phrases[state.at - 1];
  if (said?.kind === 'column' && said.cost <= COST.key && isNumbered(state, ref)) return false;
  const isOfRow = isLabel(state, named.column) && typeof named.value === 'string';
  if (!isOfRow || !isKeyAbove(schema, ref)) return false;
  const held = [{ column: named.column.column, value: String(named.value) }];
  asked.conditions[0] = { kind: 'refers', column: { table, column: key }, key: column, held };
  asked.thing = table;
  asked.shown.push(...labelColumns(state, table));
  return true;
}

function isNumbered(state: ParseState, ref: ColumnRef): boolean {
  const found = columnOf(state, ref);
  return found !== undefined && calledBy(found).some((name) => /(?:号码?|编码|代码)$/u.test(name));
}
