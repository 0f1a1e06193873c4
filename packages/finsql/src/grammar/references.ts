/** Which columns and qualifiers may be written where, and how FROM keeps what a select list promised. */
import { anyOf, type NameSet, NO_NAMES, nameSet } from './name-set.ts';
import {
  commonColumns,
  type Environment,
  inScope,
  reachOf,
  type Scope,
  type Source,
  unambiguous,
} from './scope.ts';

/** Columns that may stand alone. */
export function bareColumns({ scope, schema }: Environment): NameSet {
  if (scope.clause === 'select') return anyOf([schema.columns, commonColumns(scope)]);
  const named = ['group', 'having', 'order'].includes(scope.clause)
    ? nameSet(scope.results.aliases)
    : NO_NAMES;
  const reach = [...reachOf(scope)].map(({ sources }) => unambiguous(sources));
  return anyOf([...reach, named]);
}

export function takeBareColumn(environment: Environment, column: string): Environment {
  const { scope } = environment;
  const noted = noteColumn(environment, column);
  if (scope.clause !== 'select' || scope.bare.includes(column)) return noted;
  return inScope(noted, { bare: [...scope.bare, column] });
}

/** Tables and aliases that may stand before a dot. */
export function qualifiers({ scope, schema }: Environment): NameSet {
  const handles = [...reachOf(scope)].flatMap((at) => [
    ...at.sources.map(({ handle }) => handle),
    ...(at.clause === 'select' ? at.qualified.keys() : []),
  ]);
  const open = firstOpen(scope) !== undefined;
  return anyOf([nameSet(handles), ...(open ? [schema.tables, nameSet(scope.tables.keys())] : [])]);
}

export function takeQualifier(environment: Environment, qualifier: string): Environment {
  return { ...environment, qualifier };
}

/** Goes on only where a FROM clause is still to come. */
export function beforeFrom(environment: Environment): Environment | null {
  return firstOpen(environment.scope) === undefined ? null : environment;
}

/** An alias that FROM has yet to give. */
export function promiseAlias(environment: Environment, qualifier: string): Environment | null {
  return qualifiers(environment).has(qualifier, true) ? null : { ...environment, qualifier };
}

/** Columns that may stand after the qualifier and a dot. */
export function qualifiedColumns(environment: Environment): NameSet {
  const { scope, qualifier } = environment;
  const known = sourceOf(scope, qualifier)?.columns;
  const open = firstOpen(scope);
  if (open === undefined || (known && open !== scope)) return known ?? NO_NAMES;
  return anyOf([promisable(environment, open), known ?? NO_NAMES]);
}

export function takeQualifiedColumn(environment: Environment, column: string): Environment {
  const noted = noteColumn(environment, column);
  const { scope, qualifier } = noted;
  const open = firstOpen(scope);
  if (open === undefined || (open !== scope && sourceOf(scope, qualifier))) return noted;
  return { ...noted, scope: promise(scope, open, qualifier, column) };
}

/** `t.*` */
export function takeQualifiedStar(environment: Environment): Environment {
  const { scope, qualifier } = environment;
  const promised = new Map(scope.qualified);
  promised.set(qualifier, promised.get(qualifier) ?? []);
  return inScope(environment, { qualified: promised });
}

/**
 * Tables that may come next in FROM. The first is free; those after it must hold one of the columns
 * promised without a table, as long as some are open: else a clause that began badly never ends.
 * @param alone whether nothing can merge a promised column that a table before it has, too
 */
export function nextTables({ schema, scope }: Environment, alone: boolean): NameSet {
  const all = anyOf([nameSet(scope.tables.keys()), schema.tables]);
  const { sources, bare } = scope;
  if (sources.length === 0 || bare.length === 0) return all;
  const kept = bare.filter((name) => sources.some(({ columns }) => columns.has(name, true)));
  const open = bare.filter((name) => !kept.includes(name));
  return nameSet(
    all.names.filter((table) => {
      const columns = scope.tables.get(table) ?? schema.columnsOf(table) ?? NO_NAMES;
      const helps = open.length === 0 || open.some((name) => columns.has(name, true));
      return helps && !(alone && kept.some((name) => columns.has(name, true)));
    }),
  );
}

