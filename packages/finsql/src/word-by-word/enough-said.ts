/**
 * Whether what is left of a question, where words of it are passed over, says enough of its reading: rows of
 * another table, a rate, or a count of what is an amount may be what those words tell.
 */
import type { Link } from '../retrieval/context.ts';
import { isPartOf } from './columns/part-of.ts';
import { isWord, type Meaning } from './model/phrase.ts';
import {
  type Condition,
  columnOn,
  type Item,
  isMeasure,
  isTable,
  type Reading,
} from './model/reading.ts';
import { unread } from './model/unread.ts';

/** What is much and not many. */
const AMOUNTS =
  /^(?:incomes?|earnings|revenues?|turnover|debts?|savings|proceeds|spending|inflows?|outflows?|costs?|expenses?|exposure|consumption|energy|cash|wealth)$/i;

const PART = /pct|percent|rate$/i;

/**
 * @param passedOver the words of which nothing is known
 * @throws Unread where the reading depends on them
 */
export function expectEnoughSaid(
  reading: Reading,
  meanings: readonly Meaning[],
  passedOver: readonly string[],
  links: readonly Link[],
): void {
  if (passedOver.length === 0) return;
  const { shown, order, conditions } = reading;
  const figures = order === undefined ? shown : [...shown, order.by];
  const isCount = (item: Item) => isMeasure(item) && item.call === 'count';
  if (passedOver.some((word) => AMOUNTS.test(word)) && figures.some(isCount)) {
    unread('a count of what is an amount');
  }
  const isHowMuch = meanings.some((one) => isWord(one, 'how-much'));
  const isPart = (item: Item) => !isMeasure(item) && PART.test(item.column);
  if (isHowMuch && shown.some(isPart)) unread('how much of a rate');
  if (conditions.some((one) => isOfUnnamed(one, reading, { meanings, links })))
    unread('rows of what');
}

/** A value of a table that neither is asked for nor named, nor gives anything else. */
function isOfUnnamed(
  one: Condition,
  reading: Reading,
  { meanings, links }: { readonly meanings: readonly Meaning[]; readonly links: readonly Link[] },
): boolean {
  const table = columnOn(one)?.table;
  const isHeld = one.kind === 'among' || (one.kind === 'compare' && typeof one.value === 'string');
  if (table === undefined || !isHeld || isTable(reading.thing, table)) return false;
  if (isPartOf(links, reading.thing, table)) return false;
  const isShown = [...reading.shown, ...reading.groups].some((item) =>
    isTable('call' in item ? (item.of?.table ?? item.rows) : item.table, table),
  );
  const isNamed = meanings.some(
    (meaning) =>
      (meaning.kind === 'table' || meaning.kind === 'column') && isTable(meaning.table, table),
  );
  return !isShown && !isNamed;
}
