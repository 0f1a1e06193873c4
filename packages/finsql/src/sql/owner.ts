import { findColumn, fold, type Table } from '../schema/schema.ts';
import {
  type ColumnReference,
  resolveHandle,
  type TableReference,
  tablesInReach,
} from './scopes.ts';
import type { SqlToken } from './tokenize.ts';

/** The table that a column of a statement belongs to; undefined where it can't be known. */
export function ownerOfColumn(
  tokens: readonly SqlToken[],
  column: ColumnReference,
): Table | undefined {
  return referenceOfColumn(tokens, column)?.table;
}

/** The same as the statement names it: one table may be there twice. */
export function referenceOfColumn(
  tokens: readonly SqlToken[],
  { scope, at, qualifier }: ColumnReference,
): TableReference | undefined {
  const name = tokens[at]?.value ?? '';
  const owners =
    qualifier === undefined
      ? tablesInReach(scope)
      : [resolveHandle(scope, fold(tokens[qualifier]?.value ?? ''))];
  return owners.find(
    (reference) =>
      reference?.table !== undefined && findColumn(reference.table, name) !== undefined,
  );
}
