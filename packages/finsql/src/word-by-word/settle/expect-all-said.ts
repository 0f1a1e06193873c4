/** What English words say of a reading that it does not hold: whose, in which currency, of all or of each. */

import { findTable } from '../../schema/schema.ts';
import { CURRENCY_NAME } from '../columns/currency-name.ts';
import { namesakeOf } from '../columns/namesake-figures.ts';
import { isPartOf } from '../columns/part-of.ts';
import {
  addsUp,
  columnOf,
  hasLabel,
  holdsDays,
  isDay,
  isKey,
  isLabel,
  isNumber,
} from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import {
  type ColumnRef,
  type Condition,
  columnIn,
  columnOn,
  type Item,
  isMeasure,
  isSameColumn,
  isTable,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { isKind } from '../take/group-shown.ts';

/** @throws Unread where a word of an English question is not in its reading, or may mean another */
export function expectAllSaid(state: ParseState, thing: string): void {
  expectNear(state, thing);
  if (state.chinese) return;
  expectAnswered(state);
  expectOfAll(state);
  expectUnits(state, thing);
  expectOneAmount(state);
  expectEachOfSeveral(state);
  expectOwnStates(state, thing);
  expectGroups(state, thing);
}

/** `who got how much`, `when was the report for 2024 published`, `both buy and sell`. */
function expectAnswered({ asked, said, phrases }: ParseState): void {
  const { shown, conditions, groups, who } = asked;
  const isHowMuch = asked.asks === 'how-much';
  if (who && isHowMuch && groups.length === 0 && shown.length > 0 && shown.every(isMeasure)) {
    unread('who, and how much');
  }
  const isHeldDay = (item: Item) =>
    !isMeasure(item) &&
    conditions.some((one) => one.kind === 'between' && isSameColumn(one.column, item));
  if (asked.asks === 'when' && shown.some(isHeldDay)) unread('asks for what it says');
  const isOfOne = asked.tables.every((table) => isTable(asked.thing, table));
  const isOfNothing = conditions.length === 0 && asked.both === undefined && shown.length < 2;
  if (said.both !== undefined && isOfNothing && isOfOne) unread('both of what');
  // `contracts per incoterm and their share`.
  const share = phrases.findIndex((one) => isWord(one, 'share'));
  const isBeside = isWord(phrases[share - 1], 'with-own');
  if (share > 0 && isBeside && shown.filter(isMeasure).length === 1) unread('a share beside what');
}

/** `interest due over all issues`. @throws Unread where nothing says how figures of all rows are put together */
function expectOfAll({ asked: { shown, order }, phrases }: ParseState): void {
  const isOfAll = phrases.some((one) => isWord(one, 'preposition') && one.ofAll === true);
  const isFigure = order !== undefined || shown.some(isMeasure);
  if (isOfAll && !isFigure) unread('what of all rows');
}

/**
 * Rows that only a third table joins to the thing, as the claims and the grants of one farm.
 * @throws Unread where nobody named their table, and for days of a table far off
 */
function expectNear(state: ParseState, thing: string): void {
  const { asked, links, schema, phrases, chinese } = state;
  const isNamed = (table: string) =>
    asked.tables.some((one) => isTable(one, table)) ||
    phrases.some((one) => one.kind === 'table' && isTable(one.table, table));
  const { order } = asked;
  const refs = [
    ...asked.conditions.map(columnOn),
    ...asked.shown.map(columnIn),
    ...(order === undefined ? [] : [columnIn(order.by)]),
  ];
  const others = [...new Set(refs.flatMap((ref) => ref?.table ?? []))].filter(
    (table) => !isTable(table, thing) && !isNamed(table),
  );
  const names = schema.tables.map(({ name }) => name);
  for (const table of others) {
    const isSibling =
      names.some((one) => isPartOf(links, thing, one) && isPartOf(links, table, one)) &&
      !names.some((one) => isPartOf(links, one, thing) && isPartOf(links, one, table)) &&
      !isPartOf(links, thing, table) &&
      !isPartOf(links, table, thing);
    if (isSibling || (!chinese && isFarOff(state, thing, table))) unread('rows of another kind');
  }
  // `monitoring rules`, of the analysts of the team Monitoring.
  const isOfFar = phrases.some((one, at) => {
    const next = phrases[at + 1];
    if (one.kind !== 'value' || next?.kind !== 'table' || !isTable(next.table, thing)) return false;
    const isAbove = isPartOf(links, thing, one.table) || isPartOf(links, one.table, thing);
    return !isTable(one.table, thing) && !isNamed(one.table) && !isAbove;
  });
  if (!chinese && isOfFar) unread('rows of another kind');
  const isFarDay = (item: Item) =>
    !isMeasure(item) && isDay(state, item) && others.includes(item.table);
  const hasDay = findTable(schema, thing)?.columns.some(holdsDays) ?? false;
  if (!chinese && hasDay && asked.shown.some(isFarDay)) unread('a day of what');
}

/** Whether a table is neither above nor below the thing, and no rows belong to both. */
function isFarOff({ links, schema }: ParseState, thing: string, table: string): boolean {
  const isAbove = isPartOf(links, thing, table) || isPartOf(links, table, thing);
  const isBetween = schema.tables.some(
    ({ name }) => isPartOf(links, name, thing) && isPartOf(links, name, table),
  );
  return !isAbove && !isBetween;
}

/** @throws Unread where two kinds of rows stand where figures do: `purchases and redemptions per year` */
function expectEachOfSeveral({ asked, phrases }: ParseState): void {
  if (asked.groups.length === 0 || !asked.shown.some(isMeasure)) return;
  const isOfEach = asked.conditions.some((one) => {
    if (one.kind !== 'among' || !one.all || one.not) return false;
    const first = phrases.findIndex(
      (phrase) => phrase.kind === 'value' && isSameColumn(phrase, one.column),
    );
    const last = phrases.findLastIndex(
      (phrase) => phrase.kind === 'value' && isSameColumn(phrase, one.column),
    );
    const next = phrases[last + 1];
    return first === 0 && next?.kind !== 'table' && next?.kind !== 'column';
  });
  if (isOfEach) unread('each of several, or all of them');
}

/** @throws Unread where a state is that of rows that nobody named: `cards that are open`, of their disputes */
function expectOwnStates({ asked, links, phrases }: ParseState, thing: string): void {
  const isNamed = (table: string) =>
    asked.tables.some((one) => isTable(one, table)) ||
    phrases.some(
      (one) => (one.kind === 'table' || one.kind === 'column') && isTable(one.table, table),
    ) ||
    asked.shown.some((item) => isTable(columnIn(item)?.table, table));
  const isOfOthers = phrases.some(
    (one) =>
      one.kind === 'stored' &&
      !isTable(one.table, thing) &&
      !isNamed(one.table) &&
      isPartOf(links, one.table, thing),
  );
  if (isOfOthers) unread('a state of what');
}

const PART = /pct|percent|rate$/i;

/** `bonds in euros` of several currencies, `commission in pounds` of rates, `spending` of what is signed. */
function expectUnits(state: ParseState, thing: string): void {
  const { asked, said, schema, phrases } = state;
  const refs = asked.shown.flatMap((item) => columnIn(item) ?? []);
  const held = asked.conditions.flatMap((one) => columnOn(one) ?? []);
  const ordered = asked.order === undefined ? undefined : columnIn(asked.order.by);
  const tables = new Set([
    thing,
    ...[...refs, ...(ordered ? [ordered] : [])].map(({ table }) => table),
  ]);
  const isOpen = [...tables].some((table) =>
    findTable(schema, table)?.columns.some(
      ({ name, samples }) =>
        CURRENCY_NAME.test(name) &&
        samples.length > 1 &&
        !held.some((one) => isSameColumn(one, { table, column: name })),
    ),
  );
  const isFigure = (item: Item) => isMeasure(item) || isNumber(state, item);
  if (said.unitAsked && isOpen && !asked.shown.some(isFigure)) unread('in which currency');
  const isShare = (item: Item) => {
    const samples =
      isMeasure(item) && item.call === 'avg' && item.of
        ? (columnOf(state, item.of)?.samples ?? [])
        : [];
    return samples.length > 0 && samples.every((one) => Math.abs(Number(one)) <= 1);
  };
  if (said.inPercent && !said.share && asked.shown.some(isShare)) unread('a share in percent');
  const isEarned = phrases.some((one) => isWord(one, 'money'));
  if ((said.unitAsked || isEarned) && refs.some(({ column }) => PART.test(column)))
    unread('money of a rate');
  const isSigned = (item: Item) => {
    const of = isMeasure(item) && item.call === 'sum' ? item.of : undefined;
    const samples = (of && columnOf(state, of)?.samples) ?? [];
    return samples.some((one) => Number(one) < 0);
  };
  const isOfMoney = phrases.some(
    (one) => isWord(one, 'money') || (isWord(one, 'measure') && one.money === true),
  );
  const figures = asked.order === undefined ? asked.shown : [...asked.shown, asked.order.by];
  if (isOfMoney && figures.some(isSigned)) unread('in which direction');
}

/** `quantity delivered on the Aurora`, `which shares are listed`, `which months had wages above 40,000`. */
function expectOneAmount(state: ParseState): void {
  const { asked, phrases, links } = state;
  const { shown, conditions, groups, order } = asked;
  const isPlain = groups.length === 0 && order === undefined && asked.having.length === 0;
  const named = phrases.flatMap((one) => (one.kind === 'table' && !one.done ? one.table : []));
  const isOwn = (item: Item) => named.some((table) => isTable(columnIn(item)?.table, table));
  if (!isPlain || shown.some(isOwn) || (named.length > 0 && !areOfOthers(state, named))) return;
  const isAmount = (item: Item) =>
    !isMeasure(item) && isNumber(state, item) && addsUp(state, item) && !isKey(item);
  if (shown.every((item) => isBalanceOfDay(state, item))) return;
  const isListed = phrases.some((one) => isWord(one, 'list'));
  if (!isListed && shown.every(isAmount) && conditions.length > 0 && !isOfOne(state)) {
    unread('each amount, or all of them');
  }
  if (named.length > 0) return;
  const [kind, ...more] = shown;
  if (kind === undefined || more.length > 0 || isMeasure(kind) || isLabel(state, kind)) return;
  const isHeld = (one: Condition) =>
    one.kind === 'compare' &&
    one.sign !== '=' &&
    isAmount(one.column) &&
    (isTime(kind) ||
      isPartOf(links, one.column.table, kind.table) ||
      isKindOfRows(state, kind, one.column));
  if (!isAmount(kind) && conditions.some(isHeld)) unread('a row, or all of them');
}

/** `closing balance of Main Account on 14 June 2024`: of a table of balances, one of each day. */
function isBalanceOfDay(state: ParseState, item: Item): boolean {
  const table = isMeasure(item) ? undefined : findTable(state.schema, item.table);
  const isNamesake =
    table !== undefined && !isMeasure(item) && namesakeOf(table)?.name === item.column;
  const isOfDay = (one: Condition) =>
    one.kind === 'compare' && one.sign === '=' && isDay(state, one.column);
  const isOfName = (one: Condition) =>
    one.kind === 'compare' && one.sign === '=' && isLabel(state, one.column);
  const { conditions } = state.asked;
  return isNamesake && conditions.some(isOfDay) && conditions.some(isOfName);
}

/** `towns with more than 500 bays`: a town has several sites with so many each. */
function isKindOfRows(state: ParseState, kind: ColumnRef, { table }: ColumnRef): boolean {
  return isKind(state, kind) && isTable(kind.table, table) && hasLabel(state, table);
}

/** `the cash taken across all sites`: of many rows of each of those that are named. */
function areOfOthers({ asked, links }: ParseState, named: readonly string[]): boolean {
  return asked.shown.every((item) => {
    const table = columnIn(item)?.table;
    return table !== undefined && named.every((one) => isPartOf(links, table, one));
  });
}

function isTime({ column }: ColumnRef): boolean {
  return /month|year|quarter|date|day/i.test(column);
}

/** Whether what is held tells one row: by its name or its number. */
function isOfOne(state: ParseState): boolean {
  const tables = state.asked.shown.flatMap((item) => columnIn(item)?.table ?? []);
  return state.asked.conditions.some((one) => {
    const column = columnOn(one);
    const isHeld = one.kind === 'compare' && one.sign === '=';
    const isTelling = column !== undefined && (isLabel(state, column) || isKey(column));
    return (
      isHeld && isTelling && !tables.some((table) => isPartOf(state.links, table, column.table))
    );
  });
}

/** `on average per donation`: each row is a group of its own; of rows that are counted, so many of themselves. */
function expectGroups(state: ParseState, thing: string): void {
  const { shown, groups, having } = state.asked;
  const isOwn = (item: Item) =>
    isMeasure(item) &&
    item.call === 'avg' &&
    groups.some((one) => one.isThing && isKey(one) && isTable(one.table, item.of?.table ?? ''));
  if (shown.some(isOwn)) unread('an average of single rows');
  const isCountOfItself = having.some(({ measure }) => isTable(measure.rows, thing));
  if (state.asked.countsGroups && isCountOfItself) unread('counts itself');
}

/** `how many seats do we have in Linz`: of several rows, what they come to. */
export function sumSpread(state: ParseState): void {
  const { asked, phrases, chinese } = state;
  const [only, ...more] = asked.shown;
  if (chinese || only === undefined || more.length > 0 || isMeasure(only)) return;
  const asking = phrases.findIndex((one) => isWord(one, 'how-many'));
  const counted = phrases[asking + 1];
  const isCounted =
    asking >= 0 && counted?.kind === 'column' && isSameColumn(counted, only) && !isKey(only);
  const isPlain = [asked.groups, asked.having].every((one) => one.length === 0);
  const isOfSeveral = asked.conditions.length > 0 && !isOfOne(state) && asked.order === undefined;
  if (!isCounted || !isPlain || !isOfSeveral || phrases.some(({ kind }) => kind === 'table'))
    return;
  if (isNumber(state, only) && addsUp(state, only)) asked.shown = [{ call: 'sum', of: only }];
}
