import { findColumn, fold } from '../schema/schema.ts';
import { applyEdits, type Edit } from '../sql/edit.ts';
import { analyse, resolveHandle, tablesInReach } from '../sql/scopes.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { Rule } from './rule.ts';

export const fixValues: Rule = {
  name: 'fix-values',
  summary:
    'A text that the column does not hold becomes the stored one that differs in case, spaces or signs only.',
  apply(sql, { schema, spelling }) {
    const tokens = tokenizeSql(sql);
    const edits: Edit[] = [];
    for (const { scope, at, qualifier } of analyse(tokens, schema).columns) {
      const column = tokens[at]?.value ?? '';
      const owners =
        qualifier === undefined
          ? tablesInReach(scope)
          : [resolveHandle(scope, fold(tokens[qualifier]?.value ?? ''))];
      const owner = owners.find(
        (reference) =>
          reference?.table !== undefined && findColumn(reference.table, column) !== undefined,
      );
      if (owner?.table === undefined) continue;
      for (const literal of comparedTexts(tokens, at)) {
        const stored = spelling(owner.table.name, column, tokens[literal]?.value ?? '');
        if (stored !== undefined) {
          edits.push({ at: literal, text: `'${stored.replaceAll("'", "''")}'` });
        }
      }
    }
    return applyEdits(sql, tokens, edits);
  },
};

/** Indices of the texts in `column = 'x'`, `column != 'x'`, `column in ('x', 'y')`. */
function comparedTexts(tokens: readonly SqlToken[], column: number): number[] {
  const operator = fold(tokens[column + 1]?.text ?? '');
  if (['=', '==', '!=', '<>'].includes(operator) && tokens[column + 2]?.kind === 'string') {
    return [column + 2];
  }
  const list = operator === 'not' ? column + 2 : column + 1;
  if (fold(tokens[list]?.text ?? '') !== 'in' || tokens[list + 1]?.text !== '(') return [];
  const found: number[] = [];
  for (let at = list + 2; tokens[at]?.kind === 'string'; at += 2) {
    found.push(at);
    if (tokens[at + 1]?.text !== ',') break;
  }
  return found;
}
