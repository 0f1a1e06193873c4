/** The databases that can be asked, and the one that is picked. */
import { signal } from '@preact/signals';
import type { Table } from '@quaestor/finsql';
import { getJson } from '../../parts/api.ts';
import { keep, readKept } from '../../parts/kept.ts';

export interface DatabaseSummary {
  readonly name: string;
  readonly tables: number | null;
  readonly rows: number | null;
  /** Why it cannot be asked. */
  readonly problem: string | null;
}

export interface DatabaseDetail {
  readonly name: string;
  readonly tables: readonly Table[];
  /** Questions to start with. */
  readonly examples: readonly string[];
}

/** The database that is asked; empty until one is picked. */
export const database = signal('');

/** The database that was wanted and is not there; null when none is. */
export const missing = signal<string | null>(null);

const PLACE = 'database';
const FIRST = 'demo';

export function pickDatabase(name: string): void {
  database.value = name;
  missing.value = null;
  keep(PLACE, name);
}

/** All of them; picks the one that was asked last, the demo, or the first when none is picked. */
export async function listDatabases(signal?: AbortSignal): Promise<readonly DatabaseSummary[]> {
  const { data } = await getJson<{ readonly data: readonly DatabaseSummary[] }>('/api/databases', {
    signal,
  });
  const usable = data.filter(({ problem }) => problem === null).map(({ name }) => name);
  if (!usable.includes(database.value)) {
    missing.value = database.value || null;
    const wanted = [readKept(PLACE), FIRST].find((name) => name !== null && usable.includes(name));
    database.value = wanted ?? usable[0] ?? '';
  }
  return data;
}

export function readDatabase(name: string, signal?: AbortSignal): Promise<DatabaseDetail> {
  return getJson(`/api/databases/${encodeURIComponent(name)}`, { signal });
}

/** Columns by table, for completion. */
export function sqlNames({ tables }: DatabaseDetail): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    tables.map((table) => [table.name, table.columns.map((column) => column.name)]),
  );
}
