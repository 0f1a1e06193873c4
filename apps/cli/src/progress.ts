import { type Text, textIn } from '@quaestor/peft';
import type { Terminal } from './command.ts';
import { cutToWidth } from './display-width.ts';
import { printableLine, printableText } from './printable.ts';

/** Milliseconds between two lines of progress where lines cannot be overwritten. */
const LINE_INTERVAL = 10_000;

/** Milliseconds between two passing states that a program is told. */
const RECORD_INTERVAL = 500;

/** Whether a program is listening: `QUAESTOR_PROGRESS=json` makes standard error a list of JSON lines. */
export function tellsRecords({ env }: Terminal): boolean {
  return env.QUAESTOR_PROGRESS === 'json';
}

/**
 * Progress on standard error. On a terminal the current line is rewritten; in a log file a line
 * appears at most every ten seconds; a program gets `{ type: 'progress' | 'log' | … }`, one a line,
 * with texts in every language that they have been said in. People read English.
 */
export class Progress {
  readonly #stream: Terminal['stderr'];
  readonly #records: boolean;
  #open = false;
  #last = 0;

  constructor(terminal: Terminal) {
    this.#stream = terminal.stderr;
    this.#records = tellsRecords(terminal);
  }

  /** A passing state: replaces the one before. `fraction` (0…1) draws a bar. */
  update(said: Text, fraction?: number): void {
    const now = performance.now();
    if (this.#records) {
      if (now - this.#last < RECORD_INTERVAL) return;
      this.record({ type: 'progress', text: said, fraction: fraction ?? null });
      this.#last = now;
      return;
    }
    const plain = printableLine(textIn(said, 'en'));
    const shown = fraction === undefined ? plain : `${bar(fraction)} ${plain}`;
    if (this.#stream.isTTY) {
      if (now - this.#last < 50) return;
      const columns = this.#stream.columns ?? 80;
      this.#stream.write(`\r\x1b[2K${cutToWidth(shown, columns - 1)}`);
      this.#open = true;
      this.#last = now;
    } else if (now - this.#last >= LINE_INTERVAL) {
      if (this.#last > 0) this.#stream.write(`${shown}\n`);
      this.#last = now;
    }
  }

  /** A line that stays. */
  line(said: Text): void {
    if (this.#records) {
      this.record({ type: 'log', text: said });
      return;
    }
    this.clear();
    this.#stream.write(`${printableText(textIn(said, 'en'))}\n`);
    this.#last = performance.now();
  }

  /** For a program only: figures that people see as a line or not at all. */
  record<Values extends { readonly type: string }>(values: Values): void {
    if (this.#records) this.#stream.write(`${JSON.stringify(values)}\n`);
  }

  /** Removes the passing state. */
  clear(): void {
    if (this.#open) this.#stream.write('\r\x1b[2K');
    this.#open = false;
  }
}

function bar(fraction: number): string {
  const width = 24;
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  const percent = `${Math.round(Math.min(1, fraction) * 100)}%`.padStart(4);
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)}${percent}`;
}
