import { identifier } from '../schema/identifiers.ts';
import { findColumn, fold, type Table } from '../schema/schema.ts';
import { applyEdits, type Edit } from '../sql/edit.ts';
import { analyse, resolveHandle, type Scope, type TableReference } from '../sql/scopes.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { Rule } from './rule.ts';

export const replaceTable: Rule = {
  name: 'replace-table',
  summary:
    'A table that lacks a column asked of it becomes the one table that has every column asked of it.',
  apply(sql, { schema }) {
    const tokens = tokenizeSql(sql);
    const { scopes, columns } = analyse(tokens, schema);
    const edits: Edit[] = [];
    for (const scope of scopes) {
      for (const reference of scope.tables) {
        if (reference.table === undefined || reference.at === undefined) continue;
        const asked = columns
          .filter((column) => ownerOf(tokens, scope, column) === reference)
          .map(({ at }) => tokens[at]?.value ?? '');
        const table = reference.table;
        const lacking = asked.filter((name) => !has(table, name) && !scope.results.has(fold(name)));
        if (lacking.length === 0) continue;
        const needed = asked.filter((name) => !scope.results.has(fold(name)));
        const better = schema.tables.filter((other) => needed.every((name) => has(other, name)));
        const [only] = better;
        if (better.length !== 1 || only === undefined) continue;
        const old = fold(tokens[reference.at]?.value ?? '');
        for (const [index, token] of tokens.entries()) {
          const qualifies = fold(token.value) === old && tokens[index + 1]?.text === '.';
          if (index === reference.at || (qualifies && reference.handle === old)) {
            edits.push({ at: index, text: identifier(only.name) });
          }
        }
      }
    }
    return applyEdits(sql, tokens, edits);
  },
};

function has(table: Table, name: string): boolean {
  return findColumn(table, name) !== undefined;
}

/** A bare column belongs to the only table of its scope. */
function ownerOf(
  tokens: readonly SqlToken[],
  scope: Scope,
  column: { readonly scope: Scope; readonly qualifier: number | undefined },
): TableReference | undefined {
  if (column.scope !== scope) return undefined;
  if (column.qualifier !== undefined) {
    return resolveHandle(scope, fold(tokens[column.qualifier]?.value ?? ''));
  }
  return scope.tables.length === 1 ? scope.tables[0] : undefined;
}
