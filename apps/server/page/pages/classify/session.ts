/**
 * One table being labelled: its rows, the labels, and the model that follows them. Labels show at
 * once and are sent one after the other; the model learns again when nobody has labelled for a moment.
 */
import { batch, signal } from '@preact/signals';
import { getJson, sendJson } from '../../parts/api.ts';
import { isAbort, toProblem } from '../../parts/problem.ts';
import type { Fit, LabelledTable, Opinion, Row, RowsPiece } from './types.ts';

export const PIECE = 25;
/** Quiet time after a label before the model learns again. */
const PAUSE_MS = 500;

export type Show = 'all' | 'labelled' | 'unlabelled' | 'given' | 'problems' | 'suggested';

/** The row that a piece comes after, or before. */
type Beside = Readonly<Partial<Record<'after' | 'before', number>>>;

export type Session = ReturnType<typeof openSession>;

export function openSession(first: LabelledTable) {
  const base = `/api/labellings/${first.id}`;
  const table = signal(first);
  const rows = signal<readonly Row[]>([]);
  const total = signal(0);
  /** Rows of the kind that come before these. */
  const passed = signal(0);
  const show = signal<Show>('all');
  /** Place of the row that the keyboard is at. */
  const current = signal(0);
  const fit = signal<Fit | null>(null);
  const learning = signal(false);
  const opinions = signal<ReadonlyMap<number, Opinion>>(new Map());
  const why = signal<Opinion | null>(null);
  const problem = signal<unknown>(null);
  const fitProblem = signal<unknown>(null);

  let suggested: readonly number[] = [];
  let sending: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let reading = 0;
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

  /** The rows of a kind from the beginning, or the piece after or before a row. */
  async function read(kind = show.value, from: Beside = {}): Promise<void> {
    const number = ++reading;
    try {
      // What is on its way would be missing.
      await sending;
      const piece = await pieceOf(kind, from);
      if (number !== reading) return;
      batch(() => {
        rows.value = piece.data;
        total.value = piece.total;
        passed.value = piece.passed;
        show.value = kind;
        current.value = 0;
        problem.value = null;
      });
      void ask();
    } catch (error) {
      problem.value = error;
    }
  }

  async function pieceOf(kind: Show, from: Beside): Promise<RowsPiece> {
    const get = (query: string) => getJson<RowsPiece>(`${base}/rows?${query}`);
    if (kind === 'suggested') {
      if (suggested.length === 0) return { data: [], total: 0, passed: 0 };
      return get(`rows=${suggested.join(',')}`);
    }
    const whole = `show=${kind}&limit=${PIECE}`;
    const beside = Object.entries(from).map(([side, row]) => `&${side}=${row}`);
    const piece = await get(`${whole}${beside.join('')}`);
    // On that side none are left, as rows have been labelled.
    return piece.data.length === 0 && piece.total > 0 ? get(whole) : piece;
  }

  /** The piece after this one, or before it. */
  function turn(side: 'after' | 'before'): Promise<void> {
    const row = rows.value.at(side === 'after' ? -1 : 0)?.row;
    return read(show.value, row === undefined ? {} : { [side]: row });
  }

  /** Learns after a pause; what is still being learned from older labels is not waited for. */
  function learnSoon(): void {
    clearTimeout(timer);
    fitting.abort();
    if (!canGuess()) {
      batch(() => {
        fit.value = null;
        opinions.value = new Map();
        why.value = null;
        learning.value = false;
      });
      return;
    }
    learning.value = true;
    timer = setTimeout(() => void learn(), PAUSE_MS);
  }

  async function learn(): Promise<void> {
    fitting = new AbortController();
    const { signal: stop } = fitting;
    try {
      // A model of labels that are on their way would be out of date at once.
      await sending;
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

  /** What the model says of the rows that are shown. */
  async function ask(): Promise<void> {
    looking.abort();
    looking = new AbortController();
    const { signal: stop } = looking;
    // What is being learned is asked when it is there.
    if (fit.value === null || learning.value || rows.value.length === 0) return;
    const wanted = rows.value.map(({ row }) => row).join(',');
    try {
      const path = `${base}/opinions?rows=${wanted}`;
      const { data } = await getJson<{ data: readonly Opinion[] }>(path, { signal: stop });
      if (stop.aborted) return;
      opinions.value = new Map(data.map((opinion) => [opinion.row, opinion]));
      void explain();
    } catch (error) {
      if (!isAbort(error)) fitProblem.value = error;
    }
  }

  /** Why the row that the keyboard is at gets its label. */
  async function explain(): Promise<void> {
    reasoning.abort();
    reasoning = new AbortController();
    const { signal: stop } = reasoning;
    const row = rows.value[current.value]?.row;
    if (fit.value === null || learning.value || row === undefined) {
      why.value = null;
      return;
    }
    try {
      const path = `${base}/opinions?rows=${row}&reasons=true`;
      const { data } = await getJson<{ data: readonly Opinion[] }>(path, { signal: stop });
      if (!stop.aborted) why.value = data[0] ?? null;
    } catch (error) {
      if (!isAbort(error)) fitProblem.value = error;
    }
  }

  function choose(place: number): void {
    if (place < 0 || place >= rows.value.length || place === current.value) return;
    current.value = place;
    void explain();
  }

  /** Labels the row at a place of the list; null takes the label back. */
  function label(place: number, value: string | null): void {
    const row = rows.value[place];
    if (row === undefined || row.given === value) return;
    rows.value = rows.value.with(place, { ...row, given: value });
    waiting++;
    learning.value = true;
    const target = table.value.settings?.target;
    const body = { target, labels: [{ row: row.row, label: value }] };
    sending = sending
      .then(() => sendJson<LabelledTable>('POST', `${base}/labels`, body))
      .then(
        (after) => {
          waiting--;
          table.value = after;
          if (after.settings?.kind === 'quantity') void showGiven(row.row);
          // Of several labels in a row, the last one counts.
          if (waiting === 0) learnSoon();
        },
        (error: unknown) => {
          waiting--;
          problem.value = error;
          if (target === table.value.settings?.target) {
            rows.value = rows.value.map((one) => (one.row === row.row ? row : one));
          }
          if (waiting === 0) learnSoon();
          void follow(error).catch(() => {});
        },
      );
  }

  /** A quantity is kept as its column writes it. */
  async function showGiven(row: number): Promise<void> {
    try {
      const { data } = await getJson<RowsPiece>(`${base}/rows?rows=${row}`);
      const [kept] = data;
      if (kept) rows.value = rows.value.map((one) => (one.row === row ? kept : one));
    } catch (error) {
      problem.value = error;
    }
  }

  /** Shows the table anew, and why, where another target has been chosen elsewhere. @returns whether it has */
  async function follow(refusal: unknown): Promise<boolean> {
    if (toProblem(refusal).status !== 409) return false;
    const now = await getJson<LabelledTable>(base);
    if (now.settings?.target === table.value.settings?.target) return false;
    await settle(now);
    problem.value = refusal;
    return true;
  }

  /** Moves by rows; past the end of the list, to the next piece. */
  async function move(by: number): Promise<void> {
    const place = current.value + by;
    if (place >= 0 && place < rows.value.length) {
      choose(place);
      return;
    }
    if (show.value === 'suggested') return;
    if (place < 0 && passed.value > 0) {
      await turn('before');
      choose(rows.value.length - 1);
    } else if (place > 0 && passed.value + rows.value.length < total.value) {
      await turn('after');
    }
  }

  /** Shows the rows that the model is least sure of; before there is a model, the first without a label. */
  async function suggest(): Promise<void> {
    if (fit.value === null) {
      await read('unlabelled');
      return;
    }
    suggested = fit.value.suggestions.map(({ row }) => row);
    await read('suggested');
  }

  function settle(next: LabelledTable): Promise<void> {
    batch(() => {
      table.value = next;
      fit.value = null;
      opinions.value = new Map();
      why.value = null;
    });
    learnSoon();
    return read('all');
  }

  function close(): void {
    clearTimeout(timer);
    for (const one of [fitting, looking, reasoning]) one.abort();
  }

  void read();
  learnSoon();
  return {
    ...{ base, table, rows, total, passed, show, current, fit, learning, opinions, why },
    ...{
      problem,
      fitProblem,
      read,
      turn,
      choose,
      label,
      move,
      suggest,
      settle,
      follow,
      canLearn,
      close,
    },
    retry: learnSoon,
  };
}
