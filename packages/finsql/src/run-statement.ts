import type { ExecuteOptions, QueryResult, SqlExecutor } from './database/execute.ts';
import { FinSqlError } from './errors.ts';

/** Where statements of one answer are run. */
export interface StatementRunner {
  readonly file: string;
  readonly executor: SqlExecutor;
  readonly limits: ExecuteOptions;
}

export type Attempt = { readonly result: QueryResult } | { readonly error: FinSqlError };

/** Runs a statement; what SQLite or a limit says against it is a value, an abort is thrown. */
export async function runStatement(
  sql: string,
  { file, executor, limits }: StatementRunner,
): Promise<Attempt> {
  try {
    return { result: await executor.execute(file, sql, limits) };
  } catch (error) {
    limits.signal?.throwIfAborted();
    if (error instanceof FinSqlError) return { error };
    throw error;
  }
}
