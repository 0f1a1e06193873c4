/** How the tables and columns of a SELECT are called. */
import { fold } from '../schema/schema.ts';
import type { From } from './ast.ts';

export interface Naming {
  /** How a column is called: with its table's name where several tables are read. */
  column(table: string | null, column: string): string;
  /** How the table is called whose columns `t.*` are; `''` where it is the only one. */
  table(table: string | null): string;
}

/** Names for the columns of a SELECT: bare where it reads one table. */
export function namingOf(from: readonly From[] | null): Naming {
  const sources = from ?? [];
  const handles = new Map(
    sources.map((entry) => [fold(entry.as ?? entry.table ?? ''), handleOf(entry, sources)]),
  );
  const called = (table: string | null) =>
    table === null || sources.length <= 1 ? '' : (handles.get(fold(table)) ?? table);
  return {
    column: (table, column) => (called(table) === '' ? column : `${called(table)}.${column}`),
    table: called,
  };
}

/** What a table is called: by its alias where it is read twice, otherwise by its name; `''` for what has none. */
export function handleOf({ table, as }: From, from: readonly From[]): string {
  return (isReadTwice(table, from) ? (as ?? table) : (table ?? as)) ?? '';
}

/** Whether a table stands twice in a FROM. */
export function isReadTwice(table: string | undefined, from: readonly From[]): boolean {
  if (table === undefined) return false;
  return from.filter((entry) => fold(entry.table ?? '') === fold(table)).length > 1;
}
