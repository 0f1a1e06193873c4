/** What a program of this server tells the queue that started it. */
import { reasonOf } from '@quaestor/peft';
import { diskFull } from '../disk-full.ts';
import { chineseOf } from '../problem-words/chinese-of.ts';

/** One record, as `worker-log.ts` reads them. */
export function tell(record: { readonly type: string; readonly [field: string]: unknown }): void {
  process.stderr.write(`${JSON.stringify(record)}\n`);
}

/** Tells an error; those of a package are for people, others are for the log. @returns the exit code */
export function tellError(thrown: unknown): number {
  const error = diskFull(thrown) ?? thrown;
  const known = error instanceof Error && 'code' in error && 'problems' in error;
  const { en: message, zh } = reasonOf(error);
  if (known) {
    tell({ type: 'error', code: String(error.code), message, chinese: chineseOf(error).chinese });
  } else {
    const en = error instanceof Error ? (error.stack ?? message) : message;
    tell({ type: 'log', text: { en, zh: en.replace(message, () => zh) } });
  }
  return 1;
}
