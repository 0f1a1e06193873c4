/**
 * What trees ask of rows, x ≤ t, and the answers: all trees together ask it of few different t, and each of
 * these questions is answered once for 128 rows, as the bits of four words.
 */
import type { ColumnPair } from './column-pairs.ts';
import type { Matrix } from './matrix.ts';
import { filledOf } from './sparse-products.ts';
import type { TreeNodes } from './tree-nodes.ts';

/** Columns of x, and after them sums and differences of two, that trees ask for. */
export interface AskedColumns {
  /** By column of x its place among them; −1: no tree asks for it. */
  readonly ofColumn: Int32Array;
  /** The first place of a sum or difference. */
  readonly firstPair: number;
  /** Of each of these the two columns, and 1 or −1 that the other is multiplied by. */
  readonly pairs: Int32Array;
  /** The questions: rising thresholds, one column after the other, and where those of each begin; one more at the end. */
  readonly thresholds: Float64Array;
  readonly starts: Int32Array;
  /** The first threshold of each that 0 is not above, which most entries of one-hot rows are. */
  readonly placeOfZero: Int32Array;
}

/** Rows whose answers are the bits of a word: those of numbers end at 32. */
export const WORD = 32;
/** Words of an answer, and rows that are asked together. */
export const WORDS = 4;
export const BLOCK = WORDS * WORD;

/** What several lists of trees ask, by what they ask for. */
export class Questions {
  readonly #width: number;
  /** Of columns, and of sums and differences: the thresholds by key. */
  readonly #columns = new Map<number, Set<number>>();
  readonly #pairs = new Map<number, Set<number>>();

  constructor(width: number) {
    this.#width = width;
  }

  add({ feature, threshold }: TreeNodes, pairs: readonly ColumnPair[]): void {
    for (let node = 0; node < feature.length; node++) {
      if ((feature[node] as number) < 0) continue;
      const key = this.keyOf(feature[node] as number, pairs);
      const known = key < this.#width ? this.#columns : this.#pairs;
      const thresholds = known.get(key) ?? new Set();
      known.set(key, thresholds.add(threshold[node] as number));
    }
  }

  /** A column, or a number for the difference or sum of two, whatever pairs stand beside. */
  keyOf(feature: number, pairs: readonly ColumnPair[]): number {
    if (feature < this.#width) return feature;
    const place = feature - this.#width;
    const [first, second] = pairs[place >> 1] as ColumnPair;
    return 2 * ((first + 1) * this.#width + second) + (place % 2);
  }

  inOrder(): { readonly asked: AskedColumns; readonly places: ReadonlyMap<number, number> } {
    const all = [...this.#columns, ...this.#pairs];
    const places = new Map(all.map(([key], place) => [key, place]));
    const lists = all.map(([, thresholds]) => Float64Array.from(thresholds).sort());
    const starts = Int32Array.of(0, ...lists.map(({ length }) => length));
    for (let c = 1; c < starts.length; c++)
      starts[c] = (starts[c] as number) + (starts[c - 1] as number);
    const thresholds = new Float64Array(starts.at(-1) as number);
    for (const [c, list] of lists.entries()) thresholds.set(list, starts[c]);
    const placeOfZero = Int32Array.from(lists, (_, c) =>
      placeAmong(thresholds, starts[c] as number, starts[c + 1] as number, 0),
    );
    const asked: AskedColumns = {
      ofColumn: Int32Array.from({ length: this.#width }, (_, j) => places.get(j) ?? -1),
      firstPair: this.#columns.size,
      pairs: Int32Array.from([...this.#pairs.keys()].flatMap((key) => this.#pairOf(key))),
      ...{ thresholds, starts, placeOfZero },
    };
    return { asked, places };
  }

  /** The columns of a key, and what the second is multiplied by. */
  #pairOf(key: number): [number, number, number] {
    const both = key >> 1;
    const first = Math.floor(both / this.#width) - 1;
    return [first, both % this.#width, key % 2 === 0 ? -1 : 1];
  }
}

/** To each question x ≤ t the rows that say yes. @param answers [questions, words] */
export function answer(
  asked: AskedColumns,
  x: Matrix,
  from: number,
  rows: number,
  answers: Int32Array,
): void {
  const { ofColumn, firstPair, pairs, starts, placeOfZero } = asked;
  const filled = filledOf(x);
  answers.fill(0);
  // Most entries of one-hot rows are 0: all rows are taken for such, and those that are not are moved.
  for (let word = 0; word < WORDS; word++) {
    const all = firstBits(rows - word * WORD);
    for (let c = 0; c < placeOfZero.length; c++) {
      const zero = placeOfZero[c] as number;
      if (zero < (starts[c + 1] as number)) answers[WORDS * zero + word] = all;
    }
  }
  for (let i = 0; i < rows; i++) {
    const row = from + i;
    const last = filled.starts[row + 1] as number;
    for (let e = filled.starts[row] as number; e < last; e++) {
      const c = ofColumn[filled.places[e] as number] as number;
      if (c >= 0) move(asked, c, filled.values[e] as number, i, answers);
    }
    const start = row * x.columns;
    for (let c = firstPair, p = 0; p < pairs.length; c++, p += 3) {
      const first = x.values[start + (pairs[p] as number)] as number;
      const second = x.values[start + (pairs[p + 1] as number)] as number;
      const value = first + (pairs[p + 2] as number) * second;
      if (value !== 0) move(asked, c, value, i, answers);
    }
  }
  // Who is not above a threshold is not above those that follow.
  for (let c = 0; c < placeOfZero.length; c++) {
    const end = WORDS * (starts[c + 1] as number);
    for (let word = WORDS * ((starts[c] as number) + 1); word < end; word++) {
      answers[word] = (answers[word] as number) | (answers[word - WORDS] as number);
    }
  }
}

/** A row's answers to what is asked of column c, whose entry is not 0. */
function move(
  { thresholds, starts, placeOfZero }: AskedColumns,
  c: number,
  value: number,
  row: number,
  answers: Int32Array,
): void {
  const end = starts[c + 1] as number;
  const zero = placeOfZero[c] as number;
  const place = placeAmong(thresholds, starts[c] as number, end, value);
  if (place === zero) return;
  const bit = 1 << row;
  if (zero < end) {
    const word = WORDS * zero + (row >> 5);
    answers[word] = (answers[word] as number) & ~bit;
  }
  if (place < end) {
    const word = WORDS * place + (row >> 5);
    answers[word] = (answers[word] as number) | bit;
  }
}

/** The first of the thresholds from `start` to `end` that a value is not above; `end` where it is above all. */
export function placeAmong(
  thresholds: Float64Array,
  start: number,
  end: number,
  value: number,
): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (thresholds[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function firstBits(count: number): number {
  if (count >= WORD) return -1;
  return count <= 0 ? 0 : (1 << count) - 1;
}
