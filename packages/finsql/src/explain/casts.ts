/** What CAST makes of a value (https://sqlite.org/datatype3.html#determination_of_column_affinity). */
import type { CastKind } from '../wording/wording.ts';
import type { Expression } from './ast.ts';
import { datePartOf } from './date-expressions.ts';

/** In SQLite's order: the first that a type contains tells its affinity. */
const AFFINITIES: readonly (readonly [RegExp, CastKind])[] = [
  [/INT/i, 'whole'],
  [/CHAR|CLOB|TEXT/i, 'text'],
  [/BLOB/i, 'bytes'],
  [/REAL|FLOA|DOUB/i, 'decimal'],
];

/** Undefined where a reader would see no difference: a year from its text to a number. */
export function castOf({
  expr,
  target,
}: Extract<Expression, { type: 'cast' }>): CastKind | undefined {
  const type = target[0]?.dataType ?? '';
  const kind = AFFINITIES.find(([names]) => names.test(type))?.[1] ?? 'number';
  return kind === 'whole' && datePartOf(expr) !== undefined ? undefined : kind;
}
