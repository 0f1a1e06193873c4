import { keyOf } from '../retrieval/values/units.ts';
import { identifier } from '../schema/identifiers.ts';
import { fold } from '../schema/schema.ts';
import { textOf } from '../sql/edit.ts';
import { topLevel } from '../sql/select-list.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { askedColumns, soleListedColumn } from './asked-columns.ts';
import { textComparisons } from './compared-texts.ts';
import type { Rule } from './rule.ts';

/** A question about what has none of two. */
export const NEITHER = /\bneither\b.*\bnor\b|既(?:没有?|不|未|无).*[也又](?:没有?|不|未|无)/i;

/** Signs and words behind a column that is compared. */
const COMPARED = /^(?:[=<>!]+|like|between|in|not|is)$/;

/** "Neither A nor B" written as what has A and not B: what has A is taken off, too. */
export const neitherNor: Rule = {
  name: 'neither-nor',
  summary:
    'Where the question says "neither … nor", what the first of two set queries finds is excluded like that of the second.',
  when: 'always',
  apply(sql, { schema, question = '' }) {
    if (!NEITHER.test(question)) return sql;
    const tokens = tokenizeSql(sql);
    const word = topLevel(tokens, /^(?:union|intersect|except)$/);
    if (word === undefined || fold(tokens[word]?.text ?? '') !== 'except') return sql;
    if (topLevel(tokens, /^(?:union|intersect|except|order|limit)$/, word + 1) !== undefined) {
      return sql;
    }
    const listed = soleListedColumn(tokens, schema);
    const table = listed?.reference.table;
    const spelled = keyOf(question);
    const texts = textComparisons(tokens, schema).map(({ texts: [at = 0] }) => ({
      isFirst: at < word,
      isSaid: spelled.includes(keyOf(tokens[at]?.value ?? '')),
    }));
    const both = [true, false].every((isFirst) =>
      texts.some((text) => text.isFirst === isFirst && text.isSaid),
    );
    if (listed === undefined || table === undefined || !both) return sql;
    // "Which companies of Shanghai …": all that are listed are no longer all of the table.
    const isPart = askedColumns(tokens, schema).some(
      ({ at, column, reference }) =>
        at < word &&
        reference.table === table &&
        column !== listed.column &&
        COMPARED.test(fold(tokens[at + 1]?.text ?? '')) &&
        // Not the key of a join, `c.id = f.company_id`.
        tokens[at + 3]?.text !== '.',
    );
    if (isPart) return sql;
    const column = identifier(listed.column.name);
    const one = textOf(sql, tokens.slice(0, word));
    const rest = sql.slice(tokens[word]?.start);
    return `select ${column} from ${identifier(table.name)} except ${one} ${rest}`;
  },
};