/** Adds a table to the FROM clause; null where its name is taken or promises speak against it. */
export function addSource(
  environment: Environment,
  handle: string,
  natural: boolean,
): Environment | null {
  const { scope, table } = environment;
  const { columns } = table;
  if (handle !== '' && scope.sources.some((source) => source.handle === handle)) return null;
  if (!hasAll(columns, scope.qualified.get(handle) ?? [])) return null;
  const merged = natural ? shared(columns, scope.sources) : NO_NAMES;
  return inScope(environment, { sources: [...scope.sources, { handle, columns, merged }] });
}

/** Goes on only where each column promised without a table has one table at most. */
export function unequivocal(environment: Environment): Environment | null {
  const { bare, sources } = environment.scope;
  const owners = (name: string) =>
    sources.filter(({ columns, merged }) => columns.has(name, true) && !merged.has(name, true));
  return bare.every((name) => owners(name).length <= 1) ? environment : null;
}

/** Columns that the last table shares with those before it. */
export function joinableColumns({ scope }: Environment): NameSet {
  const last = scope.sources.at(-1);
  return last ? shared(last.columns, scope.sources.slice(0, -1)) : NO_NAMES;
}

/** Merges a column of the last table with those before it. */
export function mergeColumn(environment: Environment, column: string): Environment | null {
  const { sources } = environment.scope;
  const last = sources.at(-1);
  if (last === undefined) return null;
  const merged = nameSet([...last.merged.names, column]);
  return inScope(environment, { sources: [...sources.slice(0, -1), { ...last, merged }] });
}

/** Ends the FROM clause, or goes on without one; null where a promise is not kept. */
export function keepPromises(environment: Environment): Environment | null {
  const { scope } = environment;
  if (scope.results.star && scope.sources.length === 0) return null;
  if (!hasAll(unambiguous(scope.sources), scope.bare)) return null;
  let next: Scope = { ...scope, clause: 'where', bare: [], qualified: new Map() };
  for (const [qualifier, columns] of scope.qualified) {
    if (scope.sources.some(({ handle }) => handle === qualifier)) continue;
    const outer = scope.parent && sourceOf(scope.parent, qualifier);
    if (outer) {
      if (hasAll(outer.columns, columns)) continue;
      return null;
    }
    const open = firstOpen(next);
    if (open === undefined || columns.length === 0) return null;
    for (const column of columns) {
      const target = firstOpen(next) as Scope;
      if (!promisable({ ...environment, qualifier }, target).has(column, true)) return null;
      next = promise(next, target, qualifier, column);
    }
  }
  return { ...environment, scope: next };
}

/** Columns that may be promised of the qualifier in an open scope. */
function promisable({ schema, qualifier, scope }: Environment, open: Scope): NameSet {
  const table = scope.tables.get(qualifier) ?? schema.columnsOf(qualifier);
  if (table) return table;
  const promised = open.qualified.get(qualifier) ?? [];
  const common = [...open.tables.values()].filter((columns) => hasAll(columns, promised));
  return anyOf([schema.besides(promised), ...common]);
}

/** The scope with a promise added to the one that is open. */
function promise(scope: Scope, open: Scope, qualifier: string, column: string): Scope {
  if (scope !== open) {
    const parent = scope.parent && promise(scope.parent, open, qualifier, column);
    return { ...scope, parent, outside: parent };
  }
  const columns = scope.qualified.get(qualifier) ?? [];
  if (columns.includes(column)) return scope;
  return { ...scope, qualified: new Map(scope.qualified).set(qualifier, [...columns, column]) };
}

/** The innermost scope whose FROM clause is still to come. */
function firstOpen(scope: Scope): Scope | undefined {
  for (const at of reachOf(scope)) if (at.clause === 'select') return at;
  return undefined;
}

function sourceOf(scope: Scope, handle: string): Source | undefined {
  for (const { sources } of reachOf(scope)) {
    const found = sources.find((source) => source.handle === handle);
    if (found) return found;
  }
  return undefined;
}

function hasAll(columns: NameSet, wanted: readonly string[]): boolean {
  return wanted.every((column) => columns.has(column, true));
}

function shared(columns: NameSet, sources: readonly Source[]): NameSet {
  const before = anyOf(sources.map((source) => source.columns));
  return nameSet(columns.names.filter((name) => before.has(name, true)));
}

/** A result that is this column and nothing else is named after it. */
function noteColumn(environment: Environment, column: string): Environment {
  const { results } = environment.scope;
  if (results.current !== 'nothing') return environment;
  return inScope(environment, { results: { ...results, current: { column } } });
}
