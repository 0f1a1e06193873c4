import { chineseIn, type Text, textIn } from '@quaestor/peft';

/** Exit codes of the command line. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  abstained: 4,
  interrupted: 130,
} as const;

/** The command line itself was wrong: an unknown flag, a missing value. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** Command to show in "see quaestor help …"; empty for the whole. */
  readonly command: string;

  constructor(problems: readonly string[], command = '') {
    super(problems.join('\n'));
    this.command = command;
  }
}

/** An input that a command refuses by itself: expected, got, what to do. */
export class InputError extends Error {
  override readonly name = 'InputError';
  /** The message in Chinese, for the readers of a server; undefined where jobs do not come. */
  readonly chinese: string | undefined;

  constructor(message: Text, options: { readonly cause?: unknown } = {}) {
    super(textIn(message, 'en'), options);
    this.chinese = chineseIn(message);
  }
}

/** Codes of the packages' errors that mean "this input is not accepted". */
const REFUSED: ReadonlySet<string> = new Set([
  'bad-config',
  'bad-csv',
  'bad-data',
  'bad-file',
  'bad-question',
  'mismatch',
  'no-such-database',
  'not-a-database',
  'not-found',
  'refused',
  'unsupported',
]);

/** What an error means for the shell. The packages' own errors carry a `code`. */
export function exitCodeOf(error: unknown, signal: AbortSignal): number {
  if (signal.aborted) return EXIT.interrupted;
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof InputError) return EXIT.refused;
  const code = codeOf(error);
  if (code === 'aborted') return EXIT.interrupted;
  return code !== null && REFUSED.has(code) ? EXIT.refused : EXIT.failed;
}

/** The code of one of the packages' errors; null for anything unforeseen. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error) || !/^(Peft|FinSql|TabLlm|Server)Error$/.test(error.name)) {
    return null;
  }
  return 'code' in error && typeof error.code === 'string' ? error.code : null;
}
