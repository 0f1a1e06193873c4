/** Several columns as one figure, as a question tells it: which go together, and in which unit each is. */
import { isInPercent } from '../../calibrate/percent-columns.ts';
import type { Link } from '../../retrieval/context.ts';
import { findTable, fold, type Schema } from '../../schema/schema.ts';
import { isPartOf } from '../columns/part-of.ts';
import {
  addsUp,
  columnOf,
  isKey,
  isMonthNumber,
  isNumber,
  isYear,
  scaleOf,
} from '../columns/schema-columns.ts';
import { type ColumnMeaning, type Meaning, refOf } from '../model/phrase.ts';
import type { Step, StepColumn } from '../model/reading.ts';

/** `per`: of amounts alone; `%`: in percent of the other. */
export type Operator = '+' | '-' | '*' | '/' | 'per' | '%';

/** What a word of a formula may mean, or a number in it. */
type Operand = readonly ColumnMeaning[] | number;

/** What is done to a figure, and with what. */
export interface Operation {
  readonly sign: Operator;
  readonly by: Operand;
}

interface Within {
  readonly schema: Schema;
  readonly links: readonly Link[];
}

/** Choices of meanings that are tried at most. */
const MOST = 64;

/** All figures that a formula may mean; none where its columns do not go together. */
export function figuresOf(
  within: Within,
  first: readonly ColumnMeaning[],
  operations: readonly Operation[],
): ColumnMeaning[] {
  let chosen: (ColumnMeaning | undefined)[] = [...first];
  for (const { sign, by } of operations) {
    const operands: readonly (ColumnMeaning | number)[] = typeof by === 'number' ? [by] : by;
    if (chosen.length * operands.length > MOST) return [];
    chosen = chosen.flatMap((figure) =>
      operands.map((one) => figure && withOperation(within, figure, sign, one)),
    );
  }
  const figures = chosen.filter((one) => one !== undefined);
  const least = Math.min(...figures.map(({ cost }) => cost));
  return figures.filter(({ cost }) => cost <= least + 2);
}

function withOperation(
  within: Within,
  figure: ColumnMeaning,
  sign: Operator,
  by: ColumnMeaning | number,
): ColumnMeaning | undefined {
  if (figure.over !== undefined) return undefined;
  if (typeof by === 'number') {
    return sign === '*' ? withStep(figure, { sign, by }) : undefined;
  }
  const isOneOf = [by.times, by.minus, by.over, by.until, by.steps].some(
    (one) => one !== undefined,
  );
  if (isOneOf || isUsed(figure, by)) return undefined;
  const cost = figure.cost + by.cost;
  if (sign === '/' || sign === 'per' || sign === '%')
    return divided(within, { ...figure, cost }, by, sign);
  if (sign === '*') return multiplied(within, { ...figure, cost }, by);
  return added(within, { ...figure, cost }, by, sign);
}

function withStep(figure: ColumnMeaning, step: Step): ColumnMeaning {
  return { ...figure, steps: [...(figure.steps ?? []), step] };
}

/** Whether a figure has the column already. */
function isUsed(figure: ColumnMeaning, { table, column }: ColumnMeaning): boolean {
  const used = [
    figure,
    ...(figure.steps ?? []).flatMap(({ by }) => (typeof by === 'number' ? [] : by)),
  ];
  return used.some((one) => fold(one.table) === fold(table) && fold(one.column) === fold(column));
}

/** A price and what it is of stand in rows of which one belongs to the other. */
function multiplied(
  within: Within,
  figure: ColumnMeaning,
  by: ColumnMeaning,
): ColumnMeaning | undefined {
  if (fold(figure.table) === fold(by.table) || isPartOf(within.links, figure.table, by.table)) {
    return withStep(figure, { sign: '*', by: asFactor(within, by) });
  }
  const isPlain = figure.steps === undefined && figure.times === undefined && !figure.minus;
  if (!isPlain || !isPartOf(within.links, by.table, figure.table)) return undefined;
  const { table, column } = by;
  return withStep({ ...figure, table, column }, { sign: '*', by: asFactor(within, figure) });
}

function asFactor(within: Within, { table, column }: ColumnMeaning): StepColumn {
  const per = partsOf(within, { table, column });
  return { table, column, ...(per === undefined || per === 1 ? {} : { per }) };
}

/**
 * Amounts of one row in one unit; of a part of 1, what is left of the amount: `value after haircut`. Of another
 * row alone what was paid for the one thing that is sold.
 */
