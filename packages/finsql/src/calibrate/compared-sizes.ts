import { fold, type Schema, type Table } from '../schema/schema.ts';
import { ownerOfColumn } from '../sql/owner.ts';
import { analyse } from '../sql/scopes.ts';
import type { SqlToken } from '../sql/tokenize.ts';

/** A column of a known table, or a sum, mean or extreme of it, compared with a number. */
export interface SizeComparison {
  readonly owner: Table;
  /** As written. */
  readonly column: string;
  /** Index of the number. */
  readonly number: number;
}

/** With =, a number is a flag, a code or a year. */
const COMPARES: ReadonlySet<string> = new Set(['<', '>', '<=', '>=']);

/** `x / y > 5`, `x > 2 * y`: what is compared is neither. */
const ARITHMETIC = /^[*/%+-]$/;

/** Every `column > 5`, `sum(column) <= 5`, `column between 5 and 7` of a statement. */
export function sizeComparisons(tokens: readonly SqlToken[], schema: Schema): SizeComparison[] {
  return analyse(tokens, schema).columns.flatMap((reference) => {
    const owner = ownerOfColumn(tokens, reference);
    if (owner === undefined) return [];
    const column = tokens[reference.at]?.value ?? '';
    return comparedNumbers(tokens, reference.at).map((number) => ({ owner, column, number }));
  });
}

function comparedNumbers(tokens: readonly SqlToken[], column: number): number[] {
  const name = tokens[column - 1]?.text === '.' ? column - 2 : column;
  if (ARITHMETIC.test(tokens[name - 1]?.text ?? '')) return [];
  const last = endOfCase(tokens, column);
  const closed = tokens[last + 1]?.text === ')' ? last + 1 : last;
  if (closed === column + 1 && isCounted(tokens, name)) return [];
  const operator = fold(tokens[closed + 1]?.text ?? '');
  const numbers =
    operator === 'between' ? [closed + 2, closed + 4] : COMPARES.has(operator) ? [closed + 2] : [];
  return numbers.filter(
    (at) => tokens[at]?.kind === 'number' && !ARITHMETIC.test(tokens[at + 1]?.text ?? ''),
  );
}

/** Index of the `end` behind `then column else 0`, where the column stands so; else that of the column. */
function endOfCase(tokens: readonly SqlToken[], column: number): number {
  const name = tokens[column - 1]?.text === '.' ? column - 2 : column;
  const [then = '', none = '', zero = '', end = ''] = [
    name - 1,
    column + 1,
    column + 2,
    column + 3,
  ].map((at) => fold(tokens[at]?.text ?? ''));
  return then === 'then' && none === 'else' && zero === '0' && end === 'end' ? column + 3 : column;
}

/** `count(column)` counts rows, whatever the column holds. */
function isCounted(tokens: readonly SqlToken[], name: number): boolean {
  const open = fold(tokens[name - 1]?.text ?? '') === 'distinct' ? name - 2 : name - 1;
  return tokens[open]?.text !== '(' || fold(tokens[open - 1]?.text ?? '') === 'count';
}
