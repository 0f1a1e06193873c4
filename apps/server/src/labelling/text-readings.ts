/**
 * Free text of tables that are being labelled, read by the language model: a piece after the other, so that others
 * have their turn, and known from then on by the process that learns. Labels are learned from without it where it
 * cannot be asked, and until it has read what they need.
 */
import { setTimeout } from 'node:timers/promises';
import { isUnexpected } from '../http-error.ts';
import type { ReadStates, StatesRequest } from '../language/language-service.ts';
import { isPassing } from './column-opinions.ts';
import type { LearningProcess } from './learning-process.ts';

/** A language model that reads texts. */
export interface TextReader {
  /** Whether it can be asked now. */
  readonly ready: boolean;
  states(request: StatesRequest, signal: AbortSignal): Promise<ReadStates>;
}

export interface TextReadingsOptions {
  readonly learning: Pick<LearningProcess, 'call'>;
  /** Told of what is no fault of a table or of a busy model. */
  readonly report: (error: unknown) => void;
  /** Milliseconds that a look at labels waits for it. */
  readonly patience?: number;
}

/** One table whose texts are read. */
interface Reading {
  readonly leave: AbortController;
  /** Texts that are still to be read. */
  readonly rest: Set<string>;
  /** Whether all came to be read. */
  readonly done: Promise<boolean>;
}

/** Cells of free text of a table that has any read: what learns from all of its labels takes some minutes for them. */
export const MOST_CELLS_READ = 10_000;
const PATIENCE_MS = 15_000;
/** Texts of one request: about a second. */
const PIECE = 96;

export class TextReadings {
  readonly #options: TextReadingsOptions;
  readonly #reading = new Map<string, Reading>();
  /** Tables that it failed at for another reason than that it was busy. */
  readonly #failed = new Set<string>();
  #reader: TextReader | undefined;

  constructor(options: TextReadingsOptions) {
    this.#options = options;
  }

  /** Whether texts can be read now. */
  get ready(): boolean {
    return this.#reader?.ready === true;
  }

  /** From now on it is this one that reads. */
  consult(reader: TextReader): void {
    this.#reader = reader;
  }

  /**
   * Has texts of a table read; what takes longer than patience goes on.
   * @returns whether they are known now; never throws for want of a model
   */
  async read(file: string, texts: readonly string[]): Promise<boolean> {
    const { patience = PATIENCE_MS } = this.#options;
    const ongoing = this.#reading.get(file);
    if (ongoing !== undefined) for (const text of texts) ongoing.rest.add(text);
    else if (!this.ready || this.#failed.has(file)) return false;
    const { done } = ongoing ?? this.#begin(file, texts, this.#reader as TextReader);
    return Promise.race([done, setTimeout(patience, false, { ref: false })]);
  }

  /** No longer reads texts of a table. */
  leave(file: string): void {
    this.#reading.get(file)?.leave.abort();
    this.#failed.delete(file);
  }

  close(): void {
    for (const { leave } of this.#reading.values()) leave.abort();
  }

  #begin(file: string, texts: readonly string[], reader: TextReader): Reading {
    const leave = new AbortController();
    const rest = new Set(texts);
    const done = this.#readAll(file, rest, reader, leave.signal)
      .then(() => true)
      .catch((error: unknown) => {
        if (leave.signal.aborted) return false;
        if (!isPassing(error)) this.#failed.add(file);
        if (isUnexpected(error)) this.#options.report(error);
        return false;
      })
      .finally(() => this.#reading.delete(file));
    const reading = { leave, rest, done };
    this.#reading.set(file, reading);
    return reading;
  }

  async #readAll(
    file: string,
    rest: Set<string>,
    reader: TextReader,
    signal: AbortSignal,
  ): Promise<void> {
    while (rest.size > 0) {
      const texts = [...rest].slice(0, PIECE);
      const read = await reader.states({ texts }, signal);
      signal.throwIfAborted();
      await this.#options.learning.call('know', { file, texts, read }, signal);
      for (const text of texts) rest.delete(text);
    }
  }
}
