import { aggregates, selectList, topLevel } from '../sql/select-list.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { Rule } from './rule.ts';

/** Known lists that tell enough of how a database is asked. */
const ENOUGH = 30;
/** Part of them that say `distinct` where equal rows are left out: most lists have none. */
const HABIT = 0.03;

/**
 * Whether a list that names the same thing twice is meant depends on who asks: BULL's statements keep
 * equal rows, in half of all lists; the demo database's never do. The known statements tell.
 */
export const listOnce: Rule = {
  name: 'list-once',
  summary:
    'A list with equal rows gets distinct, where the known statements of the database use it.',
  when: 'repeated',
  apply(sql, { exemplars, schema }) {
    const tokens = tokenizeSql(sql);
    if (!isList(tokens)) return sql;
    const lists = (exemplars?.of(schema.name) ?? []).flatMap((item) => LIST.exec(item.sql) ?? []);
    const saying = lists.filter((begin) => DISTINCT.test(begin)).length;
    if (lists.length < ENOUGH || saying < HABIT * lists.length) return sql;
    return sql.replace(/^\s*select\b/i, (select) => `${select} distinct`);
  },
};

/** How a statement begins that lists columns; there may be ten thousands to look at. */
const LIST = /^\s*select\s+(?:distinct\s+)?[\w."]+(?:\s*,\s*[\w."]+)*\s+from\b/i;
const DISTINCT = /^\s*select\s+distinct\b/i;

/** Rows as they are stored: nothing counted, grouped, cut off or set against other rows. */
function isList(tokens: readonly SqlToken[]): boolean {
  const list = selectList(tokens);
  if (list === undefined || list.distinct) return false;
  const behind = topLevel(tokens, /^(?:group|limit|union|intersect|except)$/, list.from);
  return behind === undefined && !list.items.some(aggregates);
}
