import { nameWords, stem, stems } from '../retrieval/words.ts';
import { identifier } from '../schema/identifiers.ts';
import type { Column, Table } from '../schema/schema.ts';
import { applyEdits } from '../sql/edit.ts';
import { soleOrder } from '../sql/select-list.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { askedColumns, isNumber } from './asked-columns.ts';
import { holdsYears } from './plain-years.ts';
import type { Rule } from './rule.ts';
import { saidFirst } from './said-first.ts';

/** "In the order of the quarters", "sorted by name": what rows are ordered by, in the question's words. */
const ORDER =
  /\b(?:in (?:the )?order of|(?:ordered|sorted|sort|order|ranked) by)(?: the| their| its)? ([\p{L} ]+?)(?= (?:and|of|in|from|for|with|starting)\b|[.,;?!]|$)/iu;

/** What customers do, too. */
const ORDERED = /\bordered by\b/i;

/** Rows are ordered by the column that the question names. */
export const orderAsSaid: Rule = {
  name: 'order-as-said',
  summary:
    'Rows are ordered by the one column of the same table that the question says in so many words.',
  when: 'always',
  apply(sql, { schema, question = '' }) {
    const said = ORDER.exec(question)?.[1];
    if (said === undefined) return sql;
    const tokens = tokenizeSql(sql);
    const term = soleOrder(tokens);
    if (term === undefined || term.some(({ text }) => text === '(')) return sql;
    const begin = tokens.length - term.length;
    const asked = askedColumns(tokens, schema).find(({ at }) => at >= begin);
    const table = asked?.reference.table;
    if (asked === undefined || table === undefined) return sql;
    const [only, ...others] = namedBy(said, table);
    if (only === undefined || others.length > 0 || only === asked.column) return sql;
    if (namesAny(said, asked.column)) return sql;
    if (isOtherOrder(question, only) || tellsWho(question, only, table)) return sql;
    return applyEdits(sql, tokens, [{ at: asked.at, text: identifier(only.name) }]);
  },
};

/** `Ordered by customers, the latest first`: whether the rows begin with what is said of no such column. */
function isOtherOrder(question: string, column: Column): boolean {
  const first = saidFirst(question);
  if (first === undefined) return false;
  return first === 'size' ? !isNumber(column) : column.kind !== 'date' && !holdsYears(column);
}

/** `Items ordered by customers`: whether who ordered them, of which the table tells, is meant. */
function tellsWho(question: string, column: Column, { name, columns }: Table): boolean {
  if (column.kind !== 'text' || !ORDERED.test(question)) return false;
  return [name, ...columns.map((one) => one.name)].some((one) => nameWords(one).some(isOrder));
}

function isOrder(word: string): boolean {
  return stem(word) === 'order';
}

/** Columns whose whole name the words are. */
function namedBy(said: string, { columns }: Table): Column[] {
  const key = stems(said).join(' ');
  return columns.filter(({ name }) => nameWords(name).map(stem).join(' ') === key);
}

/** Whether the words have anything to do with the name of the column. */
function namesAny(said: string, { name }: Column): boolean {
  const own = new Set(nameWords(name).map(stem));
  return stems(said).some((word) => own.has(word));
}
