import { nameWords } from '../retrieval/words.ts';
import type { Column, Table } from '../schema/schema.ts';
import { textOf } from '../sql/edit.ts';
import { aggregates, selectList, topLevel } from '../sql/select-list.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { askedColumns, isNumber, soleListedColumn } from './asked-columns.ts';
import type { Rule } from './rule.ts';

/** An average that is asked for; "above average" asks for something else. */
const AVERAGE =
  /\baverage\b|(?:^|\b(?:the|an?|its|their|and|or|overall|arithmetic|list|show|give(?: me)?|find|compute|calculate) )mean\b|平均/i;
/** Averages of another kind than `avg` takes; 移动平均 has a row for each day. */
const OF_ANOTHER_KIND =
  /\b(?:moving|rolling|running|trailing|weighted|geometric|harmonic)(?:[- ]\w+)? (?:average|mean)\b|(?:移动|滚动|滑动|加权|几何|调和)[^，,。]{0,4}平均/i;
const COMPARED =
  /\b(?:above|below|over|under|than|exceed\w*|to|at|as) (?:(?:the|an|its|their) )?(?:overall )?(?:average|mean)\b|[高低多少大小优]于[^，,]*平均|超过[^，,]*平均|不[到及足][^，,]*平均/i;
/** An average for each of them is no one number. */
const OF_EACH = /\b(?:each|every|per)\b|[每各]/i;
const SAID_SO = /^(?:averages?|avg|means?)$|平均/;

/** What takes one row, or a few, or puts two lists together. */
const BEHIND = /^(?:group|order|limit|having|window|union|intersect|except)$/;

/** "The average birth year of its managers" is one number, no list of years. */
export const fixAverages: Rule = {
  name: 'fix-averages',
  summary:
    'A column of numbers that is listed where the question asks for its average is averaged.',
  when: 'always',
  apply(sql, { schema, question = '' }) {
    if (!AVERAGE.test(question) || COMPARED.test(question)) return sql;
    if (OF_ANOTHER_KIND.test(question) || OF_EACH.test(question)) return sql;
    const tokens = tokenizeSql(sql);
    if (aggregates(tokens) || topLevel(tokens, BEHIND) !== undefined) return sql;
    const { distinct, from = 0 } = selectList(tokens) ?? {};
    const listed = soleListedColumn(tokens, schema);
    if (listed === undefined || distinct || !isNumber(listed.column)) return sql;
    // A stored average is listed as it is.
    const says = ({ name, comment }: Pick<Column | Table, 'name' | 'comment'>) =>
      [...nameWords(name), ...nameWords(comment)].some((word) => SAID_SO.test(word));
    const { table } = listed.reference;
    if (table !== undefined && says(table)) return sql;
    if (askedColumns(tokens, schema).some(({ column }) => says(column))) return sql;
    const item = textOf(sql, tokens.slice(1, from));
    return `select avg(${item}) ${sql.slice(tokens[from]?.start)}`;
  },
};
