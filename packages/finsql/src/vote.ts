/**
 * Self-consistency (Wang et al. 2023; FinSQL §4.3) over results: candidates that run are grouped by
 * the rows they give, and the largest group wins.
 */
import type { SampledCandidate } from './answer.ts';
import { calibrate } from './calibrate/calibrate.ts';
import type { CalibrationContext } from './calibrate/rule.ts';
import type { QueryResult } from './database/execute.ts';
import { refusal } from './database/guard.ts';
import { FinSqlError } from './errors.ts';
import { type Attempt, runStatement, type StatementRunner } from './run-statement.ts';

export interface Vote {
  readonly candidates: readonly SampledCandidate[];
  /** Undefined when none runs. */
  readonly best: { readonly sql: string; readonly result: QueryResult } | undefined;
}

/** @param drafts candidates, best first: of equally large groups that of the earliest wins */
export async function vote(
  drafts: readonly string[],
  tools: StatementRunner & { readonly calibration: CalibrationContext },
): Promise<Vote> {
  const counts = new Map<string, number>();
  for (const draft of drafts) counts.set(draft, (counts.get(draft) ?? 0) + 1);
  const groups = new Map<string, { sql: string; result: QueryResult; votes: number }>();
  const candidates: { sql: string; error: string | null; group: string | undefined }[] = [];
  for (const [draft, count] of counts) {
    const { sql, done } = await runOrRepair(draft, tools);
    if ('error' in done) {
      candidates.push({ sql, error: done.error.message, group: undefined });
      continue;
    }
    const group = JSON.stringify(done.result.rows.map((row) => JSON.stringify(row)).sort());
    const known = groups.get(group);
    if (known === undefined) groups.set(group, { sql, result: done.result, votes: count });
    else known.votes += count;
    candidates.push({ sql, error: null, group });
  }
  const [best] = [...groups.values()].sort((a, b) => b.votes - a.votes);
  return {
    candidates: candidates.map(({ sql, error, group }) => ({
      sql,
      error,
      votes: group === undefined ? 0 : (groups.get(group)?.votes ?? 0),
    })),
    best: best && { sql: best.sql, result: best.result },
  };
}

/** A draft as it is, or repaired by rule when it does not run so. */
async function runOrRepair(
  draft: string,
  tools: StatementRunner & { readonly calibration: CalibrationContext },
): Promise<{ readonly sql: string; readonly done: Attempt }> {
  const first = await runGuarded(draft, tools);
  if ('result' in first) return { sql: draft, done: first };
  const { sql } = calibrate(draft, tools.calibration);
  return sql === draft ? { sql, done: first } : { sql, done: await runGuarded(sql, tools) };
}

async function runGuarded(sql: string, runner: StatementRunner): Promise<Attempt> {
  return refusal(sql) === undefined
    ? runStatement(sql, runner)
    : { error: new FinSqlError('refused', 'not a single query') };
}
