/** What went wrong, in one word; the server maps it to an HTTP status, the command line to an exit code. */
export type PeftErrorCode =
  | 'engine-unavailable' // no tensor backend could be loaded
  | 'unsupported' // the engine, format or architecture lacks what was asked for
  | 'bad-config' // a configuration fails its schema
  | 'bad-file' // truncated, corrupt or foreign file
  | 'not-found' // a file, model, adapter or tensor that does not exist
  | 'mismatch' // shapes, base model or tensor names do not fit
  | 'download-failed' // network, checksum or disk
  | 'missing-tool' // compiler, Python, pip
  | 'aborted'; // the caller's AbortSignal fired

/**
 * The one error class of this package. `message` says what was wrong, what was expected,
 * what was got and what to do; `problems` lists every problem when an input has several.
 */
export class PeftError extends Error {
  override readonly name = 'PeftError';
  readonly code: PeftErrorCode;
  readonly problems: readonly string[];

  constructor(
    code: PeftErrorCode,
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
