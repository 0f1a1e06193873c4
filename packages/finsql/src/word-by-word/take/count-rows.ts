/** A table as rows that are counted: `how many customers`, `the most orders`, `more than 5 orders`. */

import { singular } from '../../retrieval/words.ts';
import { findTable, fold } from '../../schema/schema.ts';
import { tableWords } from '../columns/name-words.ts';
import { isPartOf } from '../columns/part-of.ts';
import { figureNamed, labelColumns, soleAmount } from '../columns/schema-columns.ts';
import { ahead, behind, isNothingAsked, type ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning } from '../model/phrase.ts';
import { type ColumnRef, isMeasure, isTable, type Measure } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { comparesAmountOf } from './amounts-compared.ts';
import { compareColumn } from './compare-column.ts';
import { dateDone } from './date-done.ts';
import { isKind } from './group-shown.ts';
import { descends, orderBy } from './order-rows.ts';
import { amountOfMoney } from './rows-of-money.ts';
import { isOfMoney } from './sum-rows.ts';

/** 订单数量: the count stands behind its rows; 订单数量最多 is an order. */
export function takeCountAhead(state: ParseState): void {
  const [next, beyond] = ahead(state);
  if (!isWord(next, 'measure') || next.call !== 'count' || next.ofMost) return;
  if (state.asked.shown.length > 0) return;
  if ((beyond !== undefined && beyond.kind !== 'word') || isWord(beyond, 'extreme')) return;
  state.at++;
  state.said.calls = ['count'];
}

/** 上海的客户里，订单有多少: what stands before the word is counted, where it is not what the rest is about. */
export function takeCountBehind(state: ParseState): boolean {
  const { asked, chinese } = state;
  const counted = behind(state);
  const [next] = ahead(state);
  if (!chinese || counted?.kind !== 'table' || counted.done || asked.shown.length > 0) return false;
  const isOther = asked.thing !== undefined && !isTable(asked.thing, counted.table);
  if (!isOther || next?.kind === 'table' || next?.kind === 'column') return false;
  asked.shown.push({ call: 'count', rows: counted.table });
  return true;
}

/** `customers with more than 5 orders`. */
export function asCompared(state: ParseState, table: string): boolean {
  const { asked, said, chinese } = state;
  const { number } = said;
  const sign = said.sign ?? (isCounted(state, table) ? '=' : undefined);
  if (sign === undefined) return false;
  const isOfPeriods = said.whichPeriod && asked.thing === undefined;
  // `who looks after more than four borrowers`.
  if (!chinese && asked.who && isNothingAsked(asked) && number?.form === 'plain')
    asked.thing = personOf(state, table);
  const isNothing = isNothingAsked(asked) && !chinese && !isOfPeriods;
  if (said.sign !== undefined && comparesAmountOf(state, table)) return true;
  if (number?.form !== 'plain' || isNothing) unread('compared rows');
  if (isTable(asked.thing, table)) unread('compared with itself');
  // 订单超过2笔的客户 counts what stands before the number, 客户有超过2笔订单 what stands behind it.
  if (chinese && asked.thing !== undefined && !isAskedFor(state, asked.thing))
    unread('rows on both sides of a number');
  const room = asked.thing === undefined ? undefined : roomFor(state, asked.thing, table);
  if (room !== undefined) {
    asked.tables.pop();
    compareColumn(state, room, sign, number);
    return true;
  }
  said.sign = undefined;
  said.number = undefined;
  if (isOfPeriods) asked.thing = table;
  // `customers with at least one order` have orders.
  const isAny = (sign === '>=' && number.value === 1) || (sign === '>' && number.value === 0);
  if (isAny && !chinese && !isOfPeriods) return true;
  asked.having.push({ measure: { call: 'count', rows: table }, sign, value: number.value });
  return true;
}

/** 哪些客户有两个以上账户: a word asks for the things that stand before the number. */
function isAskedFor({ phrases }: ParseState, thing: string): boolean {
  return phrases.some(
    (one, at) =>
      one.kind === 'table' && isTable(one.table, thing) && isWord(phrases[at - 1], 'which'),
  );
}

