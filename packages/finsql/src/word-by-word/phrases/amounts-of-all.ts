/** English amounts that are meant added up without a word for it: `net amount of all unpaid invoices`, `revenue in May`. */
import { findTable } from '../../schema/schema.ts';
import { isPartOf, isReference } from '../columns/part-of.ts';
import {
  addsUp,
  hasLabel,
  isDay,
  isFlag,
  isKey,
  isMonthNumber,
  isNumber,
  isYear,
  soleAmount,
} from '../columns/schema-columns.ts';
import { ahead, type ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';
import { columnIn, isMeasure, isTable, type Measure } from '../model/reading.ts';

const AMOUNT = /(?:^|\s)(?:amount|value|cost)$/i;
const OF_ONE = /\b(?:unit|average|price|per|each)\b/i;
/** Nouns without a plural for rows that are so much. */
const MASS =
  /^(?:revenue|income|turnover|spend|spending|expenditure|freight|rent|interest|premium|commission|cash|tax|cost)$/i;

/** The same in Chinese: 各客户的回款 is how much it is. Of loans and deposits there are so many as well. */
const HAN_MASS = /(?:(?<![贷借存])款|费|预算|支出|收入|报销|工资|奖金|佣金|租金)$/u;

/** The phrases, with an amount at the beginning and rows said by how much they are marked as such. */
export function amountsOfAll(phrases: readonly Phrase[], question: string): Phrase[] {
  const textOf = ({ from, to }: Phrase) => question.slice(from, to);
  const telling = phrases.filter((one) => !says(one, 'noise'));
  const first = telling[0];
  const isSum = first !== undefined && /^sum \p{L}/iu.test(textOf(first));
  const isTotal = isSum || isOfAll(telling, question);
  return phrases.map((phrase): Phrase => {
    if (phrase === first && isTotal) {
      const meanings = phrase.meanings.map(
        (one): Meaning => (one.kind === 'column' ? { ...one, total: true } : one),
      );
      return { ...phrase, meanings };
    }
    if (!MASS.test(textOf(phrase)) && !HAN_MASS.test(textOf(phrase))) return phrase;
    const meanings = phrase.meanings.map(
      (one): Meaning => (one.kind === 'table' ? { ...one, mass: true } : one),
    );
    return { ...phrase, meanings };
  });
}

/** `value of purchase orders cancelled`: of several rows that are all, or are held to something. */
function isOfAll(telling: readonly Phrase[], question: string): boolean {
  const [first, of, ...more] = telling;
  if (first === undefined || of === undefined) return false;
  const said = question.slice(first.from, first.to);
  const isAmount =
    AMOUNT.test(said) && !OF_ONE.test(said) && first.meanings.some(({ kind }) => kind === 'column');
  const isOf = /^of$/i.test(question.slice(of.from, of.to));
  const rows = more.find(({ meanings }) => meanings.some(({ kind }) => kind === 'table'));
  const areMany = rows !== undefined && /[^s]s$/i.test(question.slice(rows.from, rows.to));
  const isHeld = more.some(({ meanings }) =>
    meanings.some(({ kind }) => kind === 'value' || kind === 'stored' || kind === 'flag'),
  );
  const isAll = /^\s*all\b/i.test(question.slice(of.to));
  const upToRows = rows === undefined ? more : more.slice(0, more.indexOf(rows));
  const areOnly = upToRows.every(({ meanings }) =>
    meanings.every((one) => !isWord(one, 'and', 'each')),
  );
  return isAmount && isOf && areMany && areOnly && (isHeld || isAll);
}

function says({ meanings }: Phrase, ...words: readonly 'noise'[]): boolean {
  return meanings.every((one) => isWord(one, ...words));
}

/** `interest due over all issues`, `premium of everything bound`: what stands before it is added up. */
export function sumOfAll(state: ParseState): void {
  const { asked, said, chinese } = state;
  const [only, ...more] = asked.shown;
  if (chinese || only === undefined) return;
  // `fees over all settlement batches`: rows, or kinds of them.
  const [next] = ahead(state);
  const isNamed =
    isOfRows(state, next) || (next?.kind === 'column' && (isKey(next) || !isNumber(state, next)));
  if (next?.kind === 'table' && !isNamed) return;
  if (isNamed) state.at++;
  const isFree = said.calls.length === 0 && asked.thing === undefined && said.extreme === undefined;
  if (!isFree || more.length > 0 || isMeasure(only)) return;
  if (!isNumber(state, only) || !addsUp(state, only) || isKey(only)) return;
  asked.shown = [{ call: 'sum', of: only }];
}

/** `average rate over the timecards`: of the rows that have it. */
export function isOverRows(state: ParseState): boolean {
  const [next] = ahead(state);
  return state.asked.shown.some(isMeasure) && isOfRows(state, next);
}

/** Whether a phrase names the rows that what is shown is of, or those that they belong to. */
function isOfRows({ asked, links }: ParseState, next: Meaning | undefined): boolean {
  if (next?.kind !== 'table') return false;
  return asked.shown.some((item) => {
    const table = columnIn(item)?.table;
    return (
      table !== undefined && (isTable(next.table, table) || isPartOf(links, table, next.table))
    );
  });
}

/** Adds up the one figure of rows that are said by how much they are: `revenue recognised in May`. */
export function sumMass(state: ParseState): void {
  const { asked, said, chinese } = state;
  const isNameless = asked.thing !== undefined && !hasLabel(state, asked.thing);
  if (chinese && !isNameless) return;
  if (isMassAlone(state) || chinese) return;
  const [only, ...more] = asked.shown;
  const isPlain = asked.groups.length === 0 && said.eachPeriod === undefined;
  const isOrdered =
    asked.order !== undefined || said.extreme !== undefined || said.top !== undefined;
  if (only === undefined || more.length > 0 || isMeasure(only) || !isPlain || isOrdered) return;
  if (said.calls.length > 0 || said.share || !isMass(state, only.table)) return;
  const isListed = state.phrases.some((one) => isWord(one, 'list', 'which'));
  if (!isListed && isNumber(state, only) && addsUp(state, only) && !isKey(only)) {
    asked.shown = [{ call: 'sum', of: only }];
  }
}

/** `revenue in March`: nothing else is asked for; whether it is so. */
function isMassAlone(state: ParseState): boolean {
  const { asked, said } = state;
  const { thing } = asked;
  const isAsked = asked.counting || asked.listed || asked.who || asked.asks !== undefined;
  const isOther =
    said.calls.length > 0 ||
    said.share ||
    said.change !== undefined ||
    said.whole !== undefined ||
    said.grouping ||
    asked.order !== undefined ||
    asked.having.length > 0 ||
    said.extreme !== undefined ||
    said.top !== undefined;
  const isGrouped = asked.groups.length > 0 || said.eachPeriod !== undefined;
  const isDenied = asked.conditions.some(({ kind }) => kind === 'without');
  if (thing === undefined || asked.shown.length > 0 || isAsked || isOther || isGrouped)
    return false;
  if (isDenied || state.phrases.some((one) => isWord(one, 'list'))) return false;
  // 调整金额为负的预算: which of the rows.
  const isOfFigure = asked.conditions.some(
    (one) => one.kind === 'compare' && typeof one.value === 'number' && isNumber(state, one.column),
  );
  if (state.chinese && isOfFigure) return false;
  const sum = massOf(state, thing);
  if (sum === undefined) return false;
  asked.shown = [sum];
  return true;
}

/** What rows that are so much come to, `revenue by product`; undefined for rows that are counted. */
export function massOf(state: ParseState, table: string): Measure | undefined {
  if (!isMass(state, table)) return undefined;
  if (state.chinese) return { call: 'sum', of: soleAmount(state, table) };
  const figures = (findTable(state.schema, table)?.columns ?? []).filter(({ name, primaryKey }) => {
    const ref = { table, column: name };
    const isFigure = isNumber(state, ref) && addsUp(state, ref) && !primaryKey && !isKey(ref);
    const isOther = [isDay, isMonthNumber, isYear, isFlag].some((is) => is(state, ref));
    return isFigure && !isOther && !isReference(state.links, ref);
  });
  const [only, ...more] = figures;
  const of =
    only !== undefined && more.length === 0
      ? { table, column: only.name }
      : soleAmount(state, table);
  return { call: 'sum', of };
}

/** What such rows come to in Chinese where no word counts them: 预算占总预算的比例; undefined for other rows. */
export function massUncounted(state: ParseState, table: string): Measure | undefined {
  const areCounted = state.phrases.some(
    (one) =>
      (isWord(one, 'how-many') && (one.counts ?? one.times) === true) ||
      (isWord(one, 'measure') && one.call === 'count'),
  );
  return state.chinese && !areCounted ? massOf(state, table) : undefined;
}

/** Whether rows of a table are said by how much they are. */
export function isMass({ phrases }: ParseState, table: string): boolean {
  return phrases.some(
    (one) => one.kind === 'table' && one.mass === true && isTable(one.table, table),
  );
}
