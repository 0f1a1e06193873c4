/** Conditions as SQL. */
import type { Link } from '../../retrieval/context.ts';
import { identifier } from '../../schema/identifiers.ts';
import { fold } from '../../schema/schema.ts';
import { literal, textLiteral } from '../../sql/literal.ts';
import type { ColumnCondition, ColumnRef } from '../model/reading.ts';
import { unread } from '../model/unread.ts';
import { type Scope, writeColumn, writeQualified } from './write-columns.ts';

/** @param aliasFor the alias of a table; undefined where there is no other */
export function writeCondition(
  condition: ColumnCondition,
  aliasFor: (table: string) => string | undefined,
): string {
  const alias = aliasFor(condition.column.table);
  const name = writeQualified(condition.column, alias, aliasFor);
  // Of all rows of its table, quantity × price as well.
  const column = () => writeQualified(condition.column, undefined);
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
      const { sign, per, factor, heldTo = [] } = condition;
      if (per === undefined)
        return `${name} ${sign} ${writeMean(condition.column, factor, heldTo)}`;
      const same = identifier(per);
      const rows = [
        `own.${same} = ${alias ?? table}.${same}`,
        ...heldTo.map((one) => writeCondition(one, () => 'own')),
      ].join(' and ');
      return `${name} ${sign} ${writeFactor(factor)}(select avg(${writeQualified(condition.column, 'own')}) from ${table} as own where ${rows})`;
    }
    case 'above': {
      const { sign, by, key } = condition;
      const isAbove = `above.${identifier(key)} = ${alias ?? table}.${identifier(by)}`;
      return `${name} ${sign} (select ${writeQualified(condition.column, 'above')} from ${table} as above where ${isAbove})`;
    }
    case 'any':
      return `(${condition.conditions.map((one) => writeCondition(one, aliasFor)).join(' or ')})`;
    case 'all':
      return condition.conditions.map((one) => writeCondition(one, aliasFor)).join(' and ');
    case 'peak':
      return `${name} = (select ${condition.call}(${column()}) from ${table})`;
    case 'columns': {
      const { sign, other } = condition;
      return `${name} ${sign} ${writeQualified(other, aliasFor(other.table), aliasFor)}`;
    }
    case 'refers': {
      const held = condition.held.map(
        ({ column: of, value }) => `${identifier(of)} = ${textLiteral(value)}`,
      );
      return `${name} in (select ${identifier(condition.key)} from ${table} where ${held.join(' and ')})`;
    }
    case 'stored':
      return `${name} is ${condition.not ? 'null' : 'not null'}`;
    case 'compare':
      return `${name} ${condition.sign} ${literal(condition.value)}`;
  }
}

/** The mean of a column over all rows of its table, or over those that meet conditions on it. */
export function writeMean(
  column: ColumnRef,
  factor: number | undefined,
  heldTo: readonly ColumnCondition[] = [],
): string {
  const of = writeQualified(column, undefined);
  const held = heldTo.map((one) => writeCondition(one, () => undefined));
  const where = held.length === 0 ? '' : ` where ${held.join(' and ')}`;
  return `${writeFactor(factor)}(select avg(${of}) from ${identifier(column.table)}${where})`;
}

function writeFactor(factor: number | undefined): string {
  return factor === undefined ? '' : `${factor} * `;
}

/** The signs of patterns stand for themselves. */
function likePattern(text: string, place: 'within' | 'start' | 'end'): string {
  const escaped = text.replaceAll(/[\\%_]/g, String.raw`\$&`);
  const before = place === 'start' ? '' : '%';
  const behind = place === 'end' ? '' : '%';
  const escaping = escaped === text ? '' : String.raw` escape '\'`;
  return textLiteral(`${before}${escaped}${behind}`) + escaping;
}

/** A table of which there is to be no row, with what those rows would be, and the table of the things without them. */
export interface Absent {
  readonly table: string;
  readonly conditions: readonly ColumnCondition[];
  readonly of?: string | undefined;
}

/**
 * Rows without any of another table that meet the conditions.
 * @throws Unread where none or several keys lead from that table to those that are joined
 */
