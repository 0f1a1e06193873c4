/**
 * What the error class of each package is made of: a code that programs act on, and a message that
 * says what was wrong, what was expected, what was got and what to do.
 */
export abstract class CodedError<Code extends string> extends Error {
  readonly code: Code;
  /** Every problem, when an input has several; the message lists them, too. */
  readonly problems: readonly string[];

  constructor(
    code: Code,
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
