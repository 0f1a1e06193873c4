/** From drafts to rows: candidates vote where several are asked for, and what wins is run. */
import { type Vote, vote } from './consistency/vote.ts';
import { FinSqlError } from './errors.ts';
import { type Settled, type SettleTools, settle } from './settle.ts';

export interface FoundRows extends Settled {
  /** What the vote saw; undefined where there was only one candidate. */
  readonly vote: Vote | undefined;
  /** `sql-error` where no candidate runs; `refused`, `timeout` or `out-of-memory`. There are no rows then. */
  readonly failure: FinSqlError | null;
}

export interface RowTools extends SettleTools {
  /** Further drafts of the first try, which vote; undefined: the draft stands alone. */
  readonly sampled?: (() => Promise<readonly string[]>) | undefined;
}

/** @param sql of the draft that is kept */
export async function findRows(sql: string, tools: RowTools): Promise<FoundRows> {
  const { sampled, trace } = tools;
  const voted =
    sampled &&
    (await trace.run(
      'vote',
      async () => vote([sql, ...(await sampled())], tools),
      ({ candidates, best }) => ({ candidates, sql: best?.sql ?? null }),
    ));
  const chosen = voted?.best?.sql ?? sql;
  try {
    return { ...(await settle(chosen, tools)), vote: voted, failure: null };
  } catch (error) {
    if (!(error instanceof FinSqlError)) throw error;
    return { ...withoutRows(chosen), vote: voted, failure: error };
  }
}

/** A statement that is not run. */
export function withoutRows(sql: string): FoundRows {
  const result = { columns: [], rows: [], truncated: false, milliseconds: 0 };
  return { sql, result, cautions: [], vote: undefined, failure: null };
}