function added(
  within: Within,
  figure: ColumnMeaning,
  by: ColumnMeaning,
  sign: '+' | '-',
): ColumnMeaning | undefined {
  const { table, column } = by;
  const isOwn = fold(figure.table) === fold(table);
  const [parts, own] = [partsOf(within, by), partsOf(within, figure)];
  if (parts === undefined && own !== undefined) return undefined;
  if (parts !== undefined && own === undefined) {
    const isAbove = isOwn || isPartOf(within.links, figure.table, table);
    if (sign === '+' || !isAbove) return undefined;
    const left = { ...asFactor(within, by), left: true } as const;
    return withStep(figure, { sign: '*', by: left });
  }
  if (!isOwn && !(sign === '-' && isCostOfSold(within, figure, by))) return undefined;
  const [scale, other] = [moneyScale(within, figure), moneyScale(within, by)];
  if ((scale === undefined) !== (other === undefined)) return undefined;
  const per = scale === undefined || other === undefined ? 1 : other / scale;
  return withStep(figure, { sign, by: { table, column, ...(per === 1 ? {} : { per }) } });
}

/** The price of a deal without what the one thing that it is of had cost. */
function isCostOfSold(
  { schema, links }: Within,
  sold: ColumnMeaning,
  bought: ColumnMeaning,
): boolean {
  const [deals, things] = [findTable(schema, sold.table), findTable(schema, bought.table)];
  if (deals === undefined || things === undefined) return false;
  const isOne = isPartOf(links, deals.name, things.name);
  const isMany = deals.columns.some(({ name }) => /quantity|qty|units|pieces/i.test(name));
  const isPrice = /price|(?:^|_)pr$|proceeds/i.test(sold.column);
  return isOne && !isMany && isPrice && /cost|price/i.test(bought.column);
}

/** So much for one of the other, or in percent of it: of two amounts of one row, or of many and of that which they belong to. */
function divided(
  within: Within,
  figure: ColumnMeaning,
  by: ColumnMeaning,
  sign: '/' | 'per' | '%',
): ColumnMeaning | undefined {
  const isOwn = fold(figure.table) === fold(by.table);
  if (!isOwn && (sign === 'per' || !isPartOf(within.links, figure.table, by.table)))
    return undefined;
  const add = [refOf(figure), refOf(by)].map((one) =>
    addsUp({ schema: within.schema, chinese: false }, one),
  );
  if (add[0] === false && (sign === 'per' || !isOwn)) return undefined;
  if (add[1] === false && sign === 'per') return undefined;
  const [own, other] = [moneyScale(within, figure), moneyScale(within, by)];
  const per = own === undefined || other === undefined ? 1 : other / own;
  const over = { table: by.table, column: by.column, ...(per === 1 ? {} : { per }) };
  return {
    ...{ ...figure, over },
    ...(add.includes(false) ? {} : { ofSums: true }),
    ...(sign === '%' ? { percent: true } : {}),
  };
}

/** In how many of a column's units a whole of 1 is: 100 of percent, 1 of parts of 1; undefined for what is no part. */
function partsOf({ schema }: Within, ref: StepColumn): number | undefined {
  const column = columnOf({ schema }, ref);
  if (column === undefined) return undefined;
  if (/(?:^|_)bps?$|basis points/i.test(`${column.name}\n${column.comment}`)) return 1e4;
  const example = EXAMPLE.exec(column.comment);
  if (example !== null) return Number(example[2]) > Number(example[1]) * 10 ? 1 : 100;
  const values = column.samples.map(Number).filter(Number.isFinite);
  const isSmall = values.length > 0 && values.every((one) => Math.abs(one) <= 1);
  if (isInPercent(column) || /^ ?(?:percent|per cent|%)/i.test(column.comment)) return 100;
  if (/pct|percent|per ?cent\b|%/i.test(`${column.name} ${column.comment}`))
    return isSmall ? 1 : 100;
  return isSmall && /rate|share|haircut|discount|margin|fraction|ratio|part/i.test(column.name)
    ? 1
    : undefined;
}

/** `0.2 is 20 percent`, `0.25 = 0.25%`. */
const EXAMPLE =
  /\b(0?\.\d+) ?(?:=|is|means|stands for) ?(\d+(?:\.\d+)?) ?(?:%|percent\b|per cent\b)/i;

/** How many of a column's units are one of the money that it is in; undefined for what is no money. */
function moneyScale(within: Within, ref: StepColumn): number | undefined {
  const scale = scaleOf(within, ref);
  if (scale !== undefined) return scale;
  const { name = '', comment = '' } = columnOf(within, ref) ?? {};
  return /\b(?:dollars?|euros?|pounds?|francs?)\b|(?:^|_)(?:usd|eur|gbp|chf)$/i.test(
    `${name} ${comment}`,
  )
    ? 1
    : undefined;
}

/** The meanings that are figures: numbers that tell no row and no year. */
export function figuresAmong(schema: Schema, meanings: readonly Meaning[]): ColumnMeaning[] {
  const within = { schema, chinese: false };
  return meanings.flatMap((one) => {
    if (one.kind !== 'column' || one.done || one.agent || isKey(one)) return [];
    if (/(?:number|num|nbr|_no|No|code)$/.test(one.column)) return [];
    const isFigure = isNumber(within, one) && !isYear(within, one) && !isMonthNumber(within, one);
    return isFigure && !columnOf(within, one)?.primaryKey ? one : [];
  });
}
