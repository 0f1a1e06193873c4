/** Words that say that money changes hands: what they add up, or order things by. */
import { findTable } from '../../schema/schema.ts';
import { flagOf } from '../columns/flag-columns.ts';
import { addsUp, isKey, isNumber, isQuantity, soleAmount } from '../columns/schema-columns.ts';
import { ahead, behind, isListing, type ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type ColumnRef, isMeasure, isTable } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { scaledNumber } from './compare-column.ts';
import { isKind } from './group-shown.ts';
import { amountPaid } from './hold-to-total.ts';
import { descends, orderBy } from './order-rows.ts';

/** `total paid`, `how much we spent`; `VAT we charged` is added up, unless the amounts are to be listed. */
export function takeMoney(state: ParseState): void {
  const { asked, said } = state;
  if (said.calls.length > 0 || asked.asks === 'how-much') return;
  const [only, ...more] = asked.shown;
  // `customers who spent more than 1,000`.
  const isOfThings = asked.thing !== undefined || asked.conditions.length > 0;
  if (only === undefined && isOfThings && isWord(ahead(state)[0], 'compare')) {
    said.calls = ['sum'];
    return;
  }
  if (only === undefined) {
    takeMoneyAlone(state);
    return;
  }
  if (isMeasure(only) || more.length > 0) return;
  if (holdsKinds(state, only)) return;
  if (isListing(state)) return;
  if (isNumber(state, only) && addsUp(state, only)) asked.shown = [{ call: 'sum', of: only }];
}

/** @throws Unread for `how many supporters gave in 2024`: those who have no amounts gave what other rows tell */
export function expectOwnMoney(state: ParseState): void {
  const { asked, chinese, schema } = state;
  const [only] = asked.shown;
  const counted = only !== undefined && isMeasure(only) && only.call === 'count' ? only.rows : '';
  const table = counted === undefined ? undefined : findTable(schema, counted);
  if (chinese || table === undefined || !isTable(asked.thing, table.name)) return;
  const hasAmount = table.columns.some((column) => {
    const ref = { table: table.name, column: column.name };
    const isFigure = isNumber(state, ref) && addsUp(state, ref) && !column.primaryKey;
    return isFigure && flagOf(column) === undefined && !isKey(ref);
  });
  if (!hasAmount) unread('money of other rows');
}

/** `purposes that raised more than 200 million`: by what the rows of each kind come to; whether it is so. */
function holdsKinds(state: ParseState, kind: ColumnRef): boolean {
  const { asked, said, chinese } = state;
  const [compared, number] = ahead(state);
  const isKindAsked = asked.thing === undefined && isKind(state, kind) && asked.having.length === 0;
  if (chinese || !isKindAsked || !isWord(compared, 'compare') || number?.kind !== 'number')
    return false;
  if (number.form === 'percentage' || number.ofRows === true || said.calls.length > 0) return false;
  state.at += 2;
  const of = soleAmount(state, kind.table);
  const value = scaledNumber(state, of, number);
  asked.having.push({ measure: { call: 'sum', of }, sign: compared.sign, value });
  return true;
}

/** `which customer spent the most`; `what did Smith spend`, `spending per customer` are added up. */
function takeMoneyAlone(state: ParseState): void {
  const { asked, said } = state;
  const [next, beyond] = ahead(state);
  // `all grants received: day and amount`.
  // `categories on which less than 1,000 euros was spent`.
  const isTotal = asked.thing !== undefined && said.sign !== undefined && said.number !== undefined;
  if (!state.chinese && isTotal && said.calls.length === 0 && isOfClause(state)) {
    said.calls = ['sum'];
    return;
  }
  const isOfRows = /^(?:table|value)$/.test(behind(state)?.kind ?? '') && !said.now;
  if (!state.chinese && isOfRows && isWord(next, 'list') && next.last !== undefined) return;
  // `top 3 customers by spend`.
  if (!state.chinese && said.sorting && asked.thing !== undefined) {
    said.sorting = false;
    orderBy(state, { call: 'sum', of: amountPaid(state, asked.thing) }, descends(state));
    return;
  }
  // `percentage of contracts billed in advance`.
  if (!state.chinese && said.share && asked.thing !== undefined && next?.kind === 'value') return;
  const isMost = isWord(next, 'extreme') && next.of === 'count';
  const isOfMore = beyond?.kind === 'column' || beyond?.kind === 'table';
  if (!state.chinese && asked.thing !== undefined && isMost && !isOfMore) return;
  if (isOfFigure(state)) return;
  const isSole = asked.thing === undefined && !said.which && !asked.who && !asked.counting;
  if (state.chinese || !isSole || asked.asks !== undefined) unread('money of no sum');
  asked.listed = false;
  said.calls = ['sum'];
}

/** Whether nothing else is named that may be measured. */
function isOfClause(state: ParseState): boolean {
  return ahead(state).every(({ kind }) => !/^(?:table|column|names|number)$/.test(kind));
}

/** `which funder pays the highest rate`, `who do not pay by direct debit`, `customers who pay a surcharge of 10 percent`. */
function isOfFigure(state: ParseState): boolean {
  const [next, beyond] = ahead(state);
  const isOpen =
    state.asked.thing === undefined && !state.asked.who && state.asked.conditions.length === 0;
  if (state.chinese || isOpen || state.asked.shown.length > 0) return false;
  // `customers who pay a surcharge of 10 percent`, `calls to pay fees`, `the biggest loan ever paid out`.
  const isOwn = next?.kind === 'column' && isTable(state.asked.thing, next.table);
  const isFigure = isOwn && isQuantity(state, next) && state.said.calls.length === 0;
  const isOfMost =
    state.said.extremeThing && (next === undefined || isWord(next, 'and', 'with', 'list'));
  if (isFigure || isOfMost || (next?.kind === 'value' && !state.said.without)) return true;
  const isMostOf = isWord(next, 'extreme') && next.of === 'any' && beyond?.kind === 'column';
  const isHow = isWord(next, 'preposition', 'by') && beyond?.kind === 'flag';
  return isMostOf || isHow || next?.kind === 'flag';
}
