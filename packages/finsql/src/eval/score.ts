/** One prediction against gold, on every instance of the database. */
import type { SqlExecutor } from '../database/execute.ts';
import { FinSqlError } from '../errors.ts';
import { isOrdered, type Rows, sameResult } from './execution-accuracy.ts';

export type Skip =
  | 'gold-fails' // on every instance
  | 'gold-empty' // wherever it runs
  | 'no-gold'; // a question that the database can't answer

export interface Score {
  readonly correct: boolean;
  /** Why the item doesn't count; null when it does. */
  readonly skipped: Skip | null;
  /** Why the prediction didn't run; null when it did. */
  readonly error: string | null;
}

/** Results are compared whole. */
const MOST_ROWS = 200_000;
const MOST_BYTES = 200_000_000;

/**
 * A prediction is right when its rows equal gold's on every instance where gold runs. An item whose
 * gold runs on none, or gives no rows on any, doesn't count.
 * @param gold in a form that runs (normal form); empty: no statement is right
 */
export async function score(
  executor: SqlExecutor,
  instances: readonly string[],
  gold: string,
  predicted: string,
  limits: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
): Promise<Score> {
  const run = async (file: string, sql: string): Promise<Rows | FinSqlError> => {
    try {
      const result = await executor.execute(file, sql, {
        ...limits,
        maxRows: MOST_ROWS,
        maxBytes: MOST_BYTES,
      });
      return result.truncated
        ? new FinSqlError('out-of-memory', { en: 'The result is too large.', zh: '结果过大。' })
        : result.rows;
    } catch (error) {
      limits.signal?.throwIfAborted();
      if (error instanceof FinSqlError) return error;
      throw error;
    }
  };
  if (gold === '') {
    const got = await run(instances[0] ?? '', predicted);
    const error = got instanceof FinSqlError ? got.message : null;
    return { correct: false, skipped: 'no-gold', error };
  }
  const expected = await Promise.all(instances.map((file) => run(file, gold)));
  const usable = expected.flatMap((rows, index) => {
    const file = instances[index];
    return rows instanceof FinSqlError || file === undefined ? [] : [{ rows, file }];
  });
  if (usable.length === 0) return { correct: false, skipped: 'gold-fails', error: null };
  if (usable.every(({ rows }) => rows.length === 0)) {
    return { correct: false, skipped: 'gold-empty', error: null };
  }
  const ordered = isOrdered(gold);
  let correct = true;
  for (const { rows, file } of usable) {
    const got = await run(file, predicted);
    if (got instanceof FinSqlError) return { correct: false, skipped: null, error: got.message };
    correct &&= sameResult(rows, got, ordered);
  }
  return { correct, skipped: null, error: null };
}
