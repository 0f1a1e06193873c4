import { identifier } from '../schema/identifiers.ts';
import { findColumn, findTable, fold, type Schema, type Table } from '../schema/schema.ts';
import {
  analyse,
  resolveHandle,
  type Scope,
  type TableReference,
  tablesInReach,
} from '../sql/scopes.ts';
import { BEHIND_FROM } from '../sql/select-list.ts';
import { type SqlToken, tokenizeSql } from '../sql/tokenize.ts';
import { conditionOf } from './join-keys.ts';
import type { CalibrationContext, Rule } from './rule.ts';

export const joinMissingTable: Rule = {
  name: 'join-missing-table',
  summary:
    'A column of a table that the query does not name brings that table in, by the key that links the two.',
  apply(sql, context) {
    const tokens = tokenizeSql(sql);
    const { columns } = analyse(tokens, context.schema);
    for (const { scope, at, qualifier } of columns) {
      const column = tokens[at]?.value ?? '';
      const written = qualifier === undefined ? undefined : fold(tokens[qualifier]?.value ?? '');
      if (isFine(scope, column, written)) continue;
      const last = scope.tables.at(-1);
      if (last?.at === undefined || scope.tables.some(({ opaque }) => opaque)) continue;
      const join = findJoin(context, scope, column, written);
      if (join === undefined) continue;
      // One table at a time: the next run of the rule sees it in the query.
      return insertJoin(sql, tokens, last, join, qualifier ?? at, qualifier === undefined);
    }
    return sql;
  },
};

function isFine(scope: Scope, column: string, written: string | undefined): boolean {
  if (written !== undefined) {
    const owner = resolveHandle(scope, written);
    return (
      owner !== undefined &&
      (owner.opaque || owner.table === undefined || findColumn(owner.table, column) !== undefined)
    );
  }
  return (
    scope.results.has(fold(column)) ||
    tablesInReach(scope).some(
      ({ table, opaque }) =>
        opaque || table === undefined || findColumn(table, column) !== undefined,
    )
  );
}

interface Join {
  readonly table: Table;
  readonly condition: string;
}

function findJoin(
  context: CalibrationContext,
  scope: Scope,
  column: string,
  written: string | undefined,
): Join | undefined {
  const named = written === undefined ? undefined : findTable(context.schema, written);
  const owners = ownersOf(context.schema, column, named);
  for (const owner of owners) {
    for (const { table, handle } of scope.tables) {
      if (table === undefined || fold(table.name) === fold(owner.name)) continue;
      const here = fold(table.name);
      const there = fold(owner.name);
      const condition = conditionOf(context.links, [here, handle], [there, owner.name]);
      if (condition !== undefined) return { table: owner, condition };
    }
  }
  return undefined;
}

function ownersOf(schema: Schema, column: string, named: Table | undefined): Table[] {
  const tables = named === undefined ? schema.tables : [named];
  return tables.filter((table) => findColumn(table, column) !== undefined);
}

/** Puts the join behind the last table of the scope, and the table's name before the column. */
function insertJoin(
  sql: string,
  tokens: readonly SqlToken[],
  last: TableReference,
  join: Join,
  at: number,
  bare: boolean,
): string {
  const name = identifier(join.table.name);
  const column = tokens[at];
  if (column === undefined || last.at === undefined) return sql;
  const end = endOfFrom(tokens, last.at);
  const inserts = [
    { offset: end, text: ` join ${name} on ${join.condition}` },
    bare
      ? { offset: column.start, text: `${name}.`, length: 0 }
      : { offset: column.start, text: name, length: column.text.length },
  ].sort((a, b) => b.offset - a.offset);
  return inserts.reduce(
    (text, { offset, text: added, ...rest }) =>
      text.slice(0, offset) +
      added +
      text.slice(offset + ('length' in rest ? (rest.length ?? 0) : 0)),
    sql,
  );
}

/** Offset behind the FROM clause that holds the token: alias and ON condition included. */
function endOfFrom(tokens: readonly SqlToken[], start: number): number {
  let depth = 0;
  let index = start;
  for (; index + 1 < tokens.length; index++) {
    const next = tokens[index + 1];
    if (next === undefined) break;
    if (next.text === '(') depth++;
    else if (next.text === ')' && depth-- === 0) break;
    else if (depth === 0 && next.kind === 'word' && BEHIND_FROM.test(fold(next.text))) {
      break;
    } else if (depth === 0 && next.text === ';') break;
  }
  const token = tokens[index];
  return token === undefined ? 0 : token.start + token.text.length;
}
