/** The columns of known tables within a statement, with what the database tells of each. */
import { type Column, findColumn, type Schema } from '../schema/schema.ts';
import { ownerOfColumn } from './owner.ts';
import { analyse } from './scopes.ts';
import type { SqlToken } from './tokenize.ts';

export interface StoredColumn {
  /** Its first and its last token. */
  readonly from: number;
  readonly to: number;
  /** Whether it stands in no inner query. */
  readonly isOuter: boolean;
  readonly column: Column;
}

/** In the order of the statement; those of tables that can't be known are left out. */
export function storedColumns(tokens: readonly SqlToken[], schema: Schema): StoredColumn[] {
  return analyse(tokens, schema).columns.flatMap((reference) => {
    const { at, qualifier: from = at, scope } = reference;
    const owner = ownerOfColumn(tokens, reference);
    const column = owner && findColumn(owner, tokens[at]?.value ?? '');
    return column === undefined
      ? []
      : [{ from, to: at, isOuter: scope.parent === undefined, column }];
  });
}
