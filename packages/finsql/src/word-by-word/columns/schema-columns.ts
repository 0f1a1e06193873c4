/** What a parse looks up in the schema: kinds of columns, and the one column of a kind. */
import { isNumber as holdsNumbers } from '../../calibrate/asked-columns.ts';
import { dateFormOf, hasCompactDays } from '../../calibrate/date-forms.ts';
import { unitScaleIn } from '../../calibrate/unit-scales.ts';
import { type Column, findColumn, findTable, fold } from '../../schema/schema.ts';
import type { ParseState } from '../model/parse-state.ts';
import type { ColumnRef, Step } from '../model/reading.ts';
import { orUnread, Unread, unread } from '../model/unread.ts';
import type { Dimension } from '../words/word.ts';
import { calledBy } from './comment-parts.ts';
import { flagOf } from './flag-columns.ts';
import { labelsOf } from './label-columns.ts';
import { lineValueOf } from './line-values.ts';
import { isDone, OF_DAY, wordsOf } from './name-words.ts';
import { ownAmountOf } from './own-amounts.ts';
import { soleMoneyOf } from './sole-money.ts';
import { wholeOf } from './whole-amounts.ts';

/** Names of columns whose figures mean nothing added up: prices, rates, levels. */
const NO_AMOUNT =
  /price|(?<!ope|gene|sepa|corpo)rate|ratio(?!n)|percent|pct|eps$|(?<![a-z])per_|yield|score|level|index|high|(?<!al|ol|el|be|[fsb])low|nav|nv$|margin|(?<!us|post|stor|broker|dam|mortg|cover|lever|short|verbi|cart|tonn|sew|sewer|pack)age$|year(?!ly)|(?:^|_)px(?:_|$)|prc|价(?!值|税)|率|比|指数|点位|净值|年龄|评分|年限|排名|名次|折扣|增速|[增涨降]幅|同比|环比/i;

/** Of a parse, what its look-ups need. */
type Within = Pick<ParseState, 'schema' | 'chinese'>;

export function columnOf(
  { schema }: Pick<Within, 'schema'>,
  { table, column }: ColumnRef,
): Column | undefined {
  const found = findTable(schema, table);
  return found && findColumn(found, column);
}

/** What an amount is multiplied by to be compared with the column; undefined where nothing tells its unit. */
export function scaleOf({ schema }: Pick<Within, 'schema'>, ref: ColumnRef): number | undefined {
  const table = findTable(schema, ref.table);
  const column = table && findColumn(table, ref.column);
  const own = column && unitScaleIn(table, column);
  // Of quantity × price, the unit is that of the price.
  const factors = (ref.steps ?? []).flatMap(({ sign, by }) =>
    sign === '*' && typeof by !== 'number' && by.per === undefined ? by : [],
  );
  return factors
    .map((one) => scaleOf({ schema }, one))
    .reduce((scale, one) => (one === undefined ? scale : (scale ?? 1) * one), own);
}

export function isDay(within: Within, ref: ColumnRef): boolean {
  const column = columnOf(within, ref);
  return column !== undefined && holdsDays(column) && !holdsMonths(column) && !ref.until;
}

const days = new WeakMap<Column, boolean>();

/** Whether it holds days, as dates or in another form: 20240315, 03/15/2024, seconds. */
export function holdsDays(column: Column): boolean {
  const known = days.get(column);
  if (known !== undefined) return known;
  // Digits alone may be any number.
  const isSigned = column.samples.every((text) => !/^\d+(?:\.\d+)?$/.test(text));
  const isNamed =
    wordsOf(column.name).some((word) => OF_DAY.test(word)) ||
    isDone(column.name) ||
    areCompactDays(column) ||
    /\bYYYY-?MM-?DD\b/.test(column.comment) ||
    calledBy(column).some((name) => /[日期时间]/u.test(name));
  const made =
    column.kind === 'date' || ((isSigned || isNamed) && dateFormOf(column) !== undefined);
  days.set(column, made);
  return made;
}

/** `as_of` of 20240628 and 20240930: numbers all of which are days, and that number no rows. */
function areCompactDays(column: Column): boolean {
  const { name, kind, samples } = column;
  const isNumber = /(?:id|no|nr|num|number|code|key|ref)$/i.test(name);
  const isMany = samples.length > 1 || /^as_?of/i.test(name);
  return kind === 'integer' && isMany && !isNumber && hasCompactDays(column);
}

