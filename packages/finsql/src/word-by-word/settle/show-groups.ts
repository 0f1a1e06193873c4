import { findTable, fold } from '../../schema/schema.ts';
import { tableWords } from '../columns/name-words.ts';
import { isPartOf } from '../columns/part-of.ts';
import {
  addsUp,
  hasLabel,
  isKey,
  isLabel,
  isNumber,
  isQuantity,
  labelColumns,
} from '../columns/schema-columns.ts';
import { isListing, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import {
  type ColumnRef,
  columnOn,
  type Group,
  isMeasure,
  isSameColumn,
  isTable,
  type Measure,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { isMass, massOf } from '../phrases/amounts-of-all.ts';
import { isKind } from '../take/group-shown.ts';
import { sortsAll } from '../take/order-rows.ts';
import { sumOfGroups } from '../take/several-figures.ts';
import { columnsIn, measuresIn } from '../take/shown-items.ts';
/** `average salary by department`, `the name and the number of songs of each singer`. */
export function showGroups(state: ParseState): void {
  const { asked } = state;
  asked.groups = asked.groups.filter(
    (one, at) => !asked.groups.slice(0, at).some((other) => isSameGroup(one, other)),
  );
  const columns = columnsIn(state);
  const measures = measuresIn(state);
  if (columns.length === 0 && measures.length === 0) {
    if (showWholes(state)) return;
    measures.push(countByGroup(state));
  }
  if (columns.length > 0 && sumOfGroups(state)) return;
  if (columns.length === 0) asked.shown = [...asked.groups, ...measures];
  else if (measures.length > 0) nameGroups(state, columns);
  else showEach(state, columns);
}

/** 每个员工的部门: each has one, which is told and not counted; whether it is so. */
function showWholes(state: ParseState): boolean {
  const { asked, links, chinese } = state;
  const { thing, groups } = asked;
  const [group, ...others] = groups;
  if (!chinese || thing === undefined || group === undefined) return false;
  const isWhole = isPartOf(links, group.table, thing) && !isPartOf(links, thing, group.table);
  const isPlain = others.length === 0 && asked.having.length === 0 && asked.order === undefined;
  if (!isEachThing(groups) || !isWhole || !isPlain || !hasLabel(state, thing)) return false;
  asked.shown = [...groups, ...labelColumns(state, thing)];
  asked.groups = [];
  return true;
}

/** `customers by country`; where they are to be listed, it may be their order. */
function countByGroup(state: ParseState): Measure {
  const { asked } = state;
  const { groups } = asked;
  const thing = asked.thing ?? rowsOfKind(state);
  // 按回款方式统计回款: how much it is.
  const isFigure = state.phrases.every((one) => !isWord(one, 'list') || one.figures === true);
  const isSum = state.chinese && isFigure && !asked.listed && isMass(state, thing ?? '');
  const isListed = asked.who || (isListing(state) && !isSum);
  const isOwn = groups.some(({ isThing, table }) => isThing && isTable(thing, table));
  if (thing === undefined || isListed || isOwn || groups.some(isKey) || asked.order !== undefined) {
    return unread('groups of nothing');
  }
  if (isNamedBehind(state, thing)) unread('groups of nothing');
  // `shops by town, alphabetically`: in that order, or how many of each.
  if (state.said.orderOf === 'texts') unread('groups of nothing');
  // `budget by account`: of how many rows, or of how much.
  const mass = massOf(state, thing);
  if (mass !== undefined) return mass;
  if (isCalledAsAmounts(thing)) unread('rows, or what they amount to');
  const isByDoing = state.phrases.some((one) => one.kind === 'table' && one.byDoing === true);
  if (isByDoing) unread('rows, or what they amount to');
  if (isCalledAsFigure(state, thing)) unread('rows, or their figure');
  return { call: 'count', rows: thing };
}

/** `downgrades per agency`: rows that are called by what they hold; undefined where nothing is called so. */
function rowsOfKind({ phrases, asked, chinese }: ParseState): string | undefined {
  const at = phrases.findIndex((one) => isWord(one, 'by', 'each', 'each-period'));
  const kind = phrases.find((one) => one.kind === 'value' || one.kind === 'flag');
  const isFirst = kind !== undefined && kind.plural === true && phrases.indexOf(kind) < at;
  const isOther = phrases
    .slice(0, at)
    .some(({ kind: other }) => /^(?:table|column|names)$/.test(other));
  const isPlain = asked.having.length === 0 && asked.tables.length <= 1;
  return !chinese && isFirst && !isOther && isPlain ? kind.table : undefined;
}

/** `rent by property from live leases`, `invoiced per quarter`: rows, or what is done, that nothing counts. */
function isNamedBehind({ phrases, chinese }: ParseState, thing: string): boolean {
  const by = phrases.findIndex((one) => isWord(one, 'by', 'each', 'each-period'));
  const named = phrases.findIndex((one) => one.kind === 'table' && isTable(one.table, thing));
  const table = phrases[named];
  const isDone = table?.kind === 'table' && table.done === true;
  return !chinese && by > 0 && named >= 0 && (named > by || isDone);
}

/** Tables that are called by what their rows amount to. */
const AMOUNTS =
  /^(?:budget|balance|exposure|spend|spending|revenue|income|expenditure|turnover|distribution|donation|dividend|drawing|contribution|repayment|disbursement|expense|headcount)s?$/;

/** Whether rows of a table are called by what they amount to: `budget`, `headcount`. */
export function isCalledAsAmounts(table: string): boolean {
  return AMOUNTS.test(tableWords(table).at(-1) ?? '');
}

/** 每月的净值, of a table 净值 with the column 单位净值. */
function isCalledAsFigure({ schema, chinese }: ParseState, thing: string): boolean {
  const columns = findTable(schema, thing)?.columns ?? [];
  return chinese && columns.some((one) => one.kind === 'number' && one.name.endsWith(thing));
}

/** `revenue by region` is added up; of levels there is one for each. */
function showEach(state: ParseState, columns: readonly ColumnRef[]): void {
  const { asked } = state;
  if (listsEach(state, columns)) {
    asked.groups = [];
    return;
  }
  if (sumsOfEach(state, columns) || tellsEach(state, columns)) return;
  const [only, ...more] = columns;
  if (only === undefined || more.length > 0 || !isNumber(state, only) || isKey(only)) {
    unread('columns by groups');
  }
  if (
    !addsUp(state, only) &&
    asked.order !== undefined &&
    asked.limit === undefined &&
    !sortsAll(state)
  ) {
    unread('the first of each group');
  }
  // `rate per country`: many rows of a country have one.
  const isOfKinds = asked.groups.every(
    (one) => !one.isThing && isKind(state, one) && isTable(one.table, only.table),
  );
  // 各类别的净值, of what stands in the books month by month: of each thing, whose kind is two keys away.
  const isOfFar = asked.groups.every((one) => isBeyond(state, only.table, one));
  const isLevelOfKinds = !addsUp(state, only) && (state.chinese ? isOfFar : isOfKinds);
  if (isLevelOfKinds) unread('a level of each kind');
  asked.shown = [...asked.groups, addsUp(state, only) ? { call: 'sum', of: only } : only];
  if (!addsUp(state, only)) asked.groups = [];
}

/** Whether a group is a kind of what rows belong to, or a thing that they belong to over another. */
function isBeyond({ links }: ParseState, table: string, group: Group): boolean {
  const isNext = links.some(
    (link) => isTable(link.table, table) && isTable(link.target, group.table),
  );
  return !isTable(group.table, table) && !(isNext && group.isThing);
}

/** Whether rows are grouped by the one kind of thing that they are of, by whatever that is called. */
function isEachThing(groups: ParseState['asked']['groups']): boolean {
  const [group] = groups;
  return (
    group !== undefined &&
    groups.every(({ isThing, table }) => isThing && isTable(table, group.table))
  );
}

/** 每个客户的地区, 每个员工的职级, `hire date by employee`: what each is called by, with what is told of it; whether it is so. */
function tellsEach(state: ParseState, columns: readonly ColumnRef[]): boolean {
  const { asked, chinese } = state;
  const [group] = asked.groups;
  // `leave by employee`, of leave that other rows tell.
  const areOwn = asked.tables.every((table) => isTable(table, group?.table ?? ''));
  const isOther = asked.conditions.some(
    (one) => !isTable(columnOn(one)?.table, group?.table ?? ''),
  );
  if (!chinese && (!areOwn || isOther)) return false;
  const isTold = (ref: ColumnRef) =>
    isTable(ref.table, group?.table ?? '') && !isNumber(state, ref) && !isKey(ref);
  if (!isEachThing(asked.groups) || !columns.every(isTold)) return false;
  if (asked.having.length > 0 || asked.order !== undefined) return false;
  asked.shown = [...asked.groups, ...columns];
  asked.groups = [];
  return true;
}

/** `data and minutes by town`: what they come to; whether they are amounts. */
function sumsOfEach(state: ParseState, columns: readonly ColumnRef[]): boolean {
  const { asked, chinese } = state;
  const isGroup = (ref: ColumnRef) => asked.groups.some((group) => isSameColumn(group, ref));
  // `cost by sector, with sector`.
  const figures = columns.filter((ref) => !isGroup(ref));
  const isSum = (ref: ColumnRef) =>
    isQuantity(state, ref) && addsUp(state, ref) && !isLabel(state, ref);
  // 各客户的授信额度和已用额度: each customer has one of its own.
  const isOwn = (ref: ColumnRef) =>
    asked.groups.some(({ isThing, table }) => isThing && isTable(table, ref.table));
  if (chinese && figures.some(isOwn)) return false;
  if (columns.length === 1 || figures.length === 0 || !figures.every(isSum)) return false;
  if (asked.order !== undefined && !isMeasure(asked.order.by)) return false;
  asked.shown = [...asked.groups, ...figures.map((of): Measure => ({ call: 'sum', of }))];
  return true;
}

function isSameGroup(one: Group, other: Group): boolean {
  return isSameColumn(one, other) && one.part === other.part;
}

/** `the name and the price of each product`: rows with what they are called by, or of what is called nothing. */
function listsEach(state: ParseState, columns: readonly ColumnRef[]): boolean {
  const [thing, ...others] = new Set(
    state.asked.groups.map(({ isThing, table }) => (isThing ? table : '')),
  );
  if (!thing || others.length > 0) return false;
  const isOne = ({ table }: ColumnRef) =>
    isTable(table, thing) || isPartOf(state.links, thing, table);
  const tells = columns.some(
    (ref) => isTable(ref.table, thing) && (isLabel(state, ref) || isKey(ref)),
  );
  return columns.every(isOne) && tells;
}

/** What is shown of a group tells it. */
function nameGroups({ asked }: ParseState, columns: readonly ColumnRef[]): void {
  const things = new Set(
    asked.groups.filter(({ isThing }) => isThing).map(({ table }) => fold(table)),
  );
  const isOfThing = ({ table }: ColumnRef) => things.has(fold(table));
  const isOfGroup = (ref: ColumnRef) =>
    isOfThing(ref) || asked.groups.some((group) => isSameColumn(group, ref));
  if (!columns.every(isOfGroup)) unread('columns beside groups');
  asked.groups = columns.map((ref) => ({ ...ref, isThing: isOfThing(ref) }));
}
