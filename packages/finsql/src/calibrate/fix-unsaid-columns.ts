import type { Link } from '../retrieval/context.ts';
import { isFamiliar } from '../retrieval/familiar.ts';
import { nameWords, stem, words } from '../retrieval/words.ts';
import { identifier } from '../schema/identifiers.ts';
import { type Column, fold, type Table } from '../schema/schema.ts';
import { applyEdits } from '../sql/edit.ts';
import { selectList } from '../sql/select-list.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { type AskedColumn, askedColumns, isCompared, isNumber } from './asked-columns.ts';
import { columnStems } from './column-stems.ts';
import type { Rule } from './rule.ts';
import { tellsRows } from './tells-rows.ts';

/** What is to be done with the rows is no name of a column: `Rank the staff by pay`, `how they rank in sales`. */
const DONE_WITH_ROWS =
  /(?<=^\W*(?:(?:please|now|and|then|can you|could you) )*)(?:rank|grade|order|score|count|number|list|sort|group|total|name|state|rate|place)\b|\b(?:rank|grade|order|score|sort|group|count|rate|place)(?:s|ed|ing)?(?= (?:by|in|the|all|each|every|them|according)\b)/gi;

/** Words for a price or an amount, and the columns that they may ask for. */
const PAID =
  /\b(?:expensive|cheap(?:er|est)?|dear(?:er|est)?|costs?|costly|lent|paid|pays?|spent|money|worth)\b/i;
const PAID_COLUMN =
  /^(?:price|cost|fee|charge|rate|amt|amount|sum|total|value|balance|principal)s?$/;

/** A model that has seen no such table before asks for the column that stands first in the prompt. */
export const fixUnsaidColumns: Rule = {
  name: 'fix-unsaid-columns',
  summary:
    'A column that the question has no word of becomes the one that it names in full and that is asked for nowhere.',
  when: 'always',
  apply(sql, { schema, links, exemplars, question = '' }) {
    const tokens = tokenizeSql(sql);
    const said = new Set(words(question).map(stem));
    // Known questions tell what columns are called; a name alone would know less.
    if (said.size === 0 || isFamiliar({ schema, exemplars })) return sql;
    const asked = askedColumns(tokens, schema);
    const unsaid = asked.filter(({ at, column, reference }) => {
      const isKept = isKey(reference.table, column, links) || isCompared(tokens, at);
      const isSaid = columnStems(column).some((part) => said.has(part));
      return isNumber(column) && !isKept && !isSaid && !isPaid(question, column);
    });
    const [first] = unsaid;
    const isFirst = ({ column, reference }: AskedColumn) =>
      column === first?.column && reference === first.reference;
    if (first === undefined || !unsaid.every(isFirst)) return sql;
    const { table } = first.reference;
    const names = new Set(words(question.replaceAll(DONE_WITH_ROWS, ' ')).map(stem));
    const used = new Set(asked.flatMap(({ column }) => nameWords(column.name).map(stem)));
    const [other, ...more] = (table?.columns ?? []).filter((column) => {
      const stems = nameWords(column.name).map(stem);
      const isNamed =
        stems.every((part) => names.has(part)) && stems.some((part) => !used.has(part));
      return isNamed && isNumber(column) && !isKey(table, column, links);
    });
    if (other === undefined || more.length > 0) return sql;
    // What rows are ordered by may be `of the largest size`.
    const isListed = unsaid.every(({ at }) => at < (selectList(tokens)?.from ?? 0));
    if (isListed && tellsRows(question, nameWords(other.name).map(stem))) return sql;
    const text = identifier(other.name);
    return applyEdits(
      sql,
      tokens,
      unsaid.map(({ at }) => ({ at, text })),
    );
  },
};

/** Whether a column of prices or amounts is asked for in a word for them. */
function isPaid(question: string, { name }: Column): boolean {
  return PAID.test(question) && nameWords(name).some((word) => PAID_COLUMN.test(word));
}

function isKey(
  table: Table | undefined,
  { name, primaryKey }: Column,
  links: readonly Link[],
): boolean {
  const [here, key] = [fold(table?.name ?? ''), fold(name)];
  const ends = links.flatMap((link) => [
    [link.table, fold(link.column)],
    [link.target, fold(link.targetColumn)],
  ]);
  return primaryKey || ends.some(([one, column]) => one === here && column === key);
}
