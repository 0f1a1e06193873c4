/** From drafts to rows: candidates vote where several are asked for, and what wins is run. */
import type { CalibrationContext } from './calibrate/rule.ts';
import type { Asked } from './consistency/flaws.ts';
import { type Vote, vote } from './consistency/vote.ts';
import { FinSqlError } from './errors.ts';
import { type DraftRequest, statements } from './generate/draft.ts';
import type { Generator } from './generate/generator.ts';
import type { Drafted } from './generate/write-drafts.ts';
import type { StatementRunner } from './run-statement.ts';
import { type Settled, settle } from './settle.ts';
import type { Trace } from './trace.ts';

export interface FoundRows extends Settled {
  /** What the vote saw; undefined where there was only one candidate. */
  readonly vote: Vote | undefined;
  /** The error `sql-error` where no candidate runs; there are no rows then. */
  readonly failure: FinSqlError | null;
}

export interface RowTools extends StatementRunner {
  readonly generator: Generator;
  readonly calibration: CalibrationContext;
  readonly trace: Trace;
  /** Drafts of the first try: the one that is there, and sampled ones. */
  readonly candidates: number;
  /** Of sampled statements. */
  readonly request: Omit<DraftRequest, 'n'>;
  /** Candidates of a second try; 0: there is none. */
  readonly samples: number;
  readonly asked: Asked;
}

/** @throws FinSqlError `refused`, `timeout`, `out-of-memory` */
export async function findRows(drafted: Drafted, tools: RowTools): Promise<FoundRows> {
  const { candidates, trace, samples } = tools;
  const sample = async (n: number): Promise<string[]> => {
    const request = { ...tools.request, n };
    const [sampled = []] = await statements(tools.generator, [drafted.prompt.text], request);
    return sampled.map(({ sql }) => sql);
  };
  const voted =
    candidates === 1
      ? undefined
      : await trace.run(
          'vote',
          async () => vote([drafted.sql, ...(await sample(candidates - 1))], tools),
          ({ candidates: tried, best }) => ({ candidates: tried, sql: best?.sql ?? null }),
        );
  const sql = voted?.best?.sql ?? drafted.sql;
  const { others } = drafted;
  try {
    const settled = await settle(sql, { ...tools, resample: () => sample(samples), others });
    return { ...settled, vote: voted, failure: null };
  } catch (error) {
    if (!(error instanceof FinSqlError) || error.code !== 'sql-error') throw error;
    return { ...withoutRows(sql), vote: voted, failure: error };
  }
}

/** A statement that is not run. */
export function withoutRows(sql: string): FoundRows {
  const result = { columns: [], rows: [], truncated: false, milliseconds: 0 };
  return { sql, result, cautions: [], vote: undefined, failure: null };
}
