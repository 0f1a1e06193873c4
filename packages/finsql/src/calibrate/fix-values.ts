import { applyEdits, type Edit } from '../sql/edit.ts';
import { textLiteral } from '../sql/literal.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { textComparisons } from './compared-texts.ts';
import type { Rule } from './rule.ts';

export const fixValues: Rule = {
  name: 'fix-values',
  summary:
    'A text that the column does not hold becomes the stored one that differs in case, spaces or signs only.',
  when: 'empty',
  apply(sql, { schema, values }) {
    const tokens = tokenizeSql(sql);
    const edits = textComparisons(tokens, schema).flatMap(({ owner, column, texts }) =>
      texts.flatMap((at): Edit[] => {
        const stored = values.spelling(owner.name, column, tokens[at]?.value ?? '');
        return stored === undefined ? [] : [{ at, text: textLiteral(stored) }];
      }),
    );
    return applyEdits(sql, tokens, edits);
  },
};
