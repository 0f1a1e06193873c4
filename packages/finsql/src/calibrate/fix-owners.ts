import { identifier } from '../schema/identifiers.ts';
import { findColumn, fold } from '../schema/schema.ts';
import { applyEdits, type Edit } from '../sql/edit.ts';
import { analyse, resolveHandle, tablesInReach } from '../sql/scopes.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import type { Rule } from './rule.ts';

export const fixOwners: Rule = {
  name: 'fix-owners',
  summary:
    'A column asked of the wrong table or alias is asked of the table in the query that has it.',
  apply(sql, { schema }) {
    const tokens = tokenizeSql(sql);
    const edits: Edit[] = [];
    for (const { scope, at, qualifier } of analyse(tokens, schema).columns) {
      if (qualifier === undefined) continue;
      const column = tokens[at]?.value ?? '';
      const owner = resolveHandle(scope, fold(tokens[qualifier]?.value ?? ''));
      if (owner?.opaque === true) continue;
      if (owner?.table !== undefined && findColumn(owner.table, column) !== undefined) continue;
      const better = tablesInReach(scope).find(
        ({ table }) => table !== undefined && findColumn(table, column) !== undefined,
      );
      if (better !== undefined) edits.push({ at: qualifier, text: identifier(better.handle) });
    }
    return applyEdits(sql, tokens, edits);
  },
};
