import { identifier } from '../schema/identifiers.ts';
import { findColumn, findTable, fold, type Schema } from '../schema/schema.ts';
import { applyEdits, type Edit } from '../sql/edit.ts';
import { type Analysis, analyse, resolveHandle, type Scope } from '../sql/scopes.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { Rule } from './rule.ts';

export const fixAliases: Rule = {
  name: 'fix-aliases',
  summary:
    'An alias given twice becomes two, a table asked by its name is asked by its alias, and a name that stands for nothing takes the one alias that is left.',
  apply(sql, { schema }) {
    const tokens = tokenizeSql(sql);
    const analysis = analyse(tokens, schema);
    const edits = analysis.scopes.flatMap((scope) => [
      ...separated(tokens, analysis, scope),
      ...byAlias(tokens, analysis, scope, schema),
    ]);
    return applyEdits(sql, tokens, edits);
  },
};

/** `from fund as t1 join company as t1`: the second gets a name of its own, and the columns only it has. */
function separated(tokens: readonly SqlToken[], { columns }: Analysis, scope: Scope): Edit[] {
  const seen = new Set<string>();
  const edits: Edit[] = [];
  for (const reference of scope.tables) {
    const { handle, at, table } = reference;
    if (!seen.has(handle) || at === undefined || table === undefined) {
      seen.add(handle);
      continue;
    }
    const first = scope.tables.find((other) => other.handle === handle);
    const next = fold(tokens[at + 1]?.text ?? '') === 'as' ? at + 2 : at + 1;
    if (fold(tokens[next]?.value ?? '') !== handle || first?.table === undefined) continue;
    const own = unused(scope);
    seen.add(own);
    edits.push({ at: next, text: own });
    const asked = columns.filter(
      (column) =>
        column.qualifier !== undefined && fold(tokens[column.qualifier]?.value ?? '') === handle,
    );
    for (const { at: name, qualifier } of asked) {
      const column = tokens[name]?.value ?? '';
      const onlyHere =
        findColumn(table, column) !== undefined &&
        first.table !== undefined &&
        findColumn(first.table, column) === undefined;
      if (qualifier !== undefined && (onlyHere || isRightOfItself(tokens, qualifier, handle))) {
        edits.push({ at: qualifier, text: own });
      }
    }
  }
  return edits;
}

/** The right side of `t1.id = t1.id`. */
function isRightOfItself(tokens: readonly SqlToken[], qualifier: number, handle: string): boolean {
  return tokens[qualifier - 1]?.text === '=' && fold(tokens[qualifier - 4]?.value ?? '') === handle;
}

function unused(scope: Scope): string {
  const taken = new Set(scope.tables.map(({ handle }) => handle));
  for (let number = 2; ; number++) {
    if (!taken.has(`t${number}`)) return `t${number}`;
  }
}

/** `from fund as f where fund.size > 1`, and `from fund as f where t1.size > 1`. */
function byAlias(
  tokens: readonly SqlToken[],
  { columns }: Analysis,
  scope: Scope,
  schema: Schema,
): Edit[] {
  return columns.flatMap((column): Edit[] => {
    if (column.scope !== scope || column.qualifier === undefined) return [];
    const written = fold(tokens[column.qualifier]?.value ?? '');
    if (resolveHandle(scope, written) !== undefined) return [];
    const named = scope.tables.filter(({ table }) => table && fold(table.name) === written);
    const [only, ...others] = named.length > 0 ? named : scope.tables;
    if (only?.table === undefined || others.length > 0) return [];
    // A name that is another table's asks for that table.
    const lacks = findColumn(only.table, tokens[column.at]?.value ?? '') === undefined;
    if (named.length === 0 && (lacks || findTable(schema, written) !== undefined)) return [];
    return [{ at: column.qualifier, text: identifier(only.handle) }];
  });
}
