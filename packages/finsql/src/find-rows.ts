/** From drafts to rows: candidates vote where several are asked for, and what wins is run. */
import { knownAnswer } from './calibrate/known-answer.ts';
import { flawsOf, isFound } from './consistency/flaws.ts';
import { haveSameRows, type Vote, vote } from './consistency/vote.ts';
import { FinSqlError } from './errors.ts';
import type { KnownStatement } from './known/known-statement.ts';
import { type Settled, type SettleTools, settle } from './settle.ts';
import type { KeptReading } from './word-by-word/answers-by-reading.ts';
import type { Composed } from './word-by-word/compose-statement.ts';

export interface FoundRows extends Settled {
  /** What the vote saw; undefined where there was only one candidate. */
  readonly vote: Vote | undefined;
  /** `sql-error` where no candidate runs; `refused`, `timeout` or `out-of-memory`. There are no rows then. */
  readonly failure: FinSqlError | null;
  /** Where the rows are those of a statement read off the question. */
  readonly wordByWord: KeptReading | null;
  /** Where they are those of a known question's statement. */
  readonly known?: KnownStatement;
}

export interface RowTools extends SettleTools {
  /** Further drafts of the first try, which vote; undefined: the draft stands alone. */
  readonly sampled?: (() => Promise<readonly string[]>) | undefined;
  /** A statement read off the question word by word, which answers before the draft where it finds something. */
  readonly wordByWord?: Composed | undefined;
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
  const read = await findReadOff(chosen, tools);
  if (read !== undefined) return { ...read, vote: voted };
  try {
    const settled = await settle(chosen, tools);
    return { ...settled, vote: voted, failure: null, wordByWord: null };
  } catch (error) {
    if (!(error instanceof FinSqlError)) throw error;
    return { ...withoutRows(chosen), vote: voted, failure: error };
  }
}

/** The rows of the statement read off the question; undefined where there is none, or none to answer with. */
async function findReadOff(
  draft: string,
  { wordByWord, ...tools }: RowTools,
): Promise<Omit<FoundRows, 'vote'> | undefined> {
  const { trace, asked, calibration } = tools;
  if (wordByWord === undefined || knownAnswer(draft, calibration) !== undefined) return undefined;
  const { found, agrees } = await trace.run(
    'word-by-word',
    async () => {
      const [own, drafted] = [await vote([wordByWord.sql], tools), await vote([draft], tools)];
      const { best } = own;
      const kept =
        best !== undefined && isFound(best.result) && flawsOf(best.sql, best.result, asked) === 0;
      const same =
        best !== undefined &&
        drafted.best !== undefined &&
        haveSameRows(best.result, drafted.best.result);
      return { found: kept ? best : undefined, agrees: same };
    },
    (seen) => ({ sql: wordByWord.sql, kept: seen.found !== undefined, agrees: seen.agrees }),
  );
  const { cost, passedOver } = wordByWord;
  const kept = { agrees, cost, ...(passedOver.length > 0 && { passedOver }) };
  return found && { ...found, cautions: [], failure: null, wordByWord: kept };
}

/** A statement that is not run. */
export function withoutRows(sql: string): FoundRows {
  const result = { columns: [], rows: [], truncated: false, milliseconds: 0 };
  return { sql, result, cautions: [], vote: undefined, failure: null, wordByWord: null };
}
