/** Long work that rests between its parts, so that a signal can be heard; its numbers are those of all at once. */
import { setImmediate } from 'node:timers/promises';
import type { Translated } from '@quaestor/peft';
import { TabLlmError } from '../errors.ts';

/** How much of the work is done, 0 … 1; null: nobody knows. */
export type InParts<Result> = Generator<number | null, Result, void>;

export interface RestOptions {
  readonly signal: AbortSignal | undefined;
  /** What is said of a stop. */
  readonly stopped: Translated;
  /** Told between two parts. */
  readonly onPart?: (done: number | null) => void;
}

/** Said of a stop before anything was predicted. */
export const LEARNING_STOPPED: Translated = {
  en: 'Learning was stopped: this run has predicted nothing yet.',
  zh: '已停止学习：本次运行尚未预测任何行。',
};

/** Without a rest. */
export function atOnce<Result>(work: InParts<Result>): Result {
  for (;;) {
    const part = work.next();
    if (part.done) return part.value;
  }
}

/** @throws TabLlmError 'aborted' between two parts, once the signal has fired */
export async function withRests<Result>(
  work: InParts<Result>,
  { signal, stopped, onPart }: RestOptions,
): Promise<Result> {
  for (;;) {
    const part = work.next();
    if (part.done) return part.value;
    onPart?.(part.value);
    // Signals of the operating system come in with the next turn of the event loop.
    if (signal) await setImmediate();
    if (signal?.aborted) throw new TabLlmError('aborted', stopped);
  }
}
