import { nameWords, stem, words } from '../retrieval/words.ts';
import { identifier } from '../schema/identifiers.ts';
import type { Column } from '../schema/schema.ts';
import { applyEdits } from '../sql/edit.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { askedColumns, isNumber } from './asked-columns.ts';
import type { Rule } from './rule.ts';

/** Of two columns that differ in a word, as custody_fee and management_fee, the one that is spelled out is meant. */
export const fixSiblingColumns: Rule = {
  name: 'fix-sibling-columns',
  summary:
    'A column whose own word the question lacks becomes the one that differs from it in that word and is spelled out.',
  when: 'always',
  apply(sql, { schema, question = '' }) {
    const tokens = tokenizeSql(sql);
    const said = words(question).map(stem);
    const text = ` ${said.join(' ')} `;
    const asked = askedColumns(tokens, schema);
    const isAsked = (column: Column) => asked.some((one) => one.column === column);
    const edits = asked.flatMap(({ at, column, reference }) => {
      const own = nameWords(column.name).map(stem);
      if (!isNumber(column) || own.length < 2) return [];
      const [sibling, ...more] = (reference.table?.columns ?? []).filter((other) => {
        const parts = nameWords(other.name).map(stem);
        const differing = own.filter((_, i) => own[i] !== parts[i]);
        return (
          other !== column &&
          isNumber(other) &&
          parts.length === own.length &&
          differing.length === 1 &&
          !differing.some((part) => said.includes(part)) &&
          text.includes(` ${parts.join(' ')} `)
        );
      });
      if (sibling === undefined || more.length > 0 || isAsked(sibling)) return [];
      return [{ at, text: identifier(sibling.name) }];
    });
    return edits.length === 0 ? sql : applyEdits(sql, tokens, edits);
  },
};
