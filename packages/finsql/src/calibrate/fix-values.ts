import { applyEdits, type Edit } from '../sql/edit.ts';
import { ownerOfColumn } from '../sql/owner.ts';
import { analyse } from '../sql/scopes.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { comparedTexts } from './compared-texts.ts';
import type { Rule } from './rule.ts';

export const fixValues: Rule = {
  name: 'fix-values',
  summary:
    'A text that the column does not hold becomes the stored one that differs in case, spaces or signs only.',
  when: 'empty',
  apply(sql, { schema, spelling }) {
    const tokens = tokenizeSql(sql);
    const edits: Edit[] = [];
    for (const reference of analyse(tokens, schema).columns) {
      const owner = ownerOfColumn(tokens, reference);
      if (owner === undefined) continue;
      const column = tokens[reference.at]?.value ?? '';
      for (const literal of comparedTexts(tokens, reference.at)) {
        const stored = spelling(owner.name, column, tokens[literal]?.value ?? '');
        if (stored !== undefined) {
          edits.push({ at: literal, text: `'${stored.replaceAll("'", "''")}'` });
        }
      }
    }
    return applyEdits(sql, tokens, edits);
  },
};
