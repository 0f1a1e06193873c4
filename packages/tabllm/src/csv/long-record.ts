/**
 * A record that is too long to be tried again and again: read once, as it comes, and of each cell
 * only so much is kept that one can see that it is too long.
 */
import type { CsvDialect } from './dialect.ts';

export class LongRecord {
  readonly #delimiter: string;
  readonly #quote: string;
  readonly #most: number;
  readonly #cells: string[] = [];
  #parts: string[] = [];
  #kept = 0;
  #quoted = false;
  #atStart = true;
  /** What is understood only with what follows. */
  #held = '';
  #badQuotes = false;
  /** Characters so far. */
  length = 0;

  /** @param most characters of a cell that are kept */
  constructor({ delimiter, quote }: CsvDialect, most: number) {
    this.#delimiter = delimiter;
    this.#quote = quote;
    this.#most = most;
  }

  get cells(): readonly string[] {
    return this.#cells;
  }

  get badQuotes(): boolean {
    return this.#badQuotes;
  }

  /** @returns what follows the record; null while it goes on */
  read(piece: string): string | null {
    const text = this.#held + piece;
    this.#held = '';
    let at = 0;
    while (at < text.length) {
      const end = this.#readCell(text, at);
      if (end === null) break;
      this.#endCell();
      at = end + 1;
      if (text[end] === '\n') {
        this.length += at;
        return text.slice(at);
      }
    }
    this.length += text.length - this.#held.length;
    return null;
  }

  /** What the file ends with. @returns whether the record is whole: not within quotes */
  end(): boolean {
    const closed = !this.#quoted || this.#held !== '';
    this.#endCell();
    return closed;
  }

  /** @returns where the sign that ends the cell stands; null if it is not in the text */
  #readCell(text: string, from: number): number | null {
    let at = from;
    if (this.#atStart) {
      this.#quoted = text.startsWith(this.#quote, at);
      if (this.#quoted) at++;
      this.#atStart = false;
    }
    if (!this.#quoted) {
      const end = this.#endOfPlain(text, at);
      this.#keep(text, at, end ?? text.length);
      return end;
    }
    for (;;) {
      const quote = text.indexOf(this.#quote, at);
      this.#keep(text, at, quote < 0 ? text.length : quote);
      if (quote < 0) return null;
      let after = quote + 1;
      while (text[after] === ' ') after++;
      if (after === text.length) {
        this.#held = text.slice(quote);
        return null;
      }
      if (text[after] === this.#delimiter || text[after] === '\n') return after;
      const doubled = text[quote + 1] === this.#quote;
      if (!doubled) this.#badQuotes = true;
      this.#keep(this.#quote, 0, 1);
      at = quote + (doubled ? 2 : 1);
    }
  }

  #endOfPlain(text: string, from: number): number | null {
    const line = text.indexOf('\n', from);
    const cell = text.indexOf(this.#delimiter, from);
    if (line < 0 || cell < 0) return line < 0 && cell < 0 ? null : Math.max(line, cell);
    return Math.min(line, cell);
  }

  #keep(text: string, from: number, to: number): void {
    const end = Math.min(to, from + this.#most - this.#kept);
    if (end <= from) return;
    this.#parts.push(text.slice(from, end));
    this.#kept += end - from;
  }

  #endCell(): void {
    this.#cells.push(this.#parts.join(''));
    this.#parts = [];
    this.#kept = 0;
    this.#quoted = false;
    this.#atStart = true;
  }
}
