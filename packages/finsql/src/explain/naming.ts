/** How the tables and columns of a SELECT are called. */
import { fold } from '../schema/schema.ts';
import type { From } from './ast.ts';

export interface Naming {
  /** How a column is called: with its table's name where several tables are read. */
  column(table: string | null, column: string): string;
  /** How the table is called whose columns `t.*` are; `''` where it is the only one. */
  table(table: string | null): string;
  /** What a source is called: by its alias where its table is read twice, otherwise by its name; `''` for what has none. */
  source(entry: From): string;
  /** The alias that tells a source from another one of its table; `''` where there is no other. */
  alias(entry: From): string;
}

/** What the columns of a SELECT may be of. */
export interface Scope {
  readonly from: readonly From[];
  /** What queries around it read, where it names columns of theirs; else none. */
  readonly outer: readonly From[];
  /** Tables, folded, that somewhere in the statement are read both within a query and around it. */
  readonly readAround: ReadonlySet<string>;
}

/** Names for the columns of a SELECT: bare where it reads one table. */
export function namingOf({ from, outer, readAround }: Scope): Naming {
  const sources = [...from, ...outer];
  const isReadTwice = (table: string) =>
    readAround.has(fold(table)) ||
    from.filter((entry) => fold(entry.table ?? '') === fold(table)).length > 1;
  const alias = ({ table, as }: From) =>
    table !== undefined && isReadTwice(table) ? (as ?? '') : '';
  const source = (entry: From) => alias(entry) || (entry.table ?? entry.as ?? '');
  // A query's own name for a table hides that of one around it.
  const names = new Map(
    sources.toReversed().map((entry) => [fold(entry.as ?? entry.table ?? ''), source(entry)]),
  );
  const called = (table: string | null) =>
    table === null || sources.length <= 1 ? '' : (names.get(fold(table)) ?? table);
  return {
    column: (table, column) => (called(table) === '' ? column : `${called(table)}.${column}`),
    table: called,
    source,
    alias,
  };
}
