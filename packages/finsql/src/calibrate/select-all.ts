import { analyse } from '../sql/scopes.ts';
import { aggregates, selectList, topLevel } from '../sql/select-list.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import type { Rule } from './rule.ts';

const ALL =
  /\b(?:all (?:the |of the )?(?:information|info|details|data|columns|fields)|every (?:detail|column|field))\b|(?:所有|全部)(?:的)?(?:信息|字段|列|数据|资料)/i;

/** "All information about hiring" is more than its first column. */
export const selectAll: Rule = {
  name: 'select-all',
  summary: 'Where the question asks for all information of one table, every column is selected.',
  when: 'always',
  apply(sql, { schema, question = '' }) {
    if (!ALL.test(question)) return sql;
    const tokens = tokenizeSql(sql);
    const list = selectList(tokens);
    if (list === undefined || list.distinct || list.items.some(aggregates)) return sql;
    if (topLevel(tokens, /^(?:group|union|intersect|except)$/) !== undefined) return sql;
    if (list.items.some((item) => item.some(({ text }) => text === '*'))) return sql;
    const [scope] = analyse(tokens, schema).scopes;
    return scope?.tables.length === 1 ? `select * ${sql.slice(tokens[list.from]?.start)}` : sql;
  },
};
