import { createInterface, type Interface } from 'node:readline';
import type { Terminal } from '../command.ts';
import { MOST_LINES, readHistory, writeHistory } from './history-file.ts';

/** Milliseconds within which a second Ctrl-C on an empty line leaves. */
const LEAVING = 3_000;

export interface InputLinesOptions {
  /** Words that the tab key completes. */
  readonly words: () => readonly string[];
  /** Ctrl-C while something runs. @returns false where nothing runs */
  readonly interrupt: () => boolean;
}

/** Lines typed at a terminal, with a history that outlives the program. */
export class InputLines {
  readonly #interface: Interface;
  readonly #typed: string[] = [];
  #wanted: ((line: string | null) => void) | undefined;
  #closed = false;

  constructor({ stdin, stderr, signal }: Terminal, { words, interrupt }: InputLinesOptions) {
    const lines = createInterface({
      input: stdin,
      // Standard output is for answers alone.
      output: stderr,
      terminal: true,
      history: readHistory(),
      historySize: MOST_LINES,
      removeHistoryDuplicates: true,
      completer: (line: string) => {
        const start = /\S*$/.exec(line)?.[0] ?? '';
        return [words().filter((word) => word.startsWith(start)), start];
      },
    });
    this.#interface = lines;
    lines.on('line', (line) => {
      if (this.#wanted === undefined) this.#typed.push(line);
      else this.#give(line);
    });
    lines.on('history', (history) => writeHistory(history));
    lines.on('close', () => {
      this.#closed = true;
      this.#give(null);
    });
    let asked = Number.NEGATIVE_INFINITY;
    lines.on('SIGINT', () => {
      if (interrupt()) return;
      const empty = lines.line === '';
      if (empty && performance.now() - asked < LEAVING) {
        lines.close();
        return;
      }
      asked = empty ? performance.now() : asked;
      lines.write(null, { ctrl: true, name: 'e' });
      lines.write(null, { ctrl: true, name: 'u' });
      stderr.write(empty ? '\nCtrl-C again, Ctrl-D or :quit leaves.\n' : '\n');
      lines.prompt();
    });
    const close = () => lines.close();
    if (signal.aborted) close();
    signal.addEventListener('abort', close, { once: true });
    lines.once('close', () => signal.removeEventListener('abort', close));
  }

  /** The next line; null when there is no more. */
  next(prompt: string): Promise<string | null> {
    const typed = this.#typed.shift();
    if (typed !== undefined) return Promise.resolve(typed);
    if (this.#closed) return Promise.resolve(null);
    this.#interface.setPrompt(prompt);
    this.#interface.prompt();
    return new Promise((resolve) => {
      this.#wanted = resolve;
    });
  }

  close(): void {
    this.#interface.close();
  }

  #give(line: string | null): void {
    this.#wanted?.(line);
    this.#wanted = undefined;
  }
}
