/** The rows of a table that are on the screen: a piece of one kind, and the row that the keyboard is at. */
import { batch, type Signal, signal } from '@preact/signals';
import { getJson } from '../../parts/api.ts';
import type { Row, RowsPiece } from './types.ts';

export const PIECE = 25;

export type Show = 'all' | 'labelled' | 'unlabelled' | 'given' | 'problems' | 'suggested';

/** The row that a piece comes after, or before. */
type Beside = Readonly<Partial<Record<'after' | 'before', number>>>;

export interface RowsShownTools {
  readonly base: string;
  /** Until the labels that are on their way have arrived: a list without them would be out of date. */
  readonly sent: () => Promise<unknown>;
  /** Other rows are on the screen. */
  readonly onShown: () => void;
  /** The keyboard is at another row. */
  readonly onChosen: () => void;
  readonly problem: Signal<unknown>;
}

export function showRows({ base, sent, onShown, onChosen, problem }: RowsShownTools) {
  const rows = signal<readonly Row[]>([]);
  const total = signal(0);
  /** Rows of the kind that come before these. */
  const passed = signal(0);
  const show = signal<Show>('all');
  /** Place of the row that the keyboard is at. */
  const current = signal(0);
  let suggested: readonly number[] = [];
  let reading = 0;

  /** The rows of a kind from the beginning, or the piece after or before a row. */
  async function read(kind = show.value, from: Beside = {}): Promise<void> {
    const number = ++reading;
    try {
      await sent();
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
      onShown();
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

  function choose(place: number): void {
    if (place < 0 || place >= rows.value.length || place === current.value) return;
    current.value = place;
    onChosen();
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

  /** Shows these rows; without any said, the first without a label. */
  function suggest(numbers: readonly number[] | null): Promise<void> {
    if (numbers === null) return read('unlabelled');
    suggested = numbers;
    return read('suggested');
  }

  /** Shows a row in place of that of its number, where it is still on the screen. */
  function replace(row: Row): void {
    rows.value = rows.value.map((one) => (one.row === row.row ? row : one));
  }

  return { rows, total, passed, show, current, read, turn, choose, move, suggest, replace };
}

export type RowsShown = ReturnType<typeof showRows>;
