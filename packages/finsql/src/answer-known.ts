/** Rows for a question that somebody has said the statement of: no model is asked. */
import type { CalibrationContext } from './calibrate/rule.ts';
import { runCandidate } from './consistency/unmeant.ts';
import type { QueryResult } from './database/execute.ts';
import { forbidden } from './database/guard.ts';
import { type KnownStatement, knownStatement, swapsOf } from './known/known-statement.ts';
import type { DatabaseContext } from './retrieval/context.ts';
import type { Retrieval } from './retrieval/retrieve.ts';
import type { StatementRunner } from './run-statement.ts';
import type { Trace } from './trace.ts';

export interface KnownRows extends KnownStatement {
  readonly result: QueryResult;
}

export interface KnownTools extends StatementRunner {
  readonly calibration: CalibrationContext;
  readonly trace: Trace;
}

/**
 * The rows of the known statement; undefined where no known question is like this one, or its statement no
 * longer runs: tables have changed since, or may not be read.
 */
export async function answerKnown(
  context: DatabaseContext,
  retrieval: Retrieval,
  { trace, ...runner }: KnownTools,
): Promise<KnownRows | undefined> {
  const known = knownStatement(context, retrieval);
  if (known === undefined) return undefined;
  return trace.run(
    'known-question',
    async () => {
      if (forbidden(known.sql) !== undefined) return undefined;
      const done = await runCandidate(known.sql, runner);
      return 'result' in done ? { ...known, result: done.result } : undefined;
    },
    (found) => ({
      question: known.item.question,
      sql: known.sql,
      changes: swapsOf(known),
      kept: found !== undefined,
    }),
  );
}
