/** Units of time: `payment terms over 6 weeks` of a column of days, 期限三年以上 of one of months. */
import { isNumber } from '../../calibrate/asked-columns.ts';
import { englishNumbers } from '../../retrieval/quantities/english-numbers.ts';
import { CHINESE_NUMERAL, readNumeral } from '../../retrieval/quantities/numerals.ts';
import { type Column, findTable, fold, type Schema } from '../../schema/schema.ts';
import { wordsOf } from '../columns/name-words.ts';
import { holdsDays, holdsMonthNumbers, holdsYears } from '../columns/schema-columns.ts';
import {
  type ColumnRef,
  type Condition,
  type Item,
  isMeasure,
  type Reading,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import type { AskedBy } from './asked-by.ts';

type Unit = 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour' | 'minute';

/** How many of the least unit of their kind: months are of no one number of days. */
const IN_MONTHS: Readonly<Partial<Record<Unit, number>>> = { year: 12, quarter: 3, month: 1 };
const IN_MINUTES: Readonly<Partial<Record<Unit, number>>> = {
  ...{ week: 7 * 24 * 60, day: 24 * 60 },
  ...{ hour: 60, minute: 1 },
};

const UNITS: Readonly<Record<string, Unit>> = {
  ...{ year: 'year', quarter: 'quarter', month: 'month', week: 'week', day: 'day' },
  ...{ hour: 'hour', minute: 'minute', 年: 'year', 季度: 'quarter', 月: 'month', 周: 'week' },
  ...{ 星期: 'week', 天: 'day', 日: 'day', 小时: 'hour', 分钟: 'minute' },
};
const ENGLISH_UNIT = 'year|quarter|month|week|day|hour|minute';
const HAN_UNIT = '年|季度|月|周|星期|天|日|小时|分钟';

/** A number with its unit of time. */
interface Time {
  readonly value: number;
  readonly unit: Unit;
}

/**
 * The reading with bounds and figures of such columns in the unit that each is kept in, and asked for in.
 * @throws Unread where one unit is no fixed number of the other
 */
export function inKeptTime(reading: Reading, { question, schema }: AskedBy): Reading {
  const times = timesIn(question);
  const asked = askedUnit(question);
  if (times.length === 0 && asked === undefined) return reading;
  const kept = (value: number, ref: ColumnRef | undefined) =>
    ref === undefined ? value : inUnitKept(value, { times, unit: keptIn(schema, ref), question });
  const conditions = reading.conditions.map((one) => withBounds(one, kept));
  const having = reading.having.map((one) =>
    typeof one.value === 'number' ? { ...one, value: kept(one.value, one.measure.of) } : one,
  );
  const shown =
    asked === undefined ? reading.shown : reading.shown.map((item) => inAsked(item, asked, schema));
  return { ...reading, conditions, having, shown };
}

function withBounds(one: Condition, kept: (value: number, ref: ColumnRef) => number): Condition {
  if (one.kind === 'compare' && typeof one.value === 'number')
    return { ...one, value: kept(one.value, one.column) };
  if (one.kind === 'between' && typeof one.from === 'number' && typeof one.to === 'number')
    return { ...one, from: kept(one.from, one.column), to: kept(one.to, one.column) };
  return one;
}

/** A bound as the column holds it. */
function inUnitKept(
  value: number,
  { times, unit, question }: { times: readonly Time[]; unit: Unit | undefined; question: string },
): number {
  if (unit === undefined) return value;
  const inKept = (one: Time) => converted(one.value, one.unit, unit);
  // It is so already.
  if (times.some((one) => inKept(one) === value)) return value;
  const said = times.find((one) => one.value === value);
  if (said === undefined) return value;
  if (/[年月]半|\band a half\b/i.test(question)) unread('a half of a unit of time');
  return inKept(said) ?? unread('another unit of time');
}

function converted(value: number, from: Unit, to: Unit): number | undefined {
  if (from === to) return value;
  for (const parts of [IN_MONTHS, IN_MINUTES]) {
    const [of, by] = [parts[from], parts[to]];
    if (of !== undefined && by !== undefined) return Number(((value * of) / by).toPrecision(9));
  }
  return undefined;
}

/** All numbers of a question that a unit of time stands behind. */
function timesIn(question: string): Time[] {
  const behind = new RegExp(`^[ -]?(${ENGLISH_UNIT})s?\\b`, 'i');
  const english = [...englishNumbers(question)].flatMap(({ text, at, value }) =>
    timeOf(value, behind.exec(question.slice(at + text.length))?.[1]),
  );
  const digits = [
    ...question.matchAll(new RegExp(`(\\d+(?:\\.\\d+)?)[ -]?(${ENGLISH_UNIT})s?\\b`, 'gi')),
  ].flatMap(([, value, unit]) => timeOf(Number(value), unit));
  const han = [
    ...question.matchAll(
      new RegExp(`(\\d+(?:\\.\\d+)?|${CHINESE_NUMERAL})\\s*个?(${HAN_UNIT})`, 'gu'),
    ),
  ].flatMap(([, value = '', unit]) => timeOf(readNumeral(value) ?? Number(value), unit));
  return [...english, ...digits, ...han];
}

function timeOf(value: number, said: string | undefined): Time[] {
  const unit = UNITS[said?.toLowerCase() ?? ''];
  return unit === undefined || !Number.isFinite(value) ? [] : [{ value, unit }];
}

/** The unit that a figure is asked for in: 多少年, `in years`. */
function askedUnit(question: string): Unit | undefined {
  const english = new RegExp(`\\b(?:in|how many) (${ENGLISH_UNIT})s\\b`, 'i').exec(question)?.[1];
  const han = new RegExp(`(?:多少|几)个?(${HAN_UNIT})|[（(](${HAN_UNIT})[)）]`, 'u').exec(question);
  return UNITS[(english ?? han?.[1] ?? han?.[2] ?? '').toLowerCase()];
}

/** A figure in the unit that is asked for. */
function inAsked(item: Item, asked: Unit, schema: Schema): Item {
  const ref = isMeasure(item) ? item.of : item;
  const unit = ref && keptIn(schema, ref);
  const isCount = isMeasure(item) && item.call === 'count';
  if (ref === undefined || unit === undefined || unit === asked || isCount) return item;
  if (ref.per !== undefined) return item;
  const per = converted(1, asked, unit) ?? unread('another unit of time');
  const whole: ColumnRef = { ...ref, per };
  return isMeasure(item) ? { ...item, of: whole } : whole;
}

/** In which unit a column of figures is kept, as its name or its comment tells; undefined where nothing does. */
function keptIn(schema: Schema, ref: ColumnRef): Unit | undefined {
  if (ref.until !== undefined) return ref.inHours ? 'hour' : 'day';
  const column = findTable(schema, ref.table)?.columns.find(
    ({ name }) => fold(name) === fold(ref.column),
  );
  if (column === undefined || ref.over !== undefined || ref.steps !== undefined) return undefined;
  const isTime = holdsDays(column) || holdsYears(column) || holdsMonthNumbers(column);
  return !isNumber(column) || isTime ? undefined : unitTold(column);
}

const TOLD = new RegExp(`(?:^|[,;(]\\s*|\\bin )(${ENGLISH_UNIT})s\\s*(?=$|[,;)])`, 'i');
const HAN_TOLD = new RegExp(`(?:^|[,，;；(（:：为]\\s*)个?(${HAN_UNIT})\\s*(?=$|[,，;；)）])`, 'u');
const HAN_NAMED = /(天|月|年)数$|[（(_](天|月|年)[）)]?$/u;

function unitTold({ name, comment }: Column): Unit | undefined {
  const plural = new RegExp(`^(${ENGLISH_UNIT})s$`);
  const named = wordsOf(name).flatMap((word) => plural.exec(word)?.[1] ?? [])[0];
  const han = HAN_TOLD.exec(comment)?.[1] ?? HAN_NAMED.exec(name)?.slice(1).find(Boolean);
  return UNITS[(TOLD.exec(comment)?.[1] ?? named ?? han ?? '').toLowerCase()];
}
