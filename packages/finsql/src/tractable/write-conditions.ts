/** Conditions as SQL. */
import type { Link } from '../retrieval/context.ts';
import { identifier } from '../schema/identifiers.ts';
import { fold } from '../schema/schema.ts';
import { textLiteral } from '../sql/literal.ts';
import type { ColumnCondition } from './reading.ts';
import { unread } from './unread.ts';
import { type Scope, writeColumn, writeQualified } from './write-columns.ts';

/** @param alias of the column's table; undefined where there is no other */
export function writeCondition(condition: ColumnCondition, alias: string | undefined): string {
  const name = writeQualified(condition.column, alias);
  // Of all rows of its table, quantity × price as well.
  const column = writeQualified(condition.column, undefined);
  const table = identifier(condition.column.table);
  switch (condition.kind) {
    case 'among': {
      const values = condition.values.map(textLiteral).join(', ');
      return `${name} ${condition.not ? 'not in' : 'in'} (${values})`;
    }
    case 'like': {
      const likes = condition.texts.map(
        (text) =>
          `${name} ${condition.not ? 'not like' : 'like'} ${likePattern(text, condition.place)}`,
      );
      return likes.length === 1 ? likes.join('') : `(${likes.join(' or ')})`;
    }
    case 'between':
      return `${name} between ${literal(condition.from)} and ${literal(condition.to)}`;
    case 'within':
      return `${name} >= ${literal(condition.from)} and ${name} < ${literal(condition.before)}`;
    case 'mean': {
      const { sign, per } = condition;
      if (per === undefined) return `${name} ${sign} (select avg(${column}) from ${table})`;
      const same = identifier(per);
      return `${name} ${sign} (select avg(${writeQualified(condition.column, 'own')}) from ${table} as own where own.${same} = ${alias ?? table}.${same})`;
    }
    case 'any':
      return `(${condition.conditions.map((one) => writeCondition(one, alias)).join(' or ')})`;
    case 'peak':
      return `${name} = (select ${condition.call}(${column}) from ${table})`;
    case 'stored':
      return `${name} is ${condition.not ? 'null' : 'not null'}`;
    case 'compare':
      return `${name} ${condition.sign} ${literal(condition.value)}`;
  }
}

/** The signs of patterns stand for themselves. */
function likePattern(text: string, place: 'within' | 'start' | 'end'): string {
  const escaped = text.replaceAll(/[\\%_]/g, String.raw`\$&`);
  const before = place === 'start' ? '' : '%';
  const behind = place === 'end' ? '' : '%';
  const escaping = escaped === text ? '' : String.raw` escape '\'`;
  return textLiteral(`${before}${escaped}${behind}`) + escaping;
}

/**
 * Rows without any of another table that meet the conditions.
 * @throws Unread where none or several keys lead from that table to those that are joined
 */
export function writeAbsence(
  scope: Scope,
  table: string,
  conditions: readonly ColumnCondition[],
): string {
  const [key, ...more] = keysTo(scope, table);
  if (key === undefined) return writeAbsence(scope, throughTable(scope, table, conditions), []);
  if (more.length > 0) unread('not one key to what is absent');
  const own = writeColumn(scope, { table: key.target, column: key.targetColumn });
  const column = identifier(key.column);
  const inner = [
    `${column} is not null`,
    ...conditions.map((one) => writeCondition(one, undefined)),
  ].join(' and ');
  return `${own} not in (select ${column} from ${identifier(table)} where ${inner})`;
}

function keysTo({ links, joined }: Scope, table: string): Link[] {
  return links.filter((link) => link.table === fold(table) && joined.tables.includes(link.target));
}

/**
 * The table that stands between things and what is absent of them, as holdings between portfolios and securities.
 * @throws Unread where there is none, or several, or the absent rows are to meet conditions
 */
function throughTable(scope: Scope, table: string, conditions: readonly ColumnCondition[]): string {
  const [only, ...others] = scope.links
    .filter(({ target }) => target === fold(table))
    .filter((link) => keysTo(scope, link.table).length === 1);
  // Rows that are joined are there.
  const isJoined = only !== undefined && scope.joined.tables.includes(only.table);
  if (only === undefined || isJoined || others.length > 0 || conditions.length > 0) {
    return unread('no key to what is absent');
  }
  return only.table;
}

function literal(value: string | number): string {
  return typeof value === 'number' ? String(value) : textLiteral(value);
}
