import { identifier } from '../schema/identifiers.ts';
import { type Column, fold, type Table } from '../schema/schema.ts';
import { applyEdits } from '../sql/edit.ts';
import { topLevel } from '../sql/select-list.ts';
import { tokenizeSql } from '../sql/tokenize.ts';
import { soleListedColumn } from './asked-columns.ts';
import type { Rule } from './rule.ts';

/** What a question for keys says. */
const ASKS_FOR_KEY =
  /\b(?:ids?|identifiers?|codes?|keys?|numbers?|no\.)\b|_id\b|编号|代码|标识|主键/i;

/** Who asks for stadiums does not mean their keys. */
export const nameNotKey: Rule = {
  name: 'name-not-key',
  summary:
    'A key that stands alone in the select list becomes the name of what it stands for, where the question asks for no key.',
  when: 'always',
  apply(sql, { schema, question = '' }) {
    if (question === '' || ASKS_FOR_KEY.test(question)) return sql;
    const tokens = tokenizeSql(sql);
    // In a set operation the other query lists keys, too.
    if (topLevel(tokens, /^(?:union|intersect|except|group)$/) !== undefined) return sql;
    const { at = 0, column: key, reference } = soleListedColumn(tokens, schema) ?? {};
    const table = reference?.table;
    if (table === undefined || key === undefined || !isKey(table, key)) return sql;
    const name = nameOf(table, key);
    return name === undefined
      ? sql
      : applyEdits(sql, tokens, [{ at, text: identifier(name.name) }]);
  },
};

/** An `id` that tells rows apart by itself; a code is also what things are called. */
function isKey({ columns }: Table, key: Column): boolean {
  return /id$/i.test(key.name) && columns.every((one) => one.primaryKey === (one === key));
}

/** `name`, `stadium_name` or `stadium` of a table `stadium`. */
function nameOf({ name, columns }: Table, key: Column): Column | undefined {
  const thing = fold(name);
  const names = ['name', `${thing}_name`, `${thing}name`, thing, thing.replace(/s$/, '_name')];
  return columns.find((column) => column !== key && names.includes(fold(column.name)));
}
