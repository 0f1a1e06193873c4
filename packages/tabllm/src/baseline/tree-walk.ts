/**
 * Rows through trees, fast. A tree only asks whether x ≤ t, and all trees together ask it of few different t:
 * each of these questions is answered once for 64 rows, as the bits of two words. Then the rows fall
 * through a tree together: of those that reach a node, `rows & answer` go left and the others right.
 */
import type { ColumnPair } from './column-pairs.ts';
import type { Matrix } from './matrix.ts';
import type { TreeNodes } from './tree-nodes.ts';

interface Walk {
  readonly outputs: number;
  readonly asked: AskedColumns;
  /**
   * By inner node three numbers: where the answers to its question stand, its left node and its right
   * one. A node is where its numbers stand; a leaf is the complement of where its entries stand.
   */
  readonly nodes: Int32Array;
  readonly roots: Int32Array;
  readonly leaves: Float32Array;
  /** Nodes that wait while rows fall on one side, each with its rows; room for the deepest tree. */
  readonly waiting: Int32Array;
}

/** Columns of x, and sums and differences of two, that trees ask for. */
interface AskedColumns {
  /** Of each the column, and what the other of a pair counts: its column times 1 or −1, or 0. */
  readonly columns: Int32Array;
  readonly others: Int32Array;
  readonly signs: Int8Array;
  /** The questions: rising thresholds, one column after the other, and where those of each begin; one more at the end. */
  readonly thresholds: Float64Array;
  readonly starts: Int32Array;
  /** The first threshold of each that 0 is not above, which most entries of one-hot rows are. */
  readonly placeOfZero: Int32Array;
}

const STRIDE = 3;
/** Rows that fall together, in two words: bits of numbers end at 32. */
const BLOCK = 64;
const WORD = 32;

/** Walks last as long as their trees. */
const walks = new WeakMap<TreeNodes, Walk>();

/**
 * Σ over the trees of what each row's leaf holds: [rows, outputs].
 * @param pairs whose sums and differences the trees ask for, too, as `withPairs` puts them beside x
 */
export function sumOfLeaves(
  nodes: TreeNodes,
  x: Matrix,
  pairs: readonly ColumnPair[] = [],
): Float64Array {
  const walk = walks.get(nodes) ?? prepare(nodes, x.columns, pairs);
  walks.set(nodes, walk);
  const { asked, outputs, roots } = walk;
  const result = new Float64Array(x.rows * outputs);
  const answers = new Int32Array(2 * asked.thresholds.length);
  for (let from = 0; from < x.rows; from += BLOCK) {
    const rows = Math.min(BLOCK, x.rows - from);
    answer(asked, x, from, rows, answers);
    const [low, high] = [firstBits(rows), firstBits(rows - WORD)];
    for (const root of roots) fall(walk, root, answers, low, high, result, from * outputs);
  }
  return result;
}

/** To each question x ≤ t the rows that say yes. */
function answer(
  { columns, others, signs, thresholds, starts, placeOfZero }: AskedColumns,
  { columns: stride, values }: Matrix,
  from: number,
  rows: number,
  answers: Int32Array,
): void {
  answers.fill(0);
  // Most entries of one-hot rows are 0: all rows are taken for such, and those that are not are moved.
  const [low, high] = [firstBits(rows), firstBits(rows - WORD)];
  for (let c = 0; c < columns.length; c++) {
    const zero = placeOfZero[c] as number;
    if (zero === starts[c + 1]) continue;
    answers[2 * zero] = low;
    answers[2 * zero + 1] = high;
  }
  for (let i = 0; i < rows; i++) {
    const start = (from + i) * stride;
    const bit = 1 << i;
    for (let c = 0; c < columns.length; c++) {
      const own = values[start + (columns[c] as number)] as number;
      const sign = signs[c] as number;
      const value =
        sign === 0 ? own : own + sign * (values[start + (others[c] as number)] as number);
      if (value === 0) continue;
      const end = starts[c + 1] as number;
      const zero = placeOfZero[c] as number;
      const place = placeAmong(thresholds, starts[c] as number, end, value);
      if (place === zero) continue;
      if (zero < end) {
        const word = 2 * zero + (i >> 5);
        answers[word] = (answers[word] as number) & ~bit;
      }
      if (place < end) {
        const word = 2 * place + (i >> 5);
        answers[word] = (answers[word] as number) | bit;
      }
    }
  }
  // Who is not above a threshold is not above those that follow.
  for (let c = 0; c < columns.length; c++) {
    const end = 2 * (starts[c + 1] as number);
    for (let word = 2 * (starts[c] as number) + 2; word < end; word++) {
      answers[word] = (answers[word] as number) | (answers[word - 2] as number);
    }
  }
}

