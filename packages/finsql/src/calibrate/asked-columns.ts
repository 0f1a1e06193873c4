import { type Column, findColumn, type Schema } from '../schema/schema.ts';
import { referenceOfColumn } from '../sql/owner.ts';
import { analyse, type TableReference } from '../sql/scopes.ts';
import { selectList } from '../sql/select-list.ts';
import type { SqlToken } from '../sql/tokenize.ts';

/** A column of a known table where a statement names it. */
export interface AskedColumn {
  /** Index of the token that names it. */
  readonly at: number;
  readonly column: Column;
  readonly reference: TableReference;
}

/** Every place where a statement names a column of a known table. */
export function askedColumns(tokens: readonly SqlToken[], schema: Schema): AskedColumn[] {
  return analyse(tokens, schema).columns.flatMap((found) => {
    const reference = referenceOfColumn(tokens, found);
    const name = tokens[found.at]?.value ?? '';
    const column = reference?.table && findColumn(reference.table, name);
    return reference && column ? [{ at: found.at, column, reference }] : [];
  });
}

/** The column that a token names; undefined where it names none of a known table. */
export function askedColumnAt(
  tokens: readonly SqlToken[],
  schema: Schema,
  at: number,
): AskedColumn | undefined {
  return askedColumns(tokens, schema).find((asked) => asked.at === at);
}

/** The column that is all that the outermost SELECT lists, as it stands; undefined where there is more. */
export function soleListedColumn(
  tokens: readonly SqlToken[],
  schema: Schema,
): AskedColumn | undefined {
  const [item, ...more] = selectList(tokens)?.items ?? [];
  const last = item?.at(-1);
  if (item === undefined || last === undefined || more.length > 0) return undefined;
  const at = tokens.indexOf(last);
  const isAlone = item.length === (tokens[at - 1]?.text === '.' ? 3 : 1);
  return isAlone ? askedColumnAt(tokens, schema, at) : undefined;
}

export function isNumber({ kind }: Column): boolean {
  return kind === 'integer' || kind === 'number';
}

/** Whether the column is set against something: a condition may stand for what is said otherwise. */
export function isCompared(tokens: readonly SqlToken[], at: number): boolean {
  return /^(?:[<>=!]+|between|in|not|like|is)$/i.test(tokens[at + 1]?.text ?? '');
}
