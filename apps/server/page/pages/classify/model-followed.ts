/**
 * The model that follows the labels of a table: it learns again when nobody has labelled for a moment, and is
 * asked of the rows that are on the screen.
 */
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { getJson } from '../../parts/api.ts';
import { isAbort } from '../../parts/problem.ts';
import type { RowsShown } from './rows-shown.ts';
import type { Fit, LabelledTable, Opinion } from './types.ts';

/** Quiet time after a label before the model learns again. */
const PAUSE_MS = 500;

export interface ModelFollowedTools {
  readonly base: string;
  readonly table: ReadonlySignal<LabelledTable>;
  readonly shown: () => Pick<RowsShown, 'rows' | 'current'>;
  /** Until the labels that are on their way have arrived: a model of others would be out of date at once. */
  readonly sent: () => Promise<unknown>;
}

export function followModel({ base, table, shown, sent }: ModelFollowedTools) {
  const fit = signal<Fit | null>(null);
  const learning = signal(false);
  const opinions = signal<ReadonlyMap<number, Opinion>>(new Map());
  const why = signal<Opinion | null>(null);
  const fitProblem = signal<unknown>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let fitting = new AbortController();
  let looking = new AbortController();
  let reasoning = new AbortController();

  /** Whether labels suffice for a model. */
  const canLearn = () => {
    const { settings, counts, labelled } = table.value;
    if (settings === null) return false;
    if (settings.kind === 'quantity') return labelled >= 2;
    return counts.filter(({ count }) => count > 0).length >= 2;
  };

  /** Whether there can be a model at all; without labels a language model makes the guesses. */
  const canGuess = () => canLearn() || table.value.needs_no_labels;

  /** Until it has learned again, nothing is known. */
  function forget(): void {
    batch(() => {
      fit.value = null;
      opinions.value = new Map();
      why.value = null;
    });
  }

  /** Learns after a pause; what is still being learned from older labels is not waited for. */
  function learnSoon(): void {
    clearTimeout(timer);
    fitting.abort();
    if (canGuess()) {
      learning.value = true;
      timer = setTimeout(() => void learn(), PAUSE_MS);
      return;
    }
    batch(() => {
      forget();
      learning.value = false;
    });
  }

  async function learn(): Promise<void> {
    fitting = new AbortController();
    const { signal: stop } = fitting;
    try {
      await sent();
      const learned = await getJson<Fit>(`${base}/fit`, { signal: stop });
      if (stop.aborted) return;
      batch(() => {
        fit.value = learned;
        fitProblem.value = null;
        learning.value = false;
      });
      await ask();
    } catch (error) {
      if (isAbort(error) || stop.aborted) return;
      batch(() => {
        // Where labels are needed after all, they are asked for.
        if (!canLearn()) fit.value = null;
        fitProblem.value = canLearn() ? error : null;
        learning.value = false;
      });
    }
  }

  /** Says what the model thinks of the rows that are shown. */
  async function ask(): Promise<void> {
    looking.abort();
    looking = new AbortController();
    const { signal: stop } = looking;
    const rows = shown().rows.value;
    // What is being learned is asked when it is there.
    if (fit.value === null || learning.value || rows.length === 0) return;
    const said = await opinionsOf(rows.map(({ row }) => row).join(','), stop);
    if (said === null) return;
    opinions.value = new Map(said.map((opinion) => [opinion.row, opinion]));
    void explain();
  }

  /** Why the row that the keyboard is at gets its label. */
  async function explain(): Promise<void> {
    reasoning.abort();
    reasoning = new AbortController();
    const { rows, current } = shown();
    const row = rows.value[current.value]?.row;
    if (fit.value === null || learning.value || row === undefined) {
      why.value = null;
      return;
    }
    const said = await opinionsOf(`${row}&reasons=true`, reasoning.signal);
    if (said !== null) why.value = said[0] ?? null;
  }

  /** null: they are no longer wanted, or there is a problem. */
  async function opinionsOf(query: string, stop: AbortSignal): Promise<readonly Opinion[] | null> {
    try {
      const path = `${base}/opinions?rows=${query}`;
      const { data } = await getJson<{ data: readonly Opinion[] }>(path, { signal: stop });
      return stop.aborted ? null : data;
    } catch (error) {
      if (!isAbort(error)) fitProblem.value = error;
      return null;
    }
  }

  function close(): void {
    clearTimeout(timer);
    for (const one of [fitting, looking, reasoning]) one.abort();
  }

  return {
    ...{ fit, learning, opinions, why, fitProblem },
    ...{ canLearn, forget, learnSoon, ask, explain, close },
  };
}