/** Whether it holds days with times, `2024-03-05 14:30:00`. */
export function isTime(within: Within, ref: ColumnRef): boolean {
  const samples = columnOf(within, ref)?.samples ?? [];
  return isDay(within, ref) && samples.some((sample) => /^\d{4}-\d\d-\d\d[T ]\d/.test(sample));
}

/** Whether it holds months as texts, `2024-03`. */
export function isMonth(within: Within, ref: ColumnRef): boolean {
  const column = columnOf(within, ref);
  return column !== undefined && holdsMonths(column);
}

export function holdsMonths({ kind, samples }: Column): boolean {
  const isMonthText = (text: string) => /^(?:19|20)\d\d-(?:0[1-9]|1[0-2])$/.test(text);
  return (kind === 'text' || kind === 'date') && samples.length > 0 && samples.every(isMonthText);
}

/** How a column writes quarters, `2024Q1`, `2024-Q1`: the text before their number; undefined where it holds none. */
export function quarterSign({ kind, samples }: Column): string | undefined {
  const signs = samples.map((text) => /^(?:19|20)\d\d([- ]?[Qq])[1-4]$/.exec(text)?.[1]);
  const [sign] = signs;
  return kind === 'text' && signs.every((one) => one === sign) ? sign : undefined;
}

/** Whether it holds years as numbers: fiscal_year, FinYear, 年度; YearListed and founded where all it holds are years. */
export function holdsYears({ kind, name, samples, comment }: Column): boolean {
  const isYear = (sample: string) => /^(?:1[0-9]|20)\d\d$/.test(sample);
  const areYears = samples.length > 0 && samples.every(isYear);
  const own = wordsOf(name);
  const isNamed = /^(?:year|season|vintage)$/.test(own.at(-1) ?? '') || /年度?$/.test(name);
  if (areYears && calledBy({ name, comment }).some((one) => /年[度份]?$/u.test(one))) return true;
  if (kind === 'text') return isNamed && areYears;
  return isNamed || ((own[0] === 'year' || isDone(name)) && areYears);
}

export function isYear(within: Within, ref: ColumnRef): boolean {
  const column = columnOf(within, ref);
  return column !== undefined && holdsYears(column);
}

export function isMonthNumber(within: Within, ref: ColumnRef): boolean {
  const column = columnOf(within, ref);
  return column !== undefined && holdsMonthNumbers(column);
}

/** Whether it holds months as numbers, 202403. */
export function holdsMonthNumbers({ kind, name, samples, comment }: Column): boolean {
  const isMonthNumber = (sample: string) => /^(?:19|20)\d\d(?:0[1-9]|1[0-2])$/.test(sample);
  const isNamed = calledBy({ name, comment }).some((one) => /period|month|月|期/i.test(one));
  return kind !== 'text' && isNamed && samples.length > 0 && samples.every(isMonthNumber);
}

export function isNumber(within: Within, ref: ColumnRef): boolean {
  const column = columnOf(within, ref);
  if (ref.until !== undefined) return true;
  return column !== undefined && holdsNumbers(column) && !holdsDays(column);
}

/** Whether it holds figures: numbers, and no keys. */
export function isQuantity(within: Within, ref: ColumnRef): boolean {
  return isNumber(within, ref) && !isKey(ref);
}

export function isFlag(within: Within, ref: ColumnRef): boolean {
  const column = columnOf(within, ref);
  return column !== undefined && flagOf(column) !== undefined;
}

/** Words that end as keys do: paid, bid, void. */
const NO_KEY = /(?:paid|laid|void|valid|grid|solid|liquid|hybrid|(?:^|[^a-z])[ab]id)$/i;

export function isKey({ column }: ColumnRef): boolean {
  return /id$|编号$/i.test(column) && !NO_KEY.test(column);
}

/** Whether figures of a column may be added up. */
export function addsUp(within: Within, ref: ColumnRef): boolean {
  const { column, over, until, steps, ...place } = ref;
  if (until !== undefined || over !== undefined) return false;
  if (steps !== undefined) return stepsAddUp(within, { column, ...place }, steps);
  const found = columnOf(within, ref);
  const called = found === undefined ? [column] : calledBy(found);
  const isOfBooks = called.some((name) => name.endsWith('净值')) && keepsBooks(within, ref.table);
  const isLevel = (!isOfBooks && called.some((name) => NO_AMOUNT.test(name))) || isKey(ref);
  return called.some((name) => /^total_?price|总价$/i.test(name)) || !isLevel;
}

