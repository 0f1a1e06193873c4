import { CodedError } from '@quaestor/peft';

/** What went wrong, in one word; the server maps it to an HTTP status, the command line to an exit code. */
export type TabLlmErrorCode =
  | 'bad-config' // options that fail their schema
  | 'bad-csv' // a table that cannot be read as one
  | 'bad-data' // rows or labels that nothing can be learned from
  | 'mismatch' // a table that does not fit the schema it is to be read with
  | 'not-found' // a file, column or serialiser that does not exist
  | 'thread-failed' // a thread that predicts ended before its work did
  | 'aborted'; // the caller's AbortSignal fired

/** The one error class of this package. */
export class TabLlmError extends CodedError<TabLlmErrorCode> {
  override readonly name = 'TabLlmError';
}