/** The first of the thresholds from `start` to `end` that a value is not above; `end` where it is above all. */
function placeAmong(thresholds: Float64Array, start: number, end: number, value: number): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (thresholds[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function firstBits(count: number): number {
  if (count >= WORD) return -1;
  return count <= 0 ? 0 : (1 << count) - 1;
}

/** Adds to the sums of these rows, which begin at `start`, the entries of their leaves of a tree. */
function fall(
  { nodes, outputs, leaves, waiting }: Walk,
  root: number,
  answers: Int32Array,
  allLow: number,
  allHigh: number,
  sums: Float64Array,
  start: number,
): void {
  let [node, low, high, depth] = [root, allLow, allHigh, 0];
  for (;;) {
    while (node >= 0) {
      const answer = nodes[node] as number;
      const leftLow = low & (answers[answer] as number);
      const leftHigh = high & (answers[answer + 1] as number);
      const rightLow = low ^ leftLow;
      const rightHigh = high ^ leftHigh;
      if ((leftLow | leftHigh) === 0) node = nodes[node + 2] as number;
      else if ((rightLow | rightHigh) === 0) node = nodes[node + 1] as number;
      else {
        waiting[depth] = nodes[node + 2] as number;
        waiting[depth + 1] = rightLow;
        waiting[depth + 2] = rightHigh;
        depth += STRIDE;
        low = leftLow;
        high = leftHigh;
        node = nodes[node + 1] as number;
      }
    }
    addEntries(leaves, ~node, outputs, low, sums, start);
    addEntries(leaves, ~node, outputs, high, sums, start + WORD * outputs);
    if (depth === 0) return;
    depth -= STRIDE;
    node = waiting[depth] as number;
    low = waiting[depth + 1] as number;
    high = waiting[depth + 2] as number;
  }
}

/** A leaf's entries, to the sums of the rows of a word. */
function addEntries(
  leaves: Float32Array,
  leaf: number,
  outputs: number,
  rows: number,
  sums: Float64Array,
  start: number,
): void {
  for (let rest = rows; rest !== 0; rest &= rest - 1) {
    const row = 31 - Math.clz32(rest & -rest);
    for (let k = 0, into = start + row * outputs; k < outputs; k++, into++) {
      sums[into] = (sums[into] as number) + (leaves[leaf + k] as number);
    }
  }
}

function prepare(trees: TreeNodes, width: number, pairs: readonly ColumnPair[]): Walk {
  const { outputs, roots, feature, threshold, left, right, leaves } = trees;
  const { features, asked } = askedColumns(trees, width, pairs);
  const placeOf = new Map(Array.from(features, (column, place) => [column, place]));
  // Of each node: where it stands among inner nodes, or the complement of where its entries stand.
  let inner = 0;
  const stands = feature.map((column, node) =>
    column < 0 ? ~(left[node] as number) : STRIDE * inner++,
  );
  const nodes = new Int32Array(STRIDE * inner);
  for (let node = 0, at = 0; node < feature.length; node++) {
    const place = placeOf.get(feature[node] as number);
    if (place === undefined) continue;
    const [start, end] = [asked.starts[place] as number, asked.starts[place + 1] as number];
    nodes[at++] = 2 * placeAmong(asked.thresholds, start, end, threshold[node] as number);
    nodes[at++] = stands[left[node] as number] as number;
    nodes[at++] = stands[right[node] as number] as number;
  }
  const waiting = new Int32Array(STRIDE * inner);
  return {
    ...{ outputs, asked, nodes, leaves, waiting },
    roots: roots.map((root) => stands[root] as number),
  };
}

function askedColumns(
  { feature, threshold }: TreeNodes,
  width: number,
  pairs: readonly ColumnPair[],
): { readonly features: Int32Array; readonly asked: AskedColumns } {
  const found = new Map<number, Set<number>>();
  for (let node = 0; node < feature.length; node++) {
    const column = feature[node] as number;
    if (column < 0) continue;
    const known = found.get(column) ?? new Set<number>();
    found.set(column, known.add(threshold[node] as number));
  }
  const features = Int32Array.from(found.keys()).sort();
  const lists = Array.from(features, (column) => Float64Array.from(found.get(column) ?? []).sort());
  const starts = Int32Array.of(0, ...lists.map(({ length }) => length));
  for (let c = 1; c < starts.length; c++)
    starts[c] = (starts[c] as number) + (starts[c - 1] as number);
  const thresholds = new Float64Array(starts.at(-1) as number);
  for (const [c, list] of lists.entries()) thresholds.set(list, starts[c]);
  const placeOfZero = features.map((_, c) =>
    placeAmong(thresholds, starts[c] as number, starts[c + 1] as number, 0),
  );
  // Beside the columns stand a − b and a + b of each pair.
  const pairOf = (feature: number) => pairs[(feature - width) >> 1] as ColumnPair;
  const columns = features.map((own) => (own < width ? own : pairOf(own)[0]));
  const others = features.map((own) => (own < width ? 0 : pairOf(own)[1]));
  const signs = Int8Array.from(features, (own) =>
    own < width ? 0 : (own - width) % 2 === 0 ? -1 : 1,
  );
  return { features, asked: { columns, others, signs, thresholds, starts, placeOfZero } };
}
