import { findColumn, fold } from '../schema/schema.ts';
import { applyEdits, type Edit } from '../sql/edit.ts';
import { textLiteral } from '../sql/literal.ts';
import { ownerOfColumn } from '../sql/owner.ts';
import { analyse } from '../sql/scopes.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { CalibrationContext, Rule } from './rule.ts';

export const fixPatterns: Rule = {
  name: 'fix-patterns',
  summary:
    'A pattern after = is asked with like, one without wild cards, or with *, gets %, and its text the stored spelling.',
  when: 'empty',
  apply(sql, context) {
    const tokens = tokenizeSql(sql);
    const edits: Edit[] = [];
    for (const reference of analyse(tokens, context.schema).columns) {
      const owner = ownerOfColumn(tokens, reference);
      const column = owner && findColumn(owner, tokens[reference.at]?.value ?? '');
      if (owner === undefined || column?.kind !== 'text') continue;
      edits.push(...editsFor(tokens, reference.at, owner.name, column.name, context));
    }
    return applyEdits(sql, tokens, edits);
  },
};

function editsFor(
  tokens: readonly SqlToken[],
  at: number,
  table: string,
  column: string,
  { values }: CalibrationContext,
): Edit[] {
  const operator = fold(tokens[at + 1]?.text ?? '');
  const literal = tokens[at + 2];
  if (literal?.kind !== 'string') return [];
  const text = literal.value;
  if (operator === '=' && /^%.+|.+%$/.test(text)) {
    return [
      { at: at + 1, text: 'like' },
      { at: at + 2, text: textLiteral(respelled(text)) },
    ];
  }
  if (operator !== 'like') return [];
  const starred = text.includes('%') ? text : text.replace(/^\*|\*$/g, '%');
  const wild = /[%_]/.test(starred) ? starred : `%${starred}%`;
  const better = respelled(wild);
  return better === text ? [] : [{ at: at + 2, text: textLiteral(better) }];

  /** The stored spelling between the wild cards, where a whole value stands there. */
  function respelled(pattern: string): string {
    const [, before = '', core = '', after = ''] = /^(%*)([^%]*)(%*)$/.exec(pattern) ?? [];
    const stored = core === '' ? undefined : values.spelling(table, column, core);
    return stored === undefined ? pattern : before + stored + after;
  }
}
