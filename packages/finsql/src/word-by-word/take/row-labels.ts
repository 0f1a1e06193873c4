/** What rows are called by that have no name: `the holdings of a fund` by the securities that they are of. */
import { findTable, fold } from '../../schema/schema.ts';
import { soleKey } from '../../schema/table-keys.ts';
import { isPartOf, isReference } from '../columns/part-of.ts';
import { hasLabel, isLabel, isQuantity, labelColumns } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, columnOn, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { areAmounts, isOfMoney } from './sum-rows.ts';

/**
 * The name of a row; of rows without one, that of the one thing that they refer to and nothing is said of, or their key.
 * @throws Unread where nothing tells it
 */
export function labelsOfRows(state: ParseState, table: string): ColumnRef[] {
  const { asked, links, chinese } = state;
  if (chinese || hasLabel(state, table))
    return chinese ? labelColumns(state, table) : ownLabels(state, table);
  const targets = links.filter((one) => one.table === fold(table)).map(({ target }) => target);
  const isOne = (target: string) =>
    asked.conditions.some((one) => {
      const column = columnOn(one);
      const isHeld = one.kind === 'compare' && one.sign === '=';
      return (
        isHeld && column !== undefined && isTable(column.table, target) && tells(state, column)
      );
    });
  const open = [...new Set(targets)].filter((target) => !isOne(target));
  const [only, ...others] = open;
  // Of rows that refer to two things, one of which is said.
  const isTold =
    only !== undefined &&
    others.length === 0 &&
    open.length < new Set(targets).size &&
    !areThings(state, table);
  if (isTold) return labelColumns(state, only);
  const telling = textKey(state, table);
  if (telling !== undefined) return telling;
  const keys = keyColumns(state, table);
  // `takings in 2025` may be how many, or how much.
  const isNamed = state.phrases.some((one) => one.kind === 'table' && isTable(one.table, table));
  // `debits by client` are groups.
  const isGrouped = state.phrases.some((one) => isWord(one, 'by'));
  const isOpen =
    !areBounded(state, table) &&
    (isOfMoney(table) ||
      (!areAskedFor(state) &&
        !areOfOne(state, table) &&
        !areInState(state, table) &&
        !areDoneOrNot(state, table)));
  if (keys.length === 0 || !isNamed || isGrouped || isOpen) return labelColumns(state, table);
  return keys;
}

/** The key of rows, in all of its columns: the instalment 3 of which loan. */
function keyColumns({ schema }: ParseState, table: string): ColumnRef[] {
  const key = soleKey(schema, table);
  const columns = findTable(schema, table)?.columns ?? [];
  const keys = key === undefined ? columns.filter(({ primaryKey }) => primaryKey) : [{ name: key }];
  return keys.map(({ name }) => ({ table, column: name }));
}

/** `timesheets not yet approved`: each of them is, or is not. */
function areDoneOrNot({ asked }: ParseState, table: string): boolean {
  return asked.conditions.some((one) => one.kind === 'stored' && isTable(one.column.table, table));
}

/** Whether rows have a state or a kind of their own: claims are told by no policy, as holdings are by what is held. */
function areThings({ schema, links }: ParseState, table: string): boolean {
  const columns = findTable(schema, table)?.columns ?? [];
  return columns.some(
    ({ name, kind, primaryKey }) =>
      kind === 'text' &&
      !primaryKey &&
      /status|state$|cause|reason/i.test(name) &&
      !isReference(links, { table, column: name }),
  );
}

/** Whether rows are asked for: by a word that does, by what is shown beside, by what there is none of. */
function areAskedFor(state: ParseState): boolean {
  const { asked, phrases } = state;
  return (
    phrases.some((one) => isWord(one, 'list', 'which', 'with-own', 'with-figure', 'without')) ||
    (asked.order === undefined && phrases.some((one) => isWord(one, 'with'))) ||
    asked.having.length > 0 ||
    asked.conditions.some(({ kind }) => kind === 'without')
  );
}

