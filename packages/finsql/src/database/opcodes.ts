/**
 * What SQLite would do for a statement, by its own account (EXPLAIN): the tokens of a statement do
 * not show what stands behind the views that it names. To be asked after `forbidden`, since
 * explaining a PRAGMA carries it out.
 */
import type { Forbidden } from '../wording/messages.ts';
import { INTERNAL_FUNCTION } from './guard.ts';
import type { Database } from './sqlite.ts';

/** Columns of what EXPLAIN gives. */
type Operation = readonly [
  address: number,
  opcode: string,
  p1: number,
  p2: number,
  p3: number,
  p4: unknown,
];

/** Change a file, the connection or its settings. */
const WRITES =
  /^(?:OpenWrite|Vacuum|IncrVacuum|JournalMode|Checkpoint|Destroy|Clear|CreateBtree|SetCookie|ParseSchema|LoadAnalysis|DropTable|DropIndex|DropTrigger|VUpdate|VCreate|VDestroy|VBegin|VRename|Savepoint|AutoCommit|Expire|SqlExec)$/;
const OPENS = /^(?:OpenRead|ReopenIdx)$/;
const CALLS = /^(?:Function|PureFunc|AggStep|AggInverse)/;

/** Page at which the list of tables of a file begins. */
const MASTER_PAGE = 1;

/** Why the statement must not run; undefined when it may. */
export function forbiddenOperation(database: Database, sql: string): Forbidden | undefined {
  const operations = database.prepare(`EXPLAIN ${sql}`).raw().all() as Operation[];
  for (const [, opcode, , p2, p3, p4] of operations) {
    if (WRITES.test(opcode) || (opcode === 'Transaction' && p2 !== 0)) {
      return { code: 'writes', operation: opcode };
    }
    if (OPENS.test(opcode)) {
      if (p3 !== 0) return { code: 'other-database' };
      if (p2 === MASTER_PAGE) return { code: 'internal-tables' };
    }
    const called = CALLS.test(opcode) ? String(p4).replace(/\(.*$/, '') : '';
    if (INTERNAL_FUNCTION.test(called.toLowerCase())) {
      return { code: 'internal-name', name: `${called}()` };
    }
  }
  return undefined;
}