/** Whether a 净值 is what is left of what things cost, and no price of a share. */
function keepsBooks({ schema }: Within, table: string): boolean {
  const columns = findTable(schema, table)?.columns ?? [];
  return columns.some((column) => calledBy(column).some((name) => /折旧|摊销|原值/u.test(name)));
}

/** What things are called by, and deals are not. */
const NAMES_THINGS = /(?:name|title|(?:^|_)nm|desc(?:ription)?)$/i;

/** A product does where one of its factors does; a sum where all its parts do, or where rows are deals, which are called nothing. */
function stepsAddUp(within: Within, first: ColumnRef, steps: readonly Step[]): boolean {
  const others = steps.flatMap(({ by }) => (typeof by === 'number' ? [] : by));
  const add = [first, ...others].map((one) => addsUp(within, one));
  const areFactors = steps.every(({ sign }) => sign === '*');
  // A part of something adds nothing up.
  const isPart = (at: number) => others[at]?.left === true || others[at]?.per !== undefined;
  if (areFactors) return add.some((one, at) => one && (at === 0 || !isPart(at - 1)));
  const isThing = labelsIn(within, first.table).some((name) => NAMES_THINGS.test(name));
  return !add.includes(false) || !isThing;
}

/**
 * What rows of a table are called by.
 * @throws Unread where nothing tells it
 */
export function labelColumns(within: Within, table: string): ColumnRef[] {
  const labels = labelsIn(within, table);
  if (labels.length === 0) unread(`${table} has no label`);
  return labels.map((column) => ({ table, column }));
}

/** Whether anything tells the rows of a table. */
export function hasLabel(within: Within, table: string): boolean {
  return labelsIn(within, table).length > 0;
}

export function isLabel(within: Within, { table, column }: ColumnRef): boolean {
  return labelsIn(within, table).some((name) => fold(name) === fold(column));
}

function labelsIn({ schema, chinese }: Within, table: string): readonly string[] {
  const found = findTable(schema, table);
  return found === undefined ? [] : labelsOf(found, chinese);
}

/**
 * The one column of a table that is such.
 * @throws Unread where there is none, or several
 */
function soleColumn(within: Within, table: string, is: (column: Column) => boolean): ColumnRef {
  const [only, ...more] = (findTable(within.schema, table)?.columns ?? []).filter(is);
  if (only === undefined || more.length > 0) unread(`not one such column in ${table}`);
  return { table, column: only.name };
}

/** The one column of a table that is called so; undefined where there is none, or several. */
export function onlyNamed(within: Within, table: string, name: RegExp): ColumnRef | undefined {
  const columns = findTable(within.schema, table)?.columns ?? [];
  const [only, ...more] = columns.filter((column) =>
    calledBy(column).some((called) => name.test(called)),
  );
  return only === undefined || more.length > 0 ? undefined : { table, column: only.name };
}

/** The one column of numbers that is called so. */
export function figureNamed(within: Within, table: string, name: RegExp): ColumnRef | undefined {
  const found = onlyNamed(within, table, name);
  return found !== undefined && isNumber(within, found) ? found : undefined;
}

/** The age of what a table holds, in years. */
export function ageOf(within: Within, table: string): ColumnRef | undefined {
  return onlyNamed(within, table, /^age$|_age$|^年龄$/i);
}

const SIZE =
  /area(?!_?(?:code|id|name))|(?:^|_)size(?:_|$)|sqm|sqft|capacity|population|面积|人口/i;

/** How large what a table holds is; undefined where no one column tells it. */
export function sizeOf(within: Within, table: string): ColumnRef | undefined {
  return figureNamed(within, table, SIZE);
}

const OF_DIMENSION: Readonly<Record<Dimension, RegExp>> = {
  height: /height|elevation|altitude/i,
  length: /length|duration|runtime|minutes/i,
  size: /height|length|duration|runtime|minutes/i,
  weight: /weight/i,
  depth: /depth/i,
  speed: /speed/i,
  population: /population/i,
  price: /price/i,
  value: /(?:^|_|\b)(?:market_?value|valuation|value|worth)(?:_(?:k|cents|usd|eur|gbp))?$/i,
};

