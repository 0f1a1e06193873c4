/** What a program of this server tells the queue that started it. */
import { chineseOf } from '../problem-words/chinese-of.ts';

/** One record, as `worker-log.ts` reads them. */
export function tell(record: { readonly type: string; readonly [field: string]: unknown }): void {
  process.stderr.write(`${JSON.stringify(record)}\n`);
}

/** Tells an error; those of a package are for people, others are for the log. @returns the exit code */
export function tellError(error: unknown): number {
  const known = error instanceof Error && 'code' in error && 'problems' in error;
  const message = error instanceof Error ? error.message : String(error);
  if (known) {
    tell({ type: 'error', code: String(error.code), message, chinese: chineseOf(error).chinese });
  } else tell({ type: 'log', text: error instanceof Error ? (error.stack ?? message) : message });
  return 1;
}
