import { nameWords, stem, words } from '../retrieval/words.ts';
import { identifier } from '../schema/identifiers.ts';
import type { Column } from '../schema/schema.ts';
import { applyEdits } from '../sql/edit.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { askedColumns, isCompared, isNumber } from './asked-columns.ts';
import type { Rule } from './rule.ts';

/** What is named to tell it from what is asked for. */
const DENIED =
  /\b(?:not|no|without|except|besides?|instead of|rather than)(?: (?:the|an?|its|their))?$/;
/** What those have that are asked for: `cheap for one with a fee`. */
const OWNED = /\b(?:with|has|have|having) an?$/;

/** Of two columns that differ in a word, as custody_fee and management_fee, the one that is spelled out is meant. */
export const fixSiblingColumns: Rule = {
  name: 'fix-sibling-columns',
  summary:
    'A column whose own word the question lacks becomes the one that differs from it in that word and is spelled out.',
  when: 'always',
  apply(sql, { schema, question = '' }) {
    const tokens = tokenizeSql(sql);
    const said = words(question).map(stem);
    const asked = askedColumns(tokens, schema);
    const isAsked = (column: Column) => asked.some((one) => one.column === column);
    const isCondition = (column: Column) =>
      asked.some((one) => one.column === column && isCompared(tokens, one.at));
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
          wordsBefore(question, parts) !== undefined
        );
      });
      if (sibling === undefined || more.length > 0 || isAsked(sibling)) return [];
      const before = wordsBefore(question, nameWords(sibling.name).map(stem)) ?? '';
      if (DENIED.test(before) || (OWNED.test(before) && !isCondition(column))) return [];
      return [{ at, text: identifier(sibling.name) }];
    });
    return edits.length === 0 ? sql : applyEdits(sql, tokens, edits);
  },
};

/** The words of a question before a name that it spells out, its words in their order; undefined where it does not. */
function wordsBefore(question: string, parts: readonly string[]): string | undefined {
  const all = words(question);
  const at = all.findIndex((_, i) => parts.every((part, j) => part === stem(all[i + j] ?? '')));
  return at < 0 ? undefined : all.slice(0, at).join(' ');
}
