/** Columns as SQL, and the tables that a statement joins to have them. */
import type { Link } from '../retrieval/context.ts';
import { identifier } from '../schema/identifiers.ts';
import { fold, type Schema } from '../schema/schema.ts';
import type { Joined } from './joins.ts';
import type { ColumnRef, DayPart } from './reading.ts';
import { EVERY_COLUMN } from './whole-rows.ts';

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
    case 'quarter':
      return `strftime('%Y', ${day}) || '-Q' || (${quarter})`;
    case 'quarter-of-year':
      return quarter;
  }
}

export function writeColumn(scope: Scope, ref: ColumnRef): string {
  return writeQualified(ref, aliasOf(scope, ref.table));
}

/** @param alias of the column's table; undefined where there is no other */
export function writeQualified(ref: ColumnRef, alias: string | undefined): string {
  const { per, ...stored } = ref;
  if (per !== undefined) {
    const figure = writeQualified(stored, alias);
    const whole = isOfTwo(ref) ? `(${figure})` : figure;
    return per < 1 ? `${whole} * ${Math.round(1 / per)}` : `${whole} / ${per}.0`;
  }
  const { over, percent, ...top } = ref;
  if (over !== undefined) {
    const [part, whole] = [top, { table: ref.table, column: over }].map((one) =>
      writeQualified(one, alias),
    );
    const figure = isOfTwo(ref) ? `(${part})` : part;
    return `${figure} * ${percent ? '100.0' : '1.0'} / ${whole}`;
  }
  if (percent) return `100.0 * ${writeQualified(top, alias)}`;
  const { column, part, times, minus, plus, until, inHours } = ref;
  const own = column === EVERY_COLUMN ? column : identifier(column);
  const name = alias === undefined ? own : `${alias}.${own}`;
  if (times !== undefined)
    return `${name} * ${writeQualified({ table: ref.table, column: times }, alias)}`;
  if (minus !== undefined) {
    return `${name} - ${writeQualified({ table: ref.table, column: minus }, alias)}`;
  }
  if (plus !== undefined) {
    return `${name} + ${writeQualified({ table: ref.table, column: plus }, alias)}`;
  }
  if (until !== undefined) {
    const end = writeQualified({ table: ref.table, column: until }, alias);
    const days = `julianday(${end}) - julianday(${name})`;
    return inHours ? `(${days}) * 24` : days;
  }
  return part === undefined ? name : writePart(part, name);
}

/** Whether it is the difference or the sum of two columns. */
function isOfTwo({ minus, plus }: ColumnRef): boolean {
  return minus !== undefined || plus !== undefined;
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
