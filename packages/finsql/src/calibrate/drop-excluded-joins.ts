import { fold } from '../schema/schema.ts';
import { referenceOfColumn } from '../sql/owner.ts';
import { analyse } from '../sql/scopes.ts';
import { BEHIND_FROM, selectList, topLevel } from '../sql/select-list.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import type { Rule } from './rule.ts';

/**
 * "Stadiums without a concert" joined with concerts: no row is left, whatever is stored. Any other join
 * without further use stays: it may be meant as the condition that there is a row.
 */
export const dropExcludedJoins: Rule = {
  name: 'drop-excluded-joins',
  summary:
    'A joined table that nothing is asked of is left out where `not in` excludes all that it holds.',
  when: 'empty',
  apply(sql, context) {
    const tokens = tokenizeSql(sql);
    const { scopes, columns } = analyse(tokens, context.schema);
    const [scope] = scopes;
    if (scope === undefined || scope.tables.some(({ at }) => at === undefined)) return sql;
    const selected = selectList(tokens)?.items ?? [];
    if (selected.some((item) => item.at(-1)?.text === '*')) return sql;
    const joins = joinsOf(tokens);
    // A comma, a natural join or two tables under one name: who means what is not clear.
    if (joins.length !== scope.tables.length - 1) return sql;
    for (const [index, join] of [...joins.entries()].reverse()) {
      const table = scope.tables[index + 1];
      if (table === undefined || isOuter(tokens, join.start)) continue;
      const used = columns.some(
        (column) => !isWithin(column.at, join) && referenceOfColumn(tokens, column) === table,
      );
      if (used || !isExcluded(tokens, fold(table.table?.name ?? ''))) continue;
      const from = tokens[join.start]?.start;
      const behind = tokens[join.end];
      const rest = behind === undefined ? '' : sql.slice(behind.start);
      return dropExcludedJoins.apply(`${sql.slice(0, from).trimEnd()} ${rest}`.trimEnd(), context);
    }
    return sql;
  },
};

interface Join {
  /** Index of its first word, `join` or `inner`. */
  readonly start: number;
  /** Index behind its condition. */
  readonly end: number;
}

const JOIN = /^(?:join|inner|left|right|full|cross|natural)$/;

/** The joins of the outermost SELECT. */
function joinsOf(tokens: readonly SqlToken[]): Join[] {
  const joins: Join[] = [];
  const from = topLevel(tokens, /^from$/) ?? tokens.length;
  const end = topLevel(tokens, BEHIND_FROM, from) ?? tokens.length;
  for (let at = topLevel(tokens, JOIN, from); at !== undefined && at < end; ) {
    const word = topLevel(tokens, /^join$/, at) ?? at;
    const next = topLevel(tokens, JOIN, word + 1);
    joins.push({ start: at, end: Math.min(next ?? end, end) });
    at = next;
  }
  return joins;
}

function isOuter(tokens: readonly SqlToken[], start: number): boolean {
  return !/^(?:join|inner)$/.test(fold(tokens[start]?.text ?? ''));
}

function isWithin(at: number, { start, end }: Join): boolean {
  return at >= start && at < end;
}

/** Whether there is a `not in (select x from table)` without a condition. */
function isExcluded(tokens: readonly SqlToken[], table: string): boolean {
  const words = tokens.map(({ value }) => fold(value)).join(' ');
  const list = /\bnot in \( select (?:distinct )?(?:\S+ \. )?\S+ from (\S+)(?: (?:as )?\S+)? \)/g;
  return [...words.matchAll(list)].some(([, name]) => name === table);
}
