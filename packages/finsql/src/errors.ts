import { CodedError } from '@quaestor/peft';
import type { Forbidden, RefusedStatement } from './wording/messages.ts';
import { sayRefused } from './wording/refused.ts';

/** What went wrong, in one word; the server maps it to an HTTP status, the command line to an exit code. */
export type FinSqlErrorCode =
  | 'bad-question' // empty, too long, or not text
  | 'no-such-database' // no file, or no database of that name
  | 'not-a-database' // a file that SQLite can't read
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
  readonly problems?: readonly string[];
  readonly cause?: unknown;
  readonly refused?: RefusedStatement | undefined;
}

/** The one error class of this package. */
export class FinSqlError extends CodedError<FinSqlErrorCode> {
  override readonly name = 'FinSqlError';
  /** Of a `refused` statement: what the guard says, for words in any language. */
  readonly refused: RefusedStatement | undefined;

  constructor(code: FinSqlErrorCode, message: string, options: FinSqlErrorOptions = {}) {
    super(code, message, options);
    this.refused = options.refused;
  }
}

/** The error `refused` for a statement that the guard does not let run. */
export function refuse(reason: Forbidden, sql: string | null = null): FinSqlError {
  const refused = { reason, sql };
  return new FinSqlError('refused', sayRefused(refused, 'en'), { refused });
}