/** The one column of numbers that an adjective speaks of. */
export function dimensionOf(
  within: Within,
  table: string,
  dimension: Dimension,
): ColumnRef | undefined {
  return figureNamed(within, table, OF_DIMENSION[dimension]);
}

/** @throws Unread where there is none, or several */
export function soleDay(within: Within, table: string): ColumnRef {
  const isDayOrYear = (column: Column) =>
    holdsDays(column) || holdsMonths(column) || wordsOf(column.name).at(-1) === 'year';
  return soleColumn(within, table, isDayOrYear);
}

/** @throws Unread where there is none, or several */
export function solePlace(within: Within, table: string): ColumnRef {
  const isPlace = ({ name }: Column) =>
    /city|location|country|ctry|domicile|address|城市|地区/i.test(name);
  const isSmallPlace = ({ name }: Column) => /town|village|venue/i.test(name);
  const columns = findTable(within.schema, table)?.columns ?? [];
  return soleColumn(within, table, columns.some(isPlace) ? isPlace : isSmallPlace);
}

/**
 * The column of what is paid, owed or worth; of several amounts the total.
 * @throws Unread where there is none, or several
 */
export function soleAmount(within: Within, table: string): ColumnRef {
  const columns = findTable(within.schema, table)?.columns ?? [];
  const isCalled = (column: Column, pattern: RegExp) =>
    calledBy(column).some((name) => pattern.test(name));
  const isAmount = (column: Column) =>
    holdsNumbers(column) && isCalled(column, /amount|amt|total|金额|总额|jine|(?:^|_)je$/i);
  const totals = columns.filter((one) => isAmount(one) && isCalled(one, /^tot|total|总/i));
  const [total, ...others] = totals;
  if (total !== undefined && others.length === 0) return { table, column: total.name };
  const plain = columns.find(
    (one) => isAmount(one) && isCalled(one, /^(?:amount|amt|金额|jine|je)$/i),
  );
  if (plain !== undefined) return { table, column: plain.name };
  const [told, ...rest] = columns.filter((one) => isAmount(one) && isCalled(one, /金额|总额/));
  if (told !== undefined && rest.length === 0)
    return { table, column: (wholeOf({ columns }, told) ?? told).name };
  const own = findTable(within.schema, table);
  const called = own && within.chinese ? ownAmountOf(own) : undefined;
  if (called !== undefined) return { table, column: called.name };
  const money = own && !within.chinese ? soleMoneyOf(own) : undefined;
  if (money !== undefined) return { table, column: money.name };
  return soleColumn(within, table, isAmount);
}

/** Quantity × price of its rows, where no column holds an amount. */
export function lineAmount(
  { schema }: Pick<Within, 'schema'>,
  table: string,
): ColumnRef | undefined {
  const columns = findTable(schema, table)?.columns ?? [];
  const line = lineValueOf({ columns });
  return line && { table, column: line.quantity.name, times: line.price.name };
}

/** The amount of rows, or what their lines come to; undefined where there is neither, or several amounts. */
export function amountOfRow(within: Within, table: string): ColumnRef | undefined {
  const amount = orUnread(() => soleAmount(within, table));
  return amount instanceof Unread ? lineAmount(within, table) : amount;
}

/** What is asked for the use of a thing: `nightly_rate`, `monthly_rent`. */
const RATE =
  /(?:^|_)(?:nightly|daily|weekly|monthly|hourly|day|rental|room)_?(?:rate|rent|fee|fare)s?$/i;

/**
 * The price; of several the one that is asked of customers.
 * @throws Unread where there is none, or several
 */
export function solePrice(within: Within, table: string): ColumnRef {
  const columns = findTable(within.schema, table)?.columns ?? [];
  const asked = columns.filter(({ name }) =>
    /(?:list|sales?|selling|retail|menu)_?price|售价|零售价/i.test(name),
  );
  const [only, ...more] = asked;
  if (only !== undefined && more.length === 0) return { table, column: only.name };
  const isPrice = ({ name }: Column) => /price|cost|价/i.test(name);
  if (columns.some(isPrice)) return soleColumn(within, table, isPrice);
  // Fees are told by their amounts.
  return figureNamed(within, table, RATE) ?? soleAmount(within, table);
}
