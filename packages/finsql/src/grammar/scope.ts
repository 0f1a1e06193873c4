/**
 * What a statement has said so far, as far as names depend on it. Each SELECT has a scope; a select
 * list is written before its FROM clause, so its columns are promises that the clause has to keep.
 * All of it is immutable: threads of the grammar share it.
 */
import type { SqlFunction } from './functions.ts';
import { anyOf, type NameSet, NO_NAMES, nameSet } from './name-set.ts';
import type { SchemaNames } from './schema-names.ts';

/** A table of a FROM clause. */
export interface Source {
  /** The name by which columns refer to it. */
  readonly handle: string;
  readonly columns: NameSet;
  /** Columns that USING or NATURAL merged with those of a source before it. */
  readonly merged: NameSet;
}

export type Clause = 'select' | 'from' | 'where' | 'group' | 'having' | 'order';

export interface Scope {
  /** Whose columns may be used here, too; null: nobody's. */
  readonly parent: Scope | null;
  /** The scope that goes on when this one ends, and the calls open there. */
  readonly outside: Scope | null;
  readonly callsOutside: Call | null;
  /** Common tables in reach. */
  readonly tables: ReadonlyMap<string, NameSet>;
  readonly clause: Clause;
  readonly sources: readonly Source[];
  /** Columns promised without a table. */
  readonly bare: readonly string[];
  /** Columns promised of tables or aliases. */
  readonly qualified: ReadonlyMap<string, readonly string[]>;
  readonly results: Results;
  /** Result columns that it must have; null: any number. */
  readonly width: number | null;
  /** The results of the first SELECT of a compound, once another one follows. */
  readonly first: Results | null;
  /** A common table that is being defined. */
  readonly defining: { readonly name: string; readonly columns: readonly string[] } | null;
}

export interface Results {
  readonly count: number;
  /** `*` or `t.*` is among them, so their number is open. */
  readonly star: boolean;
  readonly names: readonly string[];
  readonly aliases: readonly string[];
  /** The result that is being written: nothing yet, one column, or something else. */
  readonly current: 'nothing' | 'other' | { readonly column: string };
}

/** An open call. */
export interface Call {
  readonly outer: Call | null;
  readonly callee: SqlFunction;
  readonly distinct: boolean;
  readonly count: number;
}

export interface Environment {
  readonly schema: SchemaNames;
  readonly scope: Scope;
  readonly call: Call | null;
  /** The name before a dot. */
  readonly qualifier: string;
  /** What a FROM clause just named, before its alias. */
  readonly table: { readonly name: string; readonly columns: NameSet };
  /** The call that was just closed. */
  readonly called: Call | null;
  /** Columns of the SELECT that just ended. */
  readonly ended: NameSet;
}

const NO_RESULTS: Results = { count: 0, star: false, names: [], aliases: [], current: 'nothing' };

const OUTERMOST: Scope = {
  parent: null,
  outside: null,
  callsOutside: null,
  tables: new Map(),
  clause: 'select',
  sources: [],
  bare: [],
  qualified: new Map(),
  results: NO_RESULTS,
  width: null,
  first: null,
  defining: null,
};

/** Before a statement. */
export function emptyEnvironment(schema: SchemaNames): Environment {
  return {
    schema,
    scope: { ...OUTERMOST, clause: 'where' },
    call: null,
    qualifier: '',
    table: { name: '', columns: NO_NAMES },
    called: null,
    ended: NO_NAMES,
  };
}

/** The same with changes to the scope. */
export function inScope(environment: Environment, changes: Partial<Scope>): Environment {
  return { ...environment, scope: { ...environment.scope, ...changes } };
}

/**
 * Begins a SELECT.
 * @param reach whether it may use columns of the statement around it @param width its result columns
 */
export function enterSelect(
  environment: Environment,
  reach: boolean,
  width: number | null,
): Environment {
  const { scope, call } = environment;
  const parent = reach ? scope : null;
  return {
    ...environment,
    call: null,
    scope: {
      ...OUTERMOST,
      parent,
      outside: scope,
      callsOutside: call,
      tables: scope.tables,
      width,
    },
  };
}

/** Ends a SELECT: what is around it goes on, with what was promised there meanwhile. */
export function leaveSelect(environment: Environment): Environment | null {
  const { scope } = environment;
  const { outside } = scope;
  if (outside === null) return null;
  const ended = nameSet((scope.first ?? resultNames(scope)).names);
  return { ...environment, ended, call: scope.callsOutside, scope: outside };
}

/** Begins the next SELECT of a compound. */
export function nextOfCompound(environment: Environment): Environment {
  const { scope } = environment;
  const results = resultNames(scope);
  return inScope(environment, {
    clause: 'select',
    sources: [],
    bare: [],
    qualified: new Map(),
    results: NO_RESULTS,
    width: scope.width ?? (results.star ? null : results.count),
    first: scope.first ?? results,
  });
}

/** The results with the columns that stars stand for. */
function resultNames({ results, sources }: Scope): Results {
  if (!results.star) return results;
  const all = sources.flatMap(({ columns }) => columns.names);
  return { ...results, names: [...results.names, ...all] };
}

const unique = new WeakMap<readonly Source[], NameSet>();

/** Columns of a FROM clause that need no table before them. */
export function unambiguous(sources: readonly Source[]): NameSet {
  const [only] = sources;
  if (only === undefined) return NO_NAMES;
  if (sources.length === 1) return only.columns;
  const known = unique.get(sources);
  if (known) return known;
  const counts = new Map<string, number>();
  for (const { columns, merged } of sources) {
    for (const name of columns.names) {
      if (!merged.has(name, true)) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const made = nameSet([...counts].filter(([, count]) => count === 1).map(([name]) => name));
  unique.set(sources, made);
  return made;
}

/** Scopes from the innermost outwards. */
export function* reachOf(scope: Scope): Generator<Scope> {
  for (let at: Scope | null = scope; at !== null; at = at.parent) yield at;
}

/** Columns of the common tables in reach. */
export function commonColumns({ tables }: Scope): NameSet {
  return anyOf([...tables.values()]);
}
