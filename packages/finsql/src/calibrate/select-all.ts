import { fold, type Schema } from '../schema/schema.ts';
import { analyse } from '../sql/scopes.ts';
import { aggregates, type SelectList, selectList, topLevel } from '../sql/select-list.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import { askedColumns } from './asked-columns.ts';
import { namesWhole } from './named-columns.ts';
import type { CalibrationContext, Rule } from './rule.ts';

/** `All information technology clients`, 所有信息发展 begin so, too. */
const ALL =
  /\b(?:all (?:the |of the )?(?:information|info|details|data|columns|fields)|every (?:detail|column|field))(?=\s*(?:[.,;:?!]|$)|\s+(?:about|of|on|for|in|from|regarding|concerning)\b)|(?:所有|全部)的?(?:信息|字段|列|数据|资料)(?=\s*(?:[。，；：？！.,;:?!]|$))/i;

/** "All information about hiring" is more than its first column. */
export const selectAll: Rule = {
  name: 'select-all',
  summary: 'Where the question asks for all information of one table, every column is selected.',
  when: 'always',
  apply(sql, { schema, values, question = '' }) {
    if (!ALL.test(withoutStored(question, values))) return sql;
    const tokens = tokenizeSql(sql);
    const list = selectList(tokens);
    if (list === undefined || list.distinct || list.items.some(aggregates)) return sql;
    if (topLevel(tokens, /^(?:group|union|intersect|except)$/) !== undefined) return sql;
    if (list.items.some((item) => item.some(({ text }) => text === '*'))) return sql;
    if (namesEach(question, list.items, tokens, schema)) return sql;
    const [scope] = analyse(tokens, schema).scopes;
    return scope?.tables.length === 1 ? `select * ${sql.slice(tokens[list.from]?.start)}` : sql;
  },
};

/** The question without the stored texts that it spells out and that have such words in them. */
function withoutStored(question: string, values: CalibrationContext['values']): string {
  if (!ALL.test(question)) return question;
  return values
    .find(question)
    .filter(({ similarity }) => similarity === 1)
    .reduce((rest, { value }) => fold(rest).replaceAll(fold(value), '_'), question);
}

/** Whether the question names every column that is listed. */
function namesEach(
  question: string,
  items: SelectList['items'],
  tokens: readonly SqlToken[],
  schema: Schema,
): boolean {
  const asked = askedColumns(tokens, schema);
  return items.every((item) => {
    const last = item.at(-1);
    const found = asked.find(({ at }) => tokens[at] === last);
    const table = found?.reference.table;
    return found && table && namesWhole(question, { table, column: found.column });
  });
}
