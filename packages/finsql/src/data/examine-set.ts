/** What is wrong with a training set: statements that fail, repeated pairs, pairs that are held out. */
import { openReadOnly } from '../database/open.ts';
import type { Database } from '../database/sqlite.ts';
import { questionKey } from '../retrieval/exemplars.ts';
import { heldOut } from './augment/leaks.ts';
import type { TextToSqlItem, TextToSqlSet } from './text-to-sql-set.ts';

export interface SetExamination {
  /** What is left to learn from, in order. */
  readonly items: readonly TextToSqlItem[];
  readonly failing: readonly { readonly item: TextToSqlItem; readonly reason: string }[];
  /** The second and later ones of the same question about the same database. */
  readonly repeated: readonly TextToSqlItem[];
  /** The same statement as a held-out pair, or nearly the same question. */
  readonly leaking: readonly TextToSqlItem[];
}

/**
 * Examines each item.
 * @param held pairs that the set must not give away
 * @throws FinSqlError when a database can't be opened
 */
export function examineSet(set: TextToSqlSet, held: readonly TextToSqlItem[] = []): SetExamination {
  const seen = new Set<string>();
  const open = new Map<string, Database>();
  const guards = new Map(
    [...set.databases].map(([db, { schema }]) => [
      db,
      heldOut(
        held.filter((item) => item.db === db),
        schema,
      ),
    ]),
  );
  const items: TextToSqlItem[] = [];
  const failing: { item: TextToSqlItem; reason: string }[] = [];
  const repeated: TextToSqlItem[] = [];
  const leaking: TextToSqlItem[] = [];
  try {
    for (const item of set.items) {
      const key = `${item.db}\n${questionKey(item.question)}`;
      const file = set.databases.get(item.db)?.instances[0];
      if (file === undefined) continue;
      const database = open.get(file) ?? openReadOnly(file);
      open.set(file, database);
      const reason = whyNotRunnable(database, item.sql);
      if (reason !== undefined) failing.push({ item, reason });
      else if (seen.has(key)) repeated.push(item);
      else if (guards.get(item.db)?.leaks(item.question, item.sql) === true) leaking.push(item);
      else items.push(item);
      seen.add(key);
    }
  } finally {
    for (const database of open.values()) database.close();
  }
  return { items, failing, repeated, leaking };
}

/** Why a statement can't be learnt: not a query, or what SQLite says against it. */
export function whyNotRunnable(database: Database, sql: string): string | undefined {
  try {
    const statement = database.prepare(sql);
    if (!statement.reader || !statement.readonly) return 'not a query';
    statement.raw().get();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
