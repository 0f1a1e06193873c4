import { identifier } from '../schema/identifiers.ts';
import { findColumn, fold } from '../schema/schema.ts';
import { applyEdits, type Edit } from '../sql/edit.ts';
import { analyse, resolveHandle, tablesInReach } from '../sql/scopes.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { closest } from './closest.ts';
import type { Rule } from './rule.ts';

export const fixColumnNames: Rule = {
  name: 'fix-column-names',
  summary: 'A column that no table of the query has becomes the one whose name is closest.',
  apply(sql, { schema }) {
    const tokens = tokenizeSql(sql);
    const edits: Edit[] = [];
    for (const { scope, at, qualifier } of analyse(tokens, schema).columns) {
      const written = tokens[at]?.value ?? '';
      const reach = tablesInReach(scope);
      if (isKnown(written)) continue;
      const owner =
        qualifier === undefined
          ? undefined
          : resolveHandle(scope, fold(tokens[qualifier]?.value ?? ''));
      if (qualifier === undefined ? reach.some(({ opaque }) => opaque) : owner?.opaque === true)
        continue;
      const tables = owner?.table === undefined ? reach : [owner, ...reach];
      const candidates = tables.flatMap(({ table, handle }) =>
        (table?.columns ?? []).map((column) => ({ column, handle })),
      );
      const found = closest(fold(written), candidates, ({ column }) => fold(column.name));
      if (found === undefined) continue;
      edits.push({ at, text: identifier(found.item.column.name) });
      if (qualifier !== undefined)
        edits.push({ at: qualifier, text: identifier(found.item.handle) });

      function isKnown(name: string): boolean {
        return (
          scope.results.has(fold(name)) ||
          /^(?:rowid|oid|_rowid_)$/i.test(name) ||
          reach.some(({ table }) => table !== undefined && findColumn(table, name) !== undefined)
        );
      }
    }
    return applyEdits(sql, tokens, edits);
  },
};
