/**
 * From a first draft of SQL to rows: run it; when SQLite rejects it, repair it by rule and run it
 * again; when that fails, sample once more and take the result that most candidates agree on.
 */

import { calibrate } from './calibrate/calibrate.ts';
import { fixValues } from './calibrate/fix-values.ts';
import type { CalibrationContext } from './calibrate/rule.ts';
import { vote } from './consistency/vote.ts';
import type { QueryResult } from './database/execute.ts';
import { refusal } from './database/guard.ts';
import { FinSqlError } from './errors.ts';
import { type Attempt, runStatement, type StatementRunner } from './run-statement.ts';
import type { Trace } from './trace.ts';

export interface SettleTools extends StatementRunner {
  readonly calibration: CalibrationContext;
  readonly trace: Trace;
  /** Candidates of the second try; 0: there is none. */
  readonly samples: number;
  /** Asks for that many, best first. */
  readonly resample: () => Promise<readonly string[]>;
}

export interface Settled {
  readonly sql: string;
  readonly result: QueryResult;
  readonly warnings: readonly string[];
}

/**
 * Rows for a draft.
 * @throws FinSqlError `refused`, `sql-error` when no candidate runs, `timeout`, `out-of-memory`
 */
export async function settle(draft: string, tools: SettleTools): Promise<Settled> {
  const first = await attempt(draft, tools);
  if ('result' in first) return correctEmpty(draft, first.result, tools);
  if (first.error.code !== 'sql-error') throw first.error;
  const failed = `The first SQL failed (${first.error.message})`;

  const { sql, repairs } = await tools.trace.run(
    'calibrate',
    () => calibrate(draft, tools.calibration),
    (calibrated) => calibrated,
  );
  if (sql !== draft) {
    const second = await attempt(sql, tools);
    if ('result' in second) {
      const rules = repairs.map(({ rule }) => rule).join(', ') || 'normal form';
      return {
        sql,
        result: second.result,
        warnings: [`${failed}; it was corrected by rule: ${rules}.`],
      };
    }
    if (second.error.code !== 'sql-error') throw second.error;
  }
  const voted = await sampleAgain(tools);
  if (voted === undefined) throw hopeless(draft, first.error);
  return { ...voted, warnings: [`${failed}; another attempt of the model is shown.`] };
}

async function attempt(sql: string, tools: SettleTools): Promise<Attempt> {
  const reason = await tools.trace.run(
    'guard',
    () => refusal(sql),
    (found) => ({ refusal: found ?? null }),
  );
  if (reason !== undefined)
    return { error: new FinSqlError('refused', `Refused: ${reason}. SQL: ${sql}`) };
  return tools.trace.run(
    'execute',
    () => runStatement(sql, tools),
    (done) =>
      'result' in done
        ? { sql, rows: done.result.rows.length }
        : { sql, error: done.error.message },
  );
}

/** No rows often come from a text in another spelling than the stored one. */
async function correctEmpty(
  sql: string,
  result: QueryResult,
  tools: SettleTools,
): Promise<Settled> {
  const none = { sql, result, warnings: ['The query ran, but found no rows.'] };
  if (result.rows.length > 0) return { ...none, warnings: [] };
  const { rules = [fixValues] } = tools.calibration;
  const spelling = rules.filter((rule) => rule === fixValues);
  const spelled = calibrate(sql, tools.calibration, spelling);
  if (spelled.repairs.length === 0) return none;
  await tools.trace.run(
    'calibrate',
    () => spelled,
    (calibrated) => calibrated,
  );
  const again = await attempt(spelled.sql, tools);
  if (!('result' in again) || again.result.rows.length === 0) return none;
  return {
    sql: spelled.sql,
    result: again.result,
    warnings: ['The first SQL found no rows; a text in it was replaced by its stored spelling.'],
  };
}

async function sampleAgain(tools: SettleTools): Promise<Omit<Settled, 'warnings'> | undefined> {
  if (tools.samples === 0) return undefined;
  const { best } = await tools.trace.run(
    'repair',
    async () => vote(await tools.resample(), tools),
    ({ candidates, best: chosen }) => ({ candidates, sql: chosen?.sql ?? null }),
  );
  return best;
}

function hopeless(sql: string, cause: FinSqlError): FinSqlError {
  return new FinSqlError(
    'sql-error',
    `No SQL that runs was found for this question. The first try, ${sql}, failed with: ${cause.message}. Ask it in other words, or name the table or column you mean.`,
    { cause },
  );
}
