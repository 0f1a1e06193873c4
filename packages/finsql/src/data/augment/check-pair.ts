/** Whether a statement answers its question in a way that is worth learning. */
import type { Database } from '../../database/sqlite.ts';

export type Rejection = 'fails' | 'empty' | 'trivial' | 'too many rows' | 'tie' | 'slow';

/** More rows than anybody reads. */
const MOST_ROWS = 400;
/** Of processor time: what is drawn must not depend on what else the machine does. */
const SLOWEST_MS = 400;

/**
 * Runs the statement on each instance of a database. Rejected: errors, no rows, nothing but null or
 * a lone zero, more rows than a reader wants, `order by … limit` whose rows depend on a tie.
 */
export function checkPair(databases: readonly Database[], sql: string): Rejection | undefined {
  if (groupsByConstant(sql)) return 'trivial';
  for (const [index, database] of databases.entries()) {
    const started = process.cpuUsage();
    const rows = run(database, sql);
    if (rows === undefined) return 'fails';
    if (rows.length > MOST_ROWS) return 'too many rows';
    if (processorTime(started) > SLOWEST_MS) return 'slow';
    // Only the first instance is the one that people ask; on the others an empty answer is a fair one.
    if (index > 0) continue;
    if (rows.length === 0) return 'empty';
    if (rows.every((row) => row.every((value) => value === null))) return 'trivial';
    if (rows.length === 1 && rows[0]?.length === 1 && rows[0][0] === 0) return 'trivial';
    if (dependsOnTie(database, sql)) return 'tie';
  }
  return undefined;
}

/** Milliseconds of the process since then. */
function processorTime(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

/** `where x = 'a' group by x` asks for groups where there is one. */
function groupsByConstant(sql: string): boolean {
  const grouped = /\bgroup by ([\w.]+)/.exec(sql)?.[1];
  return grouped !== undefined && sql.includes(`${grouped} = '`);
}

/** Compares the two orders of tied rows: with the first column ascending, and descending. */
function dependsOnTie(database: Database, sql: string): boolean {
  const parts = /^(.*\border by\b(?:(?!\bunion\b|\)\s*as\b).)*?)\s+limit\s+(\d+)$/s.exec(sql);
  if (parts === null) return false;
  const [, ordered, limit] = parts;
  const forward = run(database, `${ordered}, 1 asc limit ${limit}`);
  const backward = run(database, `${ordered}, 1 desc limit ${limit}`);
  return JSON.stringify(forward) !== JSON.stringify(backward);
}

function run(database: Database, sql: string): unknown[][] | undefined {
  try {
    const statement = database.prepare(sql);
    if (!statement.reader || !statement.readonly) return undefined;
    const rows: unknown[][] = [];
    for (const row of statement.raw().iterate()) {
      rows.push(row as unknown[]);
      if (rows.length > MOST_ROWS) break;
    }
    return rows;
  } catch {
    return undefined;
  }
}
