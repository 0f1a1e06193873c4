/**
 * What the language model says of the columns of tables that are being labelled: asked once for the same
 * target, classes and columns, and kept. Labels are learned from without it where it cannot be asked, and
 * until it has answered.
 */
import { setTimeout } from 'node:timers/promises';
import { type AnsweredColumns, askForLabel, MOST_CLASSES_ASKED } from '@quaestor/tabllm';
import { isUnexpected } from '../http-error.ts';
import type { Reasons, ReasonsRequest } from '../language/language-service.ts';
import type { LabellingStore, StoredSettings } from './labelling-store.ts';
import type { LearningProcess } from './learning-process.ts';

/** A language model that columns are asked of. */
export interface ColumnReader {
  /** Whether it can be asked now. */
  readonly ready: boolean;
  reasons(request: ReasonsRequest, signal: AbortSignal): Promise<Reasons>;
}

export interface ColumnOpinionsOptions {
  readonly store: LabellingStore;
  readonly learning: Pick<LearningProcess, 'call'>;
  /** Told of what is no fault of a table or of a busy model. */
  readonly report: (error: unknown) => void;
  /** Milliseconds that those wait who can do without. */
  readonly patience?: number;
}

/** One table that it is asked about. */
interface Asking {
  readonly settings: StoredSettings;
  readonly leave: AbortController;
  readonly answers: Promise<AnsweredColumns | null>;
  /** The same, or null when patience ends first. */
  readonly soon: Promise<AnsweredColumns | null>;
}

const PATIENCE_MS = 15_000;
/** Where it did not answer for another reason than these, it is not asked again. */
const PASSING: ReadonlySet<string> = new Set(['model-loading', 'too-busy']);

/** Whether a language model is asked about a labelling at all. */
export function isAskedAbout({ kind, classes }: Pick<StoredSettings, 'kind' | 'classes'>): boolean {
  return kind === 'classes' && classes.length <= MOST_CLASSES_ASKED;
}

/** Whether a model that did not answer may do so the next time. */
export function isPassing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && PASSING.has(String(error.code));
}

export class ColumnOpinions {
  readonly #options: ColumnOpinionsOptions;
  readonly #asking = new Map<string, Asking>();
  #reader: ColumnReader | undefined;

  constructor(options: ColumnOpinionsOptions) {
    this.#options = options;
  }

  /** From now on it is this one that is asked. */
  consult(reader: ColumnReader): void {
    this.#reader = reader;
  }

  /** What was said of a labelling under these settings; null: nothing yet. */
  kept(id: string, settings: StoredSettings): AnsweredColumns | null {
    const stored = this.#options.store.answers(id);
    if (stored === undefined) return null;
    const { target, classes } = stored.answers;
    return isSame({ target, classes, features: stored.features }, settings) ? stored.answers : null;
  }

  /** Whether something was said of a labelling, or can be asked for. */
  known(id: string, settings: StoredSettings): boolean {
    if (!isAskedAbout(settings)) return false;
    return this.kept(id, settings) !== null || this.#reader?.ready === true;
  }

  /**
   * What is said of a labelling's columns.
   * @param needed waits for as long as it takes; else some seconds at most
   * @returns null where it is not known; never throws for want of a model
   */
  async of(id: string, settings: StoredSettings, needed: boolean): Promise<AnsweredColumns | null> {
    const kept = this.kept(id, settings);
    if (kept !== null) return kept;
    let asking = this.#asking.get(id);
    if (asking === undefined || !isSame(asking.settings, settings)) {
      this.leave(id);
      if (this.#reader?.ready !== true) return null;
      asking = this.#ask(id, settings, this.#reader);
      this.#asking.set(id, asking);
    }
    return needed ? asking.answers : asking.soon;
  }

  /** No longer waits for what is asked of a labelling. */
  leave(id: string): void {
    this.#asking.get(id)?.leave.abort();
    this.#asking.delete(id);
  }

  close(): void {
    for (const id of [...this.#asking.keys()]) this.leave(id);
  }

  #ask(id: string, settings: StoredSettings, reader: ColumnReader): Asking {
    const { patience = PATIENCE_MS, report } = this.#options;
    const leave = new AbortController();
    const answers = this.#answer(id, settings, reader, leave.signal).catch((error: unknown) => {
      if (leave.signal.aborted) return null;
      if (isPassing(error)) this.#asking.delete(id);
      if (isUnexpected(error)) report(error);
      return null;
    });
    const late = setTimeout(patience, null, { ref: false });
    return { settings, leave, answers, soon: Promise.race([answers, late]) };
  }

  async #answer(
    id: string,
    { target, classes, features }: StoredSettings,
    reader: ColumnReader,
    signal: AbortSignal,
  ): Promise<AnsweredColumns> {
    const { store, learning } = this.#options;
    const asked = { file: store.file(id), features };
    const questions = await learning.call('questions', asked, signal);
    const { question, words } = askForLabel(target, classes);
    const columns = questions.map(({ name, values }) => ({ name, values }));
    const scores = await reader.reasons({ question, words, columns }, signal);
    signal.throwIfAborted();
    const answers = {
      ...{ target, classes, question, words },
      columns: questions.map((one, i) => ({ ...one, scores: scores[i] ?? [] })),
    };
    store.keepAnswers(id, { features, answers });
    return answers;
  }
}

type Asked = Pick<StoredSettings, 'target' | 'classes' | 'features'>;

function isSame(one: Asked, other: Asked): boolean {
  const key = ({ target, classes, features }: Asked) => JSON.stringify([target, classes, features]);
  return key(one) === key(other);
}
