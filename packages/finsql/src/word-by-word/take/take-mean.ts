/** Means that rows and groups are held to: `above average salary`, `more than twice the average of their city`. */
import { isQuantity, onlyNamed, sizeOf, soleAmount, solePrice } from '../columns/schema-columns.ts';
import { ahead, type ParseState } from '../model/parse-state.ts';
import { isWord, type Meaning, refOf } from '../model/phrase.ts';
import {
  type ColumnRef,
  type Comparison,
  type Item,
  isMeasure,
  isSameColumn,
  isTable,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { columnFor } from './take-own.ts';

/** What is said of a mean behind the word that compares. */
interface SaidMean {
  readonly sign: Comparison;
  /** `twice the average`. */
  readonly factor?: number | undefined;
  /** What it is of, where that is said: `the average salary`. */
  readonly column?: ColumnRef | undefined;
  /** What its rows are the same in: `the department average`. */
  readonly per?: Meaning | undefined;
}

type MeanWord = Extract<Meaning, { readonly kind: 'word'; readonly word: 'mean' }>;

/** `salary above average`, `above average salary`, `more expensive than average`. */
export function takeMean(state: ParseState, { sign, of }: MeanWord): void {
  const [next] = ahead(state);
  const column = next?.kind === 'column' && isQuantity(state, next) ? refOf(next) : undefined;
  if (column !== undefined) state.at++;
  const { thing } = state.asked;
  if (of === 'price' && state.said.compared === undefined && column === undefined) {
    state.said.compared = solePrice(state, thing ?? unread('the mean of what'));
  }
  // 超过平均单价的两倍.
  const factor = state.chinese ? factorOf(ahead(state)[0]) : undefined;
  if (factor !== undefined) state.at++;
  holdToMean(state, { sign, factor, column });
}

/** A mean behind `more than`; whether one stands there. */
export function takeMeanAhead(state: ParseState, sign: Comparison): boolean {
  const phrases = ahead(state);
  const [times] = phrases;
  // 高于本类别平均.
  const isLed = isWord(times, 'times') || (state.chinese && isWord(times, 'own', 'each'));
  const rest = isLed ? phrases.slice(1) : phrases;
  const isMean = (one: Meaning | undefined) => isWord(one, 'measure') && one.call === 'avg';
  const [first, second] = rest;
  const isPer = first !== undefined && isNamed(first) && isMean(second);
  if (!isMean(first) && !isPer) return false;
  const at = isPer ? 2 : 1;
  const named = rest[at];
  const column = named?.kind === 'column' && isQuantity(state, named) ? refOf(named) : undefined;
  const isAlone = column === undefined && state.said.compared === undefined;
  if (isAlone) return false;
  const to = column === undefined ? at : at + 1;
  // 超过平均单价的两倍.
  const behind = state.chinese ? rest[to] : undefined;
  const factor = factorOf(times) ?? factorOf(behind);
  state.at += phrases.length - rest.length + to + (factorOf(behind) === undefined ? 0 : 1);
  holdToMean(state, { sign, factor, column, per: isPer ? first : undefined });
  return true;
}

function factorOf(one: Meaning | undefined): number | undefined {
  return isWord(one, 'times') ? one.factor : undefined;
}

/** `the department average`. */
function isNamed({ kind }: Meaning): boolean {
  return kind === 'table' || kind === 'column';
}

/** @throws Unread where the mean is of another column than what is held to it */
function holdToMean(state: ParseState, { sign, factor, column, per }: SaidMean): void {
  const { asked, said } = state;
  const { compared } = said;
  said.compared = undefined;
  const times = factor === undefined ? {} : { factor };
  if (compared !== undefined && isMeasure(compared)) {
    const of = meanOf(compared);
    if (per !== undefined || (column !== undefined && !isSameColumn(of, column))) {
      unread('a measure against rows');
    }
    asked.having.push({ measure: compared, sign, value: { meanOf: of, ...times } });
    return;
  }
  const own = compared ?? column ?? figureOf(state);
  if (own === undefined || !isQuantity(state, own)) unread('the mean of what');
  if (column !== undefined && !isSameColumn(own, column)) unread('a mean of another column');
  const same = per === undefined ? undefined : columnFor(state, own.table, per);
  if (per !== undefined && same === undefined) unread('a mean over rows of what');
  asked.conditions.push({
    kind: 'mean',
    column: own,
    sign,
    ...times,
    ...(same === undefined ? {} : { per: same }),
  });
  takePerAhead(state, own.table);
}

/** `flats larger than average`, `grants above average`: how large they are, or what they come to. */
function figureOf(state: ParseState): ColumnRef {
  const { asked, said } = state;
  const thing = asked.thing ?? unread('the mean of what');
  if (said.calls.length > 0 || asked.tables.some((table) => !isTable(table, thing))) {
    unread('the mean of what');
  }
  return sizeOf(state, thing) ?? soleAmount(state, thing);
}

/** `more than the average per hotel`. */
function takePerAhead(state: ParseState, table: string): void {
  const { conditions } = state.asked;
  const [each, named] = ahead(state);
  const mean = conditions.at(-1);
  if (!isWord(each, 'each') || mean?.kind !== 'mean' || mean.per !== undefined) return;
  const per = columnFor(state, table, named);
  if (per === undefined) return;
  state.at += 2;
  conditions[conditions.length - 1] = { ...mean, per };
}

/** The column whose mean is that of groups. @throws Unread for other measures */
function meanOf({ call, of }: Extract<Item, { readonly call: unknown }>): ColumnRef {
  return call === 'avg' && of !== undefined ? of : unread('a measure against rows');
}

/** `employees who earn more than the average`: what they earn is compared, where one column tells it; whether it is so. */
export function takeEarned(state: ParseState): boolean {
  const { asked, said } = state;
  const [next, beyond, ...more] = ahead(state);
  // `earned more than 500 in bonuses`.
  const isSaid = beyond?.kind === 'number' && more.length > 0;
  const isCompared = isWord(next, 'mean') || (isWord(next, 'compare') && !isSaid);
  if (!isCompared || asked.thing === undefined || said.compared !== undefined) return false;
  said.compared = onlyNamed(state, asked.thing, EARNED);
  return said.compared !== undefined;
}

/** What people earn. */
const EARNED = /salar|(?:^|_)sal$|wage|(?:^|_)pay$|工资|薪/i;
