/** `invoices in euros`: of rows whose column of currencies holds EUR, and no sum over all of them. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import type { Link } from '../../retrieval/context.ts';
import { nameWords } from '../../retrieval/words.ts';
import { type Column, findTable, fold, type Schema } from '../../schema/schema.ts';
import { calledBy } from '../columns/comment-parts.ts';
import { CURRENCY_NAME } from '../columns/currency-name.ts';
import { columnOf, isKey } from '../columns/schema-columns.ts';
import {
  type ColumnRef,
  columnIn,
  columnOn,
  isMeasure,
  isTable,
  type Reading,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import type { AskedBy } from './asked-by.ts';

/** What currencies are called, by their codes. */
const CURRENCIES: readonly (readonly [code: string, said: RegExp])[] = [
  ['EUR', /\b(?:euros?|eur)\b|欧元/i],
  ['USD', /\b(?:dollars?|usd)\b|美元|美金/i],
  ['GBP', /\b(?:pounds?|sterling|gbp)\b|英镑/i],
  ['CNY', /\b(?:yuan|renminbi|rmb|cny)\b|人民币/i],
  ['JPY', /\b(?:yen|jpy)\b|日元|日圆/i],
  ['CHF', /\b(?:swiss francs?|francs?|chf)\b|瑞士法郎|瑞郎/i],
  ['HKD', /\bhkd\b|港币|港元/i],
  ['INR', /\b(?:rupees?|inr)\b|卢比/i],
];
const CONVERTED = /\b(?:convert|translat|equivalent)|折合|折算|换算/i;
const HAN_CURRENCY = /币种|货币/;

/**
 * The reading with the rows of what is measured held to the currency that is named, where a column tells each row's.
 * @throws Unread where there are several such columns, or figures of all rows are to be converted
 */
export function heldToCurrency(reading: Reading, by: AskedBy): Reading {
  const { schema } = by;
  const question = withoutNames(by);
  const [named, ...others] = CURRENCIES.filter(([, one]) => one.test(question));
  if (named === undefined) return reading;
  const [code, said] = named;
  const isHeld = reading.conditions.some((one) => isOfCurrency(schema, columnOn(one)));
  const isWritten = new RegExp(`\\b${code}\\b`, 'i').test(question);
  if (isHeld && isWritten) return reading;
  const told = [...new Set(figuresOf(reading, schema).map(({ table }) => fold(table)))].flatMap(
    (table) => currenciesOf(reading, by, { table, code, said }),
  );
  const [column, ...more] = told;
  if (column === undefined) return reading;
  if (more.length > 0 || others.length > 0 || CONVERTED.test(question)) unread('in which currency');
  if (isHeld) return reading;
  const isOfParts = reading.shown.some(
    (item) => isMeasure(item) && (item.inPercent !== undefined || item.heldTo !== undefined),
  );
  const isGrouped = reading.groups.some((group) => isOfCurrency(schema, group));
  const isAbsent = reading.conditions.some(({ kind }) => kind === 'without');
  if (isOfParts || isGrouped || isAbsent || reading.both !== undefined) unread('in which currency');
  const held = { kind: 'compare', column, sign: '=', value: code } as const;
  return { ...reading, conditions: [...reading.conditions, held] };
}

/** The question without stored names of several words: the account `Main EUR operating` says no currency. */
function withoutNames({ question, phrases, meanings }: AskedBy): string {
  const names = phrases.filter((phrase, at) => {
    const said = question.slice(phrase.from, phrase.to);
    return meanings[at]?.kind === 'value' && /\S\s+\S/.test(said);
  });
  return names.reduceRight(
    (rest, { from, to }) => `${rest.slice(0, from)}${' '.repeat(to - from)}${rest.slice(to)}`,
    question,
  );
}

/** The columns of figures that are shown, compared or ordered by. */
function figuresOf(reading: Reading, schema: Schema): ColumnRef[] {
  const shown = reading.shown.flatMap((item) => columnIn(item) ?? []);
  const ordered = reading.order === undefined ? [] : (columnIn(reading.order.by) ?? []);
  const having = reading.having.flatMap(({ measure }) => measure.of ?? []);
  const held = reading.conditions.flatMap((one) => columnOn(one) ?? []);
  return [...shown, ...having, ...held].concat(ordered).filter((ref) => {
    const column = columnOf({ schema }, ref);
    return column !== undefined && isNumber(column) && !isKey(ref);
  });
}

interface OfCurrency {
  /** Folded. */
  readonly table: string;
  readonly code: string;
  /** What it is called. */
  readonly said: RegExp;
}

/**
 * The columns of a table that tell the currency of each row, where they hold several; none where a figure is
 * called by its own: amount_eur.
 * @throws Unread where the currency is not among them, or another figure is kept in it
 */
function currenciesOf(
  reading: Reading,
  { schema, values, links }: AskedBy,
  { table, code, said }: OfCurrency,
): ColumnRef[] {
  const found = findTable(schema, table);
  if (found === undefined) return [];
  const own = found.columns.filter(isCurrency);
  // Receipts of invoices in several currencies.
  const isOfCurrencies = (link: Link) =>
    isTable(link.table, table) &&
    (findTable(schema, link.target)?.columns ?? []).some(
      (column) => isCurrency(column) && column.samples.length > 1,
    );
  const isIn = (column: Column) =>
    isNumber(column) && said.test(`${nameWords(column.name).join(' ')} ${column.comment}`);
  const figures = figuresOf(reading, schema).filter((ref) => fold(ref.table) === table);
  const isOfOwn = figures.some((ref) => {
    const column = columnOf({ schema }, ref);
    return column !== undefined && isIn(column);
  });
  if (isOfOwn) return [];
  if (own.length === 0) return links.some(isOfCurrencies) ? unread('in which currency') : [];
  if (found.columns.some(isIn)) unread('in which currency');
  const [only, ...more] = own;
  if (only !== undefined && more.length === 0 && only.samples.every((one) => one === code))
    return [];
  const isStored = values
    .holders(code)
    .some(
      (place) =>
        isTable(place.table, table) && own.some(({ name }) => fold(name) === fold(place.column)),
    );
  if (!isStored) unread('in which currency');
  return own.map(({ name }) => ({ table: found.name, column: name }));
}

function isOfCurrency(schema: Schema, ref: ColumnRef | undefined): boolean {
  const column = ref && columnOf({ schema }, ref);
  return column !== undefined && isCurrency(column);
}

/** Whether a column holds codes of currencies. */
function isCurrency(column: Column): boolean {
  const { samples } = column;
  const areCodes = samples.length > 0 && samples.every((one) => /^[A-Z]{3}$/.test(one));
  return (
    areCodes && calledBy(column).some((name) => CURRENCY_NAME.test(name) || HAN_CURRENCY.test(name))
  );
}
