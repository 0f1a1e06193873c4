/** Columns as SQL, and the tables that a statement joins to have them. */
import type { Link } from '../../retrieval/context.ts';
import { identifier } from '../../schema/identifiers.ts';
import { fold, type Schema } from '../../schema/schema.ts';
import type { Joined } from '../columns/joins.ts';
import {
  type ColumnRef,
  type DayPart,
  EVERY_COLUMN,
  type Step,
  type StepColumn,
} from '../model/reading.ts';
import { unread } from '../model/unread.ts';

/** What a statement is written within. */
export interface Scope {
  readonly joined: Joined;
  readonly schema: Schema;
  readonly links: readonly Link[];
  readonly thing: string;
  /** The one table whose rows are without others; of what is joined any, where none is said. */
  readonly owner?: string;
}

function writePart(part: DayPart, day: string): string {
  const quarter = `(strftime('%m', ${day}) + 2) / 3`;
  switch (part) {
    case 'year':
      return `strftime('%Y', ${day})`;
    case 'month':
      return `strftime('%Y-%m', ${day})`;
    case 'month-of-year':
      return `strftime('%m', ${day})`;
    case 'day':
      return `date(${day})`;
    case 'quarter':
      return `strftime('%Y', ${day}) || '-Q' || (${quarter})`;
    case 'quarter-of-year':
      return quarter;
  }
}

export function writeColumn(scope: Scope, ref: ColumnRef): string {
  return writeQualified(ref, aliasOf(scope, ref.table), (table) => aliasOf(scope, table));
}

/**
 * @param alias of the column's table; undefined where there is no other
 * @param aliasFor those of other tables that a figure is of; default: that it is of none
 * @throws Unread where it is
 */
export function writeQualified(
  ref: ColumnRef,
  alias: string | undefined,
  aliasFor: (table: string) => string | undefined = () => unread('figures of other rows'),
): string {
  const write = (one: ColumnRef) =>
    writeQualified(
      one,
      fold(one.table) === fold(ref.table) ? alias : aliasFor(one.table),
      aliasFor,
    );
  const { per, ...stored } = ref;
  if (per !== undefined) return writeInUnit(enclosed(stored, write(stored)), per);
  const { over, percent, ofSums: _, ...top } = ref;
  if (over !== undefined) {
    const divisor = isOfSeveral(over) || over.per !== undefined ? `(${write(over)})` : write(over);
    return `${enclosed(top, write(top))} * ${percent ? '100.0' : '1.0'} / ${divisor}`;
  }
  if (percent) return `100.0 * ${enclosed(top, write(top))}`;
  const { steps, ...first } = top;
  if (steps !== undefined) return writeSteps(write(first), steps, write);
  const { column, part, times, minus, until, inHours } = ref;
  const own = column === EVERY_COLUMN ? column : identifier(column);
  const name = alias === undefined ? own : `${alias}.${own}`;
  if (times !== undefined)
    return `${name} * ${writeQualified({ table: ref.table, column: times }, alias)}`;
  if (minus !== undefined) {
    return `${name} - ${writeQualified({ table: ref.table, column: minus }, alias)}`;
  }
  if (until !== undefined) {
    const end = writeQualified({ table: ref.table, column: until }, alias);
    const days = `julianday(${end}) - julianday(${name})`;
    return inHours ? `(${days}) * 24` : days;
  }
  return part === undefined ? name : writePart(part, name);
}

/** Whether it is a sum or a difference, which stands in brackets where more is done to it. */
function isOfSeveral({ minus, steps = [] }: ColumnRef): boolean {
  return minus !== undefined || (steps.at(-1)?.sign ?? '*') !== '*';
}

function enclosed(ref: ColumnRef, figure: string): string {
  return isOfSeveral(ref) ? `(${figure})` : figure;
}

function writeInUnit(figure: string, per: number): string {
  return per < 1 ? `${figure} * ${Math.round(1 / per)}` : `${figure} / ${per}.0`;
}

/** What is done to a figure, in the order in which it is said. */
function writeSteps(
  first: string,
  steps: readonly Step[],
  write: (one: ColumnRef) => string,
): string {
  let [figure, isSum] = [first, false];
  for (const { sign, by } of steps) {
    const term = typeof by === 'number' ? `${by}` : writeTerm(by, write);
    figure = `${sign === '*' && isSum ? `(${figure})` : figure} ${sign} ${term}`;
    isSum = sign !== '*';
  }
  return figure;
}

function writeTerm({ table, column, per, left }: StepColumn, write: (one: ColumnRef) => string) {
  const stored = write({ table, column });
  const term = per === undefined ? stored : writeInUnit(stored, per);
  return left ? `(1 - ${term})` : term;
}

export function writeFrom(scope: Scope): string {
  const { tables, keys } = scope.joined;
  const source = (table: string): string => {
    const alias = aliasOf(scope, table);
    return alias === undefined ? identifier(table) : `${identifier(table)} as ${alias}`;
  };
  const joins = keys.map((key, at) => {
    const left = writeColumn(scope, key);
    const right = writeColumn(scope, { table: key.target, column: key.targetColumn });
    return `join ${source(tables[at + 1] ?? '')} on ${left} = ${right}`;
  });
  return [`from ${source(tables[0] ?? '')}`, ...joins].join(' ');
}

export function aliasOf({ joined: { tables } }: Scope, table: string): string | undefined {
  const at = tables.indexOf(fold(table));
  return at < 0 || tables.length === 1 ? undefined : `t${at + 1}`;
}
