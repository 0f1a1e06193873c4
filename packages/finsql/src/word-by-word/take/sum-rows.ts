/** Rows of amounts added up where nothing says so: `commission in 2024`, `premium per broker, top 3`. */
import { singular } from '../../retrieval/words.ts';
import { namesInComment } from '../columns/comment-parts.ts';
import { tableWords } from '../columns/name-words.ts';
import { addsUp, columnOf, figureNamed, isQuantity } from '../columns/schema-columns.ts';
import type { ParseState } from '../model/parse-state.ts';
import { isWord } from '../model/phrase.ts';
import { type Item, isMeasure, type Measure } from '../model/reading.ts';
import { orderBy } from './order-rows.ts';
import { thingOf } from './thing-of.ts';

/** Whether rows of a table are so much and not so many: `total expense budget`. */
export function isOfMoney(table: string): boolean {
  const head = tableWords(table).map(singular).at(-1) ?? '';
  return /^(?:budget|spend|spending|expenditure|expense|cost|revenue|turnover|income)$/.test(head);
}

/** Whether a total of rows is how much they are and not how many: `total commitments per fund`. */
export function areAmounts(table: string): boolean {
  const head = tableWords(table).map(singular).at(-1) ?? '';
  return /^(?:commitment|provision|distribution|premium|fee|payment|donation|gift|contribution|dividend|refund|disbursement|charge|tax|wage|salary|rent|pledge|deposit|withdrawal|redemption|drawdown|repayment|grant|sale|taking|impairment|reserve|fine|penalty|recovery|loss|due|saving|credit)$/.test(
    head,
  );
}

/** `premium per broker, top 3`: by the one figure of the groups. */
export function orderByTop(state: ParseState): void {
  const { asked, said } = state;
  if (said.top === undefined) return;
  if (asked.order !== undefined) {
    // `the borrower with the highest balance, only the top 3`: more rows of that order.
    const isMore = !state.chinese && said.top.descending && asked.limit !== undefined;
    if (isMore && isWord(state.phrases.at(-2), 'top')) said.top = undefined;
    return;
  }
  if (said.top.paid && orderByPay(state)) return;
  if (asked.groups.length === 0) {
    orderByShown(state);
    return;
  }
  const figures = asked.shown.filter((item) => isMeasure(item) || addsUp(state, item));
  const [figure, ...others] = figures;
  if (figure === undefined || others.length > 0) return;
  const measure: Measure = isMeasure(figure) ? figure : { call: 'sum', of: figure };
  asked.shown = asked.shown.map((item) => (item === figure ? measure : item));
  orderBy(state, measure, said.top.descending);
  said.top = undefined;
}

/** `the best paid teller of every branch`: by what people are paid. */
function orderByPay(state: ParseState): boolean {
  const { asked, said } = state;
  const thing = asked.thing ?? thingOf(asked);
  const pay = figureNamed(state, thing, /salary|wage|(?:^|_)pay$|compensation/i);
  if (said.top === undefined || pay === undefined) return false;
  orderBy(state, pay, said.top.descending);
  said.top = undefined;
  return true;
}

/** `top 5 holdings, with market value`: by the one figure that is shown beside what they are called by. */
function orderByShown(state: ParseState): void {
  const { asked, said, chinese } = state;
  const isFigure = (item: Item) => !isMeasure(item) && isQuantity(state, item);
  const [figure, ...others] = asked.shown.filter(isFigure);
  const isBeside = asked.shown.length > 1 && !asked.shown.some(isMeasure);
  if (chinese || figure === undefined || others.length > 0 || !isBeside) return;
  if (said.top === undefined || asked.limit === undefined) return;
  orderBy(state, figure, said.top.descending);
  said.top = undefined;
}

/** `commission in 2024`: what came together in a period, where nothing asks for each. */
export function sumOfPeriod(state: ParseState): void {
  const { asked, said, chinese } = state;
  const [only, ...more] = asked.shown;
  const [period, ...others] = asked.periods;
  const isOne = only !== undefined && more.length === 0 && !isMeasure(only);
  const isOpen = asked.listed || said.which || said.calls.length > 0 || asked.order !== undefined;
  if (chinese || !isOne || isOpen || asked.groups.length > 0 || others.length > 0) return;
  if (period === undefined || period.from === period.to || period.ends) return;
  const isAmount =
    /amount|amt|total|commission|premium|fee|cost|revenue|sales|income|payment|tax|freight|hours|minutes|volume|turnover|profit|interest|principal|rent|charge|expense|spend|spent|paid|received|receipts|billed|invoiced|earned|pledged|gross|net|tonnes|kwh|mwh|copies|units|quantity|qty|litres/i;
  const column = columnOf(state, only);
  const names = [only.column, ...(column === undefined ? [] : namesInComment(column))];
  // `net pay (gross less deductions) of the cooks in May` is of each of them.
  const isTold = only.steps !== undefined && asked.conditions.length === 0;
  if (!(isTold || names.some((name) => isAmount.test(name))) || !addsUp(state, only)) return;
  asked.shown = [{ call: 'sum', of: only }];
}
