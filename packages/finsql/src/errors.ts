import { CodedError, type Text, type Translated } from '@quaestor/peft';
import type { Forbidden } from './wording/messages.ts';
import { sayRefused } from './wording/refused.ts';

/** What went wrong, in one word; the server maps it to an HTTP status, the command line to an exit code. */
export type FinSqlErrorCode =
  | 'bad-question' // empty, too long, or not text
  | 'no-such-database' // no file, or no database of that name
  | 'not-a-database' // a file that SQLite can't read
  | 'database-in-use' // a file that another program keeps locked
  | 'not-found' // a table or column that a database lacks
  | 'bad-data' // a question set, tables.json or result file that fails its checks
  | 'bad-config' // options that fail their schema
  | 'refused' // a statement that isn't a single read-only query
  | 'sql-error' // SQLite rejected the statement
  | 'timeout' // the statement ran past its deadline
  | 'out-of-memory' // the statement needed more memory than allowed
  | 'no-generator' // no language model to ask
  | 'generation-failed' // the language model gave nothing usable
  | 'aborted'; // the caller's AbortSignal fired

interface FinSqlErrorOptions {
  readonly problems?: readonly Text[];
  readonly cause?: unknown;
  readonly refused?: Forbidden | undefined;
}

/** The one error class of this package. */
export class FinSqlError extends CodedError<FinSqlErrorCode> {
  override readonly name = 'FinSqlError';
  /** Of a statement that is `refused`: what the guard says. */
  readonly refused: Forbidden | undefined;

  constructor(code: FinSqlErrorCode, message: Translated, options: FinSqlErrorOptions = {}) {
    super(code, message, options);
    this.refused = options.refused;
  }
}

/**
 * The error `refused` for a statement that the guard does not let run.
 * @param sql the statement, where the reader did not write it
 */
export function refuse(reason: Forbidden, sql: string | null = null): FinSqlError {
  const message = { en: sayRefused(reason, sql, 'en'), zh: sayRefused(reason, sql, 'zh') };
  return new FinSqlError('refused', message, { refused: reason });
}