/** `rooms that take at least 10 people`: so many may be in them, where no key tells who is. */
function roomFor(state: ParseState, thing: string, table: string): ColumnRef | undefined {
  const isNear = state.links.some(
    (link) =>
      [link.table, link.target].includes(fold(thing)) &&
      [link.table, link.target].includes(fold(table)),
  );
  const room = /capacity|(?:^|_)seats?$|sleeps$|座位|容量|可容纳/i;
  return isNear ? undefined : figureNamed(state, thing, room);
}

/** `courses that have two lessons`. */
function isCounted({ asked, said, chinese, phrases, at }: ParseState, table: string): boolean {
  const [owner, number] = [phrases[at - 3], phrases[at - 2]];
  if (chinese || number?.kind !== 'number' || said.number !== number) return false;
  const isOther = asked.thing !== undefined && !isTable(asked.thing, table);
  return isOther && (owner?.kind === 'table' || isWord(owner, 'with', 'who', 'which'));
}

/** 合同最多的客户, 合同数量最多的客户. */
export function asMostAhead(state: ParseState, table: string): boolean {
  const { asked, said, chinese } = state;
  const [next, beyond] = ahead(state);
  const isCount = isWord(next, 'measure') && next.call === 'count';
  const extreme = isCount ? beyond : next;
  if (!chinese || said.extreme !== undefined || !isWord(extreme, 'extreme')) return false;
  if (extreme.of !== 'count' && !isCount) return false;
  const isDated = behind(state)?.kind === 'period' && asked.thing === undefined;
  state.at += isCount ? 2 : 1;
  if (extreme.place !== undefined) asked.place = extreme.place;
  // 2024年报修最多的小区: the period is of what is counted.
  if (isDated) dateDone(state, table);
  orderBy(
    state,
    isCount ? { call: 'count', rows: table } : mostOf(state, table),
    extreme.descending,
  );
  const isLast = asked.listed && asked.thing === undefined && ahead(state).length === 0;
  if (isLast && !isOfKindShown(state, table)) unread('the most of itself');
  return true;
}

/** How many there are; 佣金最多的代理人: of money, how much it is. */
function mostOf(state: ParseState, table: string): Measure {
  const amount = amountOfMoney(state, table);
  return amount === undefined ? { call: 'count', rows: table } : { call: 'sum', of: amount };
}

/** 哪个客户经理的客户最多: of a kind, how many rows have it. */
function isOfKindShown(state: ParseState, table: string): boolean {
  const [kind, ...more] = state.asked.shown;
  if (kind === undefined || isMeasure(kind) || more.length > 0) return false;
  const isOwn = isTable(kind.table, table) || isPartOf(state.links, table, kind.table);
  return isOwn && isKind(state, kind);
}

/** `the customer with the most orders`. */
export function asMost(state: ParseState, table: string): boolean {
  const { asked, said, chinese } = state;
  const { extreme } = said;
  const isCount = said.calls[0] === 'count';
  if (extreme === undefined || (extreme.of !== 'count' && !isCount)) return false;
  if (chinese && !isCount && isNothingAsked(asked) && isOwnedAhead(state, table)) {
    orderBy(state, mostOf(state, table), extreme.descending);
    said.extreme = undefined;
    return true;
  }
  if (said.whichPeriod) asked.thing ??= table;
  else if (asked.who && isNothingAsked(asked)) asked.thing = personOf(state, table);
  else if (isNothingAsked(asked) || isTable(asked.thing, table)) return false;
  // `the assets that brought the most income`: of money, how much it is.
  const isMoney = !chinese && !isCount && (isOfMoney(table) || extreme.money === true);
  orderBy(
    state,
    isMoney ? { call: 'sum', of: soleAmount(state, table) } : { call: 'count', rows: table },
    extreme.descending,
  );
  said.extreme = undefined;
  if (isCount) said.calls = [];
  return true;
}

/** 拥有最多分析师的券商, 被最多基金持有的公司: the things that have the most of them stand behind what they do with them. */
function isOwnedAhead(state: ParseState, table: string): boolean {
  const next = ahead(state);
  const owner = next.findIndex((one) => one.kind === 'table' && one.done !== true);
  const found = next[owner];
  const between = next.slice(0, owner);
  const isDone = (one: Meaning) =>
    one.kind === 'table' || isWord(one, 'noise', 'preposition', 'copula');
  return found?.kind === 'table' && !isTable(found.table, table) && between.every(isDone);
}

