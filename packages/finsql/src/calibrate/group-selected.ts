import { fold } from '../schema/schema.ts';
import { aggregates, selectList, topLevel } from '../sql/select-list.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { Rule } from './rule.ts';

/** Beside a lone max or min, SQLite takes bare columns from the row that has it, which is meant so. */
const FOLDS = /^(?:count|sum|avg|total|group_concat)$/;
const BEHIND = /^(?:having|order|limit|union|intersect|except|window)$/;

export const groupSelected: Rule = {
  name: 'group-selected',
  summary: 'Columns selected beside a count, sum or average, with no GROUP BY, are grouped by.',
  when: 'always',
  apply(sql) {
    const tokens = tokenizeSql(sql);
    const words = tokens.map(({ text }) => fold(text));
    const list = selectList(tokens);
    if (list === undefined) return sql;
    // With a compound, a window or a nested query, too much could be meant.
    if (words.some((word) => /^(?:union|intersect|except|over|group|distinct)$/.test(word)))
      return sql;
    if (words.filter((word) => word === 'select').length > 1) return sql;
    const { items, from } = list;
    const folds = items.some((item) => item.some((_, at) => isFold(item, at)));
    const columns = items.filter((item) => !aggregates(item)).map(columnOf);
    if (!folds || columns.length === 0 || columns.includes(undefined)) return sql;
    const end = tokens[topLevel(tokens, BEHIND, from) ?? tokens.length];
    const by = ` group by ${columns.join(', ')}`;
    if (end === undefined) return sql.trimEnd() + by;
    return `${sql.slice(0, end.start).trimEnd()}${by} ${sql.slice(end.start)}`;
  },
};

function isFold(item: readonly SqlToken[], at: number): boolean {
  const token = item[at];
  return token?.kind === 'word' && FOLDS.test(fold(token.text)) && item[at + 1]?.text === '(';
}

/** A plain column, `name` or `t.name`, without its alias; undefined for anything else. */
function columnOf(item: readonly SqlToken[]): string | undefined {
  const qualified = item[1]?.text === '.';
  const name = item[qualified ? 2 : 0];
  const rest = item.slice(qualified ? 3 : 1);
  const aliased = rest.length === 0 || (rest.length === 2 && fold(rest[0]?.text ?? '') === 'as');
  if (!aliased || (name?.kind !== 'word' && name?.kind !== 'quoted')) return undefined;
  return qualified ? `${item[0]?.text}.${name.text}` : name.text;
}
