import { hasHan, words } from '../retrieval/words.ts';
import { identifier } from '../schema/identifiers.ts';
import type { Column } from '../schema/schema.ts';
import { applyEdits } from '../sql/edit.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { askedColumns, isNumber } from './asked-columns.ts';
import type { Rule } from './rule.ts';

/**
 * Columns such as 一周回报率 and 本周以来回报率 differ in few signs. English comments say the same in other
 * words and in any order: there the question tells less.
 */
export const fixCommentedColumns: Rule = {
  name: 'fix-commented-columns',
  summary:
    'A number whose Chinese comment the question does not say becomes the only one beside it whose comment it says in full.',
  when: 'always',
  apply(sql, { schema, question = '' }) {
    if (!hasHan(question)) return sql;
    const tokens = tokenizeSql(sql);
    const said = new Set(words(question));
    const isSaid = (column: Column) => words(column.comment).every((pair) => said.has(pair));
    const asked = askedColumns(tokens, schema);
    const used = new Set(asked.map(({ column }) => column));
    const edits = asked.flatMap(({ at, reference, column }) => {
      if (!isNumber(column) || !hasHan(column.comment) || isSaid(column)) return [];
      const own = new Set(words(column.comment));
      const [other, ...more] = (reference.table?.columns ?? []).filter((one) => {
        const pairs = words(one.comment);
        const isOther =
          !used.has(one) && one.kind === column.kind && pairs.length > 1 && isSaid(one);
        return (
          isOther && pairs.some((pair) => own.has(pair)) && pairs.some((pair) => !own.has(pair))
        );
      });
      return other === undefined || more.length > 0 ? [] : [{ at, text: identifier(other.name) }];
    });
    // Of two the question may name both, in an order that is not known.
    return edits.length === 1 ? applyEdits(sql, tokens, edits) : sql;
  },
};
