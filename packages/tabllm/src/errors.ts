/** What went wrong, in one word; the server maps it to an HTTP status, the command line to an exit code. */
export type TabLlmErrorCode =
  | 'bad-config' // options that fail their schema
  | 'bad-csv' // a table that cannot be read as one
  | 'bad-data' // rows or labels that nothing can be learned from
  | 'mismatch' // a table that does not fit the schema it is to be read with
  | 'not-found' // a file, column or serialiser that does not exist
  | 'aborted'; // the caller's AbortSignal fired

/**
 * The one error class of this package. `message` says what was wrong, what was expected,
 * what was got and what to do; `problems` lists every problem when an input has several.
 */
export class TabLlmError extends Error {
  override readonly name = 'TabLlmError';
  readonly code: TabLlmErrorCode;
  readonly problems: readonly string[];

  constructor(
    code: TabLlmErrorCode,
    message: string,
    options: { problems?: readonly string[]; cause?: unknown } = {},
  ) {
    const problems = options.problems ?? [];
    super([message, ...problems.map((problem) => `  - ${problem}`)].join('\n'), {
      cause: options.cause,
    });
    this.code = code;
    this.problems = problems;
  }
}
