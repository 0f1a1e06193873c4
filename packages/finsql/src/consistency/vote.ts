/**
 * Self-consistency (Wang et al. 2023; FinSQL, Zhang et al. 2024, §4.3): candidates that run are
 * grouped by the rows they give, since one meaning may be written in several ways; the largest group
 * wins. Groups of one size are told apart by how many candidates ask for the same thing (their
 * structure), then by which comes first.
 */
import type { SampledCandidate } from '../answer.ts';
import { calibrate, rulesFor } from '../calibrate/calibrate.ts';
import type { CalibrationContext } from '../calibrate/rule.ts';
import type { QueryResult } from '../database/execute.ts';
import { forbidden } from '../database/guard.ts';
import { refuse } from '../errors.ts';
import { sameResult } from '../eval/execution-accuracy.ts';
import type { Attempt, StatementRunner } from '../run-statement.ts';
import { joinsEverything } from '../sql/conditions.ts';
import { structureOf } from './structure.ts';
import { runCandidate } from './unmeant.ts';

export interface Vote {
  readonly candidates: readonly SampledCandidate[];
  /** Undefined when none runs. */
  readonly best: { readonly sql: string; readonly result: QueryResult } | undefined;
  /** The share of all candidates that give the rows of the best, 0 … 1. */
  readonly agreement: number;
}

interface Voter {
  readonly sql: string;
  readonly count: number;
  readonly structure: string;
  readonly done: Attempt;
  /** Number of the group of those with its rows; undefined when it does not run, or runs and answers nothing. */
  readonly rows: number | undefined;
  readonly preferred: boolean;
}

export interface VoteTools extends StatementRunner {
  readonly calibration: CalibrationContext;
  /** Candidates that win over others however many votes those have. Default: none does. */
  readonly prefers?: (sql: string, result: QueryResult) => boolean;
}

/** @param drafts candidates, best first; the same text may stand there more than once */
export async function vote(drafts: readonly string[], tools: VoteTools): Promise<Vote> {
  const counts = new Map<string, number>();
  for (const draft of drafts) counts.set(draft, (counts.get(draft) ?? 0) + 1);
  const voters: Voter[] = [];
  const groups: QueryResult[] = [];
  for (const [draft, count] of counts) {
    const { sql, done } = await runOrRepair(draft, tools);
    const answers = 'result' in done && !joinsEverything(sql);
    const rows = answers ? groupOf(done.result, groups) : undefined;
    const preferred = 'result' in done && tools.prefers?.(sql, done.result) === true;
    voters.push({ sql, count, structure: structureOf(sql), done, rows, preferred });
  }
  const running = voters.filter(({ rows }) => rows !== undefined);
  const byRows = tally(running, ({ rows }) => rows);
  const byStructure = tally(running, ({ structure }) => structure);
  const votes = ({ rows }: Voter): number => (rows === undefined ? 0 : (byRows.get(rows) ?? 0));
  const alike = ({ structure }: Voter): number => byStructure.get(structure) ?? 0;
  // A stable sort: the earliest stays first among equals.
  const [best] = running.sort(
    (a, b) =>
      Number(b.preferred) - Number(a.preferred) || votes(b) - votes(a) || alike(b) - alike(a),
  );
  return {
    candidates: voters.map((voter) => ({
      sql: voter.sql,
      count: voter.count,
      error: 'error' in voter.done ? voter.done.error.message : null,
      refused: 'error' in voter.done ? (voter.done.error.refused ?? null) : null,
      votes: votes(voter),
      alike: alike(voter),
    })),
    best: best && 'result' in best.done ? { sql: best.sql, result: best.done.result } : undefined,
    agreement: best === undefined ? 0 : votes(best) / drafts.length,
  };
}

/** Whether two results have the same rows, whatever their order and that of their columns. */
export function haveSameRows(a: QueryResult, b: QueryResult): boolean {
  return sameResult(a.rows, b.rows, false);
}

/** The place of a result among others that differ from each other; what is like none of them is added. */
function groupOf(result: QueryResult, groups: QueryResult[]): number {
  const found = groups.findIndex((other) => haveSameRows(result, other));
  return found < 0 ? groups.push(result) - 1 : found;
}

/** How many candidates share each key. */
function tally<Key>(voters: readonly Voter[], key: (voter: Voter) => Key): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const voter of voters) counts.set(key(voter), (counts.get(key(voter)) ?? 0) + voter.count);
  return counts;
}

/** A draft as it is, or repaired by rule when it does not run so. */
async function runOrRepair(
  written: string,
  tools: VoteTools,
): Promise<{ readonly sql: string; readonly done: Attempt }> {
  const meant = calibrate(written, tools.calibration, rulesFor('always', tools.calibration));
  const draft = meant.repairs.length === 0 ? written : meant.sql;
  const first = await runGuarded(draft, tools);
  if ('result' in first) return { sql: draft, done: first };
  const { sql } = calibrate(draft, tools.calibration);
  return sql === draft ? { sql, done: first } : { sql, done: await runGuarded(sql, tools) };
}

async function runGuarded(sql: string, tools: VoteTools): Promise<Attempt> {
  const reason = forbidden(sql);
  return reason === undefined ? runCandidate(sql, tools) : { error: refuse(reason) };
}
