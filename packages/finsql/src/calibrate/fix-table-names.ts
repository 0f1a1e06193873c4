import { identifier } from '../schema/identifiers.ts';
import { fold } from '../schema/schema.ts';
import { applyEdits, type Edit } from '../sql/edit.ts';
import { analyse } from '../sql/scopes.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { closest } from './closest.ts';
import type { Rule } from './rule.ts';

export const fixTableNames: Rule = {
  name: 'fix-table-names',
  summary: 'A table that does not exist becomes the one whose name is closest.',
  apply(sql, { schema }) {
    const tokens = tokenizeSql(sql);
    const edits: Edit[] = [];
    for (const { table, opaque, at } of analyse(tokens, schema).scopes.flatMap(
      (scope) => scope.tables,
    )) {
      if (table !== undefined || opaque || at === undefined) continue;
      const written = fold(tokens[at]?.value ?? '');
      const found = closest(written, schema.tables, ({ name }) => fold(name));
      if (found === undefined) continue;
      const name = identifier(found.item.name);
      for (const [index, token] of tokens.entries()) {
        // The old name as a qualifier goes along.
        if (index === at || (fold(token.value) === written && tokens[index + 1]?.text === '.')) {
          edits.push({ at: index, text: name });
        }
      }
    }
    return applyEdits(sql, tokens, edits);
  },
};
