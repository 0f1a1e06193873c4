import { identifier } from '../schema/identifiers.ts';
import { type Column, findColumn, fold, type Table } from '../schema/schema.ts';
import { analyse, type Scope, type TableReference } from '../sql/scopes.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import { conditionOf, neighboursOf } from './join-keys.ts';
import type { CalibrationContext, Rule } from './rule.ts';

export const fixJoinKeys: Rule = {
  name: 'fix-join-keys',
  summary:
    'A join without a condition, or whose condition compares a column with itself or the identifiers of two kinds of things, gets the key that links its table with one before, or the table between the two.',
  when: 'always',
  apply(sql, context) {
    const tokens = tokenizeSql(sql);
    for (const scope of analyse(tokens, context.schema).scopes) {
      for (const [index, reference] of scope.tables.entries()) {
        const before = scope.tables.slice(0, index);
        const fixed = fixJoin(sql, tokens, reference, before, context);
        // One at a time: the next run of the rule sees it in the statement.
        if (fixed !== undefined && fixed !== sql) return fixJoinKeys.apply(fixed, context);
      }
    }
    return sql;
  },
};

function fixJoin(
  sql: string,
  tokens: readonly SqlToken[],
  reference: TableReference,
  before: Scope['tables'],
  context: CalibrationContext,
): string | undefined {
  const { at } = reference;
  if (at === undefined || before.length === 0 || reference.table === undefined) return undefined;
  if (fold(tokens[at - 1]?.text ?? '') !== 'join') return undefined;
  if (/^(?:cross|natural)$/.test(fold(tokens[at - 2]?.text ?? ''))) return undefined;
  const last = endOfName(tokens, at, reference.handle);
  const end = (tokens[last]?.start ?? 0) + (tokens[last]?.text.length ?? 0);
  const next = fold(tokens[last + 1]?.text ?? '');
  if (next === 'using') return undefined;
  if (next !== 'on') {
    const condition = conditionFor(reference, before, context);
    // The joins behind it may hold its condition.
    if (condition === undefined || joinedLater(tokens, last)) return undefined;
    return `${sql.slice(0, end)} on ${condition}${sql.slice(end)}`;
  }
  const [left, dot, name, sign, right, dot2, name2, behind] = tokens.slice(last + 2, last + 10);
  if (left === undefined || name === undefined || right === undefined || name2 === undefined) {
    return undefined;
  }
  if (dot?.text !== '.' || dot2?.text !== '.' || sign?.text !== '=') return undefined;
  if (behind?.text === '.') return undefined;
  const tables = [...before, reference];
  const sides = [
    ownerOf(left.value, name.value, tables),
    ownerOf(right.value, name2.value, tables),
  ];
  const itself = fold(left.value) === fold(right.value) && fold(name.value) === fold(name2.value);
  if (!itself && !areOtherKeys(sides, context)) return undefined;
  const behindIt = sql.slice(name2.start + name2.text.length);
  const condition = conditionFor(reference, before, context);
  if (condition !== undefined) return sql.slice(0, left.start) + condition + behindIt;
  const over = conditionsOver(reference, before, context);
  const join = startOfInnerJoin(tokens, at);
  if (over === undefined || join === undefined) return undefined;
  const [between, own] = over;
  return `${sql.slice(0, join)}${between} ${sql.slice(join, left.start)}${own}${behindIt}`;
}

interface Side {
  readonly table: Table;
  readonly column: Column;
}

function ownerOf(handle: string, name: string, tables: Scope['tables']): Side | undefined {
  const table = tables.find((one) => one.handle === fold(handle))?.table;
  const column = table && findColumn(table, name);
  return table && column && { table, column };
}

/** Whether both are the primary key of a table, and no key links the two: numbers that only look alike. */
function areOtherKeys(
  [left, right]: readonly (Side | undefined)[],
  { links }: CalibrationContext,
): boolean {
  if (left === undefined || right === undefined) return false;
  const [a, b] = [fold(left.table.name), fold(right.table.name)];
  // One that refers to another table's key may well stand for the same thing.
  const refers = [left, right].some(({ table, column }) =>
    links.some((link) => link.table === fold(table.name) && link.column === fold(column.name)),
  );
  return a !== b && !refers && isKeyOf(left) && isKeyOf(right) && !neighboursOf(links, a).has(b);
}

function isKeyOf({ table, column }: Side): boolean {
  return column.primaryKey && table.columns.filter(({ primaryKey }) => primaryKey).length === 1;
}

/** Offset of a join's words; undefined for an outer one, which keeps rows that one before it would drop. */
function startOfInnerJoin(tokens: readonly SqlToken[], at: number): number | undefined {
  const kind = fold(tokens[at - 2]?.text ?? '');
  if (/^(?:left|outer|right|full)$/.test(kind)) return undefined;
  return tokens[kind === 'inner' ? at - 2 : at - 1]?.start;
}

/** Index of the last token of the table with its alias. */
function endOfName(tokens: readonly SqlToken[], at: number, handle: string): number {
  const as = fold(tokens[at + 1]?.text ?? '') === 'as';
  const alias = as ? at + 2 : at + 1;
  return fold(tokens[alias]?.value ?? '') === handle ? alias : at;
}

/** `a join b join c on …`: one condition for both. */
function joinedLater(tokens: readonly SqlToken[], last: number): boolean {
  return /^(?:join|inner|left)$/.test(fold(tokens[last + 1]?.text ?? ''));
}

/** The key that links a table with one of those before, the nearest first. */
function conditionFor(
  reference: TableReference,
  before: Scope['tables'],
  { links }: CalibrationContext,
): string | undefined {
  const own = fold(reference.table?.name ?? '');
  for (const other of [...before].reverse()) {
    const theirs = fold(other.table?.name ?? '');
    // Two tables under one name: a condition would still compare the name with itself.
    if (own === theirs || other.handle === reference.handle) continue;
    const condition = conditionOf(links, [theirs, other.handle], [own, reference.handle]);
    if (condition !== undefined) return condition;
  }
  return undefined;
}

/**
 * Over the only table that has keys to both, `singer_in_concert` between singers and concerts: its join,
 * and the condition of the join behind it.
 */
function conditionsOver(
  reference: TableReference,
  before: Scope['tables'],
  { links }: CalibrationContext,
): readonly [string, string] | undefined {
  const own = fold(reference.table?.name ?? '');
  const beside = neighboursOf(links, own);
  const names = [reference, ...before].flatMap(({ handle, table }) => [
    handle,
    fold(table?.name ?? ''),
  ]);
  for (const other of [...before].reverse()) {
    const theirs = fold(other.table?.name ?? '');
    const [table, ...more] = [...neighboursOf(links, theirs)].filter((name) => beside.has(name));
    if (table === undefined || more.length > 0 || names.includes(table)) continue;
    const to = conditionOf(links, [theirs, other.handle], [table, table]);
    const from = conditionOf(links, [table, table], [own, reference.handle]);
    if (to !== undefined && from !== undefined) {
      return [`join ${identifier(table)} on ${to}`, from];
    }
  }
  return undefined;
}