const PEOPLE =
  /^(?:staff|employee|person|people|user|customer|client|member|agent|manager|worker|student|teacher|doctor|patient|driver|player|analyst|adviser|advisor|officer|trader|broker|banker|trainer|dealer|investor|lawyer|consultant|partner|owner|holder|cardholder|borrower|seller|buyer|operator|collector)$/;

/** `who posted the most entries`: those that its rows refer to. @throws Unread where those are nobody, or of several kinds */
function personOf({ links, schema }: ParseState, table: string): string {
  const targets = links.filter((link) => link.table === fold(table)).map(({ target }) => target);
  const isOfPeople = (target: string) => {
    const words = tableWords(findTable(schema, target)?.name ?? target);
    return PEOPLE.test(singular(words.at(-1) ?? ''));
  };
  const [only, ...others] = [...new Set(targets)].filter(isOfPeople);
  return only === undefined || others.length > 0 ? unread('the most of whom') : only;
}

/** `how many customers`, `sorted by number of orders`. */
export function asCounted(state: ParseState, table: string): boolean {
  const { asked, said, chinese, phrases, at } = state;
  // 上海的券商有多少名分析师: what stands behind the word is counted.
  const before = phrases.slice(0, at - 1).filter((one) => !isWord(one, 'preposition'));
  const isBehind = asked.shown.length === 0 && isWord(before.at(-1), 'how-many');
  const isAsked = asked.counting && (isNothingAsked(asked) || isBehind);
  if (said.calls[0] !== 'count' && !isAsked) return false;
  const kind = chinese ? undefined : kindCounted(state, table);
  if (kind !== undefined) {
    said.calls = [];
    asked.counting = false;
    asked.thing ??= kind;
    asked.shown.push({ call: 'count', rows: kind });
    return true;
  }
  // 每个客户平均有多少订单.
  if (chinese && said.calls.some((call) => call !== 'count' && call !== 'sum')) {
    unread('a measure of a count');
  }
  const isOfEach = said.calls[0] === 'count' && isWord(phrases[at - 3], 'with');
  said.calls = [];
  asked.counting = false;
  if (said.sorting) {
    said.sorting = false;
    orderBy(state, { call: 'count', rows: table }, descends(state));
    return true;
  }
  // `how many different customers bought`: of those who did, which is more than to be there.
  if (said.distinct) said.differing = true;
  said.distinct = false;
  // `brands with the number of cars`.
  const { thing } = asked;
  const isOfThing = chinese ? isBesideThing(state, table) : isOfEach;
  if (isOfThing && thing !== undefined && asked.shown.length === 0) {
    asked.shown.push(...labelColumns(state, thing));
  }
  asked.shown.push({ call: 'count', rows: table });
  if (asked.shown.length === 1) asked.thing ??= table;
  return true;
}

/** `how many refunds were made at shops in Leeds`: rows that are called by what they hold, and not the shops; `how many smokers have claims`: undefined where none are. */
function kindCounted({ phrases, at }: ParseState, table: string): string | undefined {
  const asking = phrases
    .slice(0, at)
    .findLastIndex(
      (one) => isWord(one, 'how-many') || (isWord(one, 'measure') && one.call === 'count'),
    );
  const between = phrases.slice(asking + 1, at - 1);
  const kind = between.find(
    (one) => (one.kind === 'value' || one.kind === 'flag') && one.plural === true,
  );
  if (kind?.kind !== 'value' && kind?.kind !== 'flag') return undefined;
  // `how many bonds are held by funds`: not those funds that are called so themselves.
  const joint = between[between.indexOf(kind) + 1];
  const isBy = isWord(joint, 'preposition') && joint.by === true;
  if (!isTable(kind.table, table)) return kind.table;
  return isBy ? unread('a kind of the rows that it is by') : undefined;
}

/** 客户,以及订单数量: it stands beside what is asked for, and tells how many of it each has. */
function isBesideThing({ asked: { thing }, phrases, at }: ParseState, table: string): boolean {
  const before = phrases
    .slice(0, at)
    .findLastIndex((one) => one.kind === 'table' && one.table === table);
  return !isTable(thing, table) && isWord(phrases[before - 1], 'and');
}