export function writeAbsence(given: Scope, { table, conditions, of }: Absent): string {
  // The aliases are those of all that is joined.
  const scope = of === undefined ? given : { ...given, owner: fold(of) };
  const [key, ...more] = keysTo(scope, table);
  if (key === undefined) {
    return (
      writeAbsenceThrough(scope, table, conditions) ?? writeAbsenceBetween(scope, table, conditions)
    );
  }
  if (more.length > 0) unread('not one key to what is absent');
  const own = writeColumn(scope, { table: key.target, column: key.targetColumn });
  const column = identifier(key.column);
  const inner = [
    `${column} is not null`,
    ...conditions.map((one) => writeCondition(one, () => undefined)),
  ].join(' and ');
  return `${own} not in (select ${column} from ${identifier(table)} where ${inner})`;
}

/**
 * The same where what is absent belongs to rows that belong to things, over as many keys as it takes: no bills of
 * homes that an owner has. Undefined where there is no such way, or where there are several.
 */
function writeAbsenceThrough(
  scope: Scope,
  table: string,
  conditions: readonly ColumnCondition[],
): string | undefined {
  const way = wayToThings(scope, table, MOST_KEYS);
  const key = way?.at(-1);
  if (way === undefined || key === undefined) return undefined;
  const own = writeColumn(scope, { table: key.target, column: key.targetColumn });
  return `${own} not in (${writeKeysAlong(way, conditions)})`;
}

/** Keys on the way from what is absent to things. */
const MOST_KEYS = 3;

/** The only keys that lead from rows to things that are there; undefined where none do, or several ways. */
function wayToThings(scope: Scope, table: string, most: number): Link[] | undefined {
  if (most === 0) return undefined;
  const ways = scope.links
    .filter((link) => link.table === fold(table) && link.target !== link.table)
    .flatMap((link) => {
      if (isThere(scope, link.target)) return [[link]];
      const rest = wayToThings(scope, link.target, most - 1);
      return rest === undefined ? [] : [[link, ...rest]];
    });
  const [way, ...others] = ways;
  return others.length > 0 ? undefined : way;
}

/** The keys of things that rows lead to: of the last table those whose rows some of the tables before belong to. */
function writeKeysAlong(way: readonly Link[], conditions: readonly ColumnCondition[]): string {
  const before = way.slice(0, -1);
  const [key] = way.slice(-1);
  if (key === undefined) return unread('no key to what is absent');
  const reached = before.at(-1);
  const column = identifier(key.column);
  const held =
    reached === undefined
      ? conditions.map((one) => writeCondition(one, () => undefined))
      : [`${identifier(reached.targetColumn)} in (${writeKeysAlong(before, conditions)})`];
  const where = [`${column} is not null`, ...held].join(' and ');
  return `select ${column} from ${identifier(key.table)} where ${where}`;
}

function keysTo(scope: Scope, table: string): Link[] {
  return scope.links.filter((link) => link.table === fold(table) && isThere(scope, link.target));
}

/** Whether a table is joined, or the one that things are of. */
function isThere({ joined, owner }: Scope, table: string): boolean {
  return owner === undefined ? joined.tables.includes(table) : owner === table;
}

/**
 * The same where a table stands between things and what is absent of them, as holdings between portfolios
 * and securities.
 * @throws Unread where there is none, or several
 */
function writeAbsenceBetween(
  scope: Scope,
  table: string,
  conditions: readonly ColumnCondition[],
): string {
  const [link, ...others] = scope.links
    .filter(({ target }) => target === fold(table))
    .filter((one) => keysTo(scope, one.table).length === 1);
  // Rows that are joined are there.
  const isJoined = link !== undefined && isThere(scope, link.table);
  if (link === undefined || isJoined || others.length > 0)
    return unread('no key to what is absent');
  const [key] = keysTo(scope, link.table);
  if (key === undefined) return unread('no key to what is absent');
  const own = writeColumn(scope, { table: key.target, column: key.targetColumn });
  const column = identifier(key.column);
  const held = conditions.map((one) => writeCondition(one, () => undefined));
  const within = `select ${identifier(link.targetColumn)} from ${identifier(table)} where ${held.join(' and ')}`;
  const inner = [
    `${column} is not null`,
    ...(held.length === 0 ? [] : [`${identifier(link.column)} in (${within})`]),
  ];
  return `${own} not in (select ${column} from ${identifier(link.table)} where ${inner.join(' and ')})`;
}