/** `open periods`: each is in such a state. */
function areInState(state: ParseState, table: string): boolean {
  const isOfState = (one: ColumnRef) =>
    isTable(one.table, table) && /status|state$|^stat$/i.test(one.column);
  const isHeld = state.asked.conditions.some(
    (one) => one.kind === 'compare' && typeof one.value === 'string' && isOfState(one.column),
  );
  return isHeld && areThings(state, table) && state.asked.periods.length === 0;
}

/** `wire payments over 5,000`, `gifts above the average`: each of them is. */
function areBounded(state: ParseState, table: string): boolean {
  const isStated = state.phrases.some(({ kind }) => kind === 'number');
  return state.asked.conditions.some(
    (one) =>
      (one.kind === 'mean' && isTable(one.column.table, table)) ||
      (isStated &&
        one.kind === 'compare' &&
        typeof one.value === 'number' &&
        /[<>]/.test(one.sign) &&
        isTable(one.column.table, table) &&
        isQuantity(state, one.column)),
  );
}

/** Whether a column tells the rows of its table: their name, or their key. */
function tells(state: ParseState, ref: ColumnRef): boolean {
  return isLabel(state, ref) || ref.column === soleKey(state.schema, ref.table);
}

/** `claims of policy P-10007`: rows of one thing, which are no amounts. */
function areOfOne(state: ParseState, table: string): boolean {
  const { asked, links } = state;
  const isTold = (ref: ColumnRef) => isPartOf(links, table, ref.table) && tells(state, ref);
  const isOne = asked.conditions.some(
    (one) =>
      one.kind === 'compare' &&
      one.sign === '=' &&
      (isTold(one.column) || (isTable(one.column.table, table) && isReference(links, one.column))),
  );
  return isOne && !areAmounts(table) && asked.periods.length === 0;
}

/** A key in words of its own, `plate` of trucks, that tells rows without a name. */
function textKey({ schema, links }: ParseState, table: string): ColumnRef[] | undefined {
  const key = soleKey(schema, table);
  const column = findTable(schema, table)?.columns.find(({ name }) => name === key);
  const isOfOthers = isReference(links, { table, column: key ?? '' });
  const isTelling = column?.kind === 'text' && column.primaryKey && !/id$/i.test(column.name);
  return column !== undefined && isTelling && !isOfOthers
    ? [{ table, column: column.name }]
    : undefined;
}

/** What rows are called by, but by no key of others: a loan is told by its number, and by no product code. */
function ownLabels(state: ParseState, table: string): ColumnRef[] {
  const labels = labelColumns(state, table);
  const isOfOthers = ({ column }: ColumnRef) => isReference(state.links, { table, column });
  const key = soleKey(state.schema, table);
  if (!labels.every(isOfOthers))
    return wholeKey(state, table, labels) ?? keyedKinds(state, table, labels) ?? labels;
  if (key !== undefined && !isOfOthers({ table, column: key })) return [{ table, column: key }];
  return wholeKey(state, table, labels) ?? unread(`${table} has no label`);
}

/** All of a key of several columns, of which what rows are called by is one: the line 3 of which invoice. */
function wholeKey(
  { schema }: ParseState,
  table: string,
  [label, ...others]: readonly ColumnRef[],
): ColumnRef[] | undefined {
  const keys = (findTable(schema, table)?.columns ?? []).filter(({ primaryKey }) => primaryKey);
  const isPart = others.length === 0 && keys.some(({ name }) => name === label?.column);
  return isPart && keys.length > 1 ? keys.map(({ name }) => ({ table, column: name })) : undefined;
}

/** The key of rows beside what many of them are called: share classes are A, I or R, and each has its ISIN. */
export function keyedKinds(
  { schema }: Pick<ParseState, 'schema'>,
  table: string,
  labels: readonly ColumnRef[],
): ColumnRef[] | undefined {
  const [label, ...others] = labels;
  const found = findTable(schema, table);
  const key = soleKey(schema, table);
  const called = found?.columns.find(({ name }) => name === label?.column);
  if (called === undefined || others.length > 0 || key === undefined || key === called.name)
    return undefined;
  // Of five kinds or more the samples are not all.
  const kinds = called.samples.length;
  const areMany = kinds > 0 && kinds < 5 && (found?.rowCount ?? 0) > 2 * kinds;
  return areMany ? [{ table, column: key }, ...labels] : undefined;
}
