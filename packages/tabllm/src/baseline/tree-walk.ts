/**
 * Rows through trees, fast. A tree only asks whether x ≤ t, so all it need know of x is its place among
 * the thresholds of its column: x ≤ tᵢ ⇔ #{t < x} ≤ i. Rows are turned into these places once. Then they
 * fall through each tree in whole numbers, four side by side and without a branch, which a processor
 * could only guess.
 */
import type { Matrix } from './matrix.ts';
import type { TreeNodes } from './tree-nodes.ts';

interface Walk {
  readonly outputs: number;
  readonly asked: AskedColumns;
  /**
   * By inner node four numbers: where the places of its column begin, the place of its threshold, the left
   * node, and how much further the right one is. A node is where its numbers stand; a leaf is the
   * complement of where its entries stand.
   */
  readonly nodes: Int32Array;
  readonly roots: Int32Array;
  readonly leaves: Float32Array;
}

/** Columns of x that trees ask for. */
interface AskedColumns {
  readonly columns: Int32Array;
  /** Rising thresholds, one column after the other, and where those of each begin; one more at the end. */
  readonly thresholds: Float64Array;
  readonly starts: Int32Array;
  /** The place of 0 in each, which most entries of one-hot rows are. */
  readonly placeOfZero: Int32Array;
}

const STRIDE = 4;
/** Rows that pass through all trees together: few enough to stay in the cache, enough to be worth a tree. */
const BLOCK = 256;

/** Walks last as long as their trees. */
const walks = new WeakMap<TreeNodes, Walk>();

/** Σ over the trees of what each row's leaf holds: [rows, outputs]. */
export function sumOfLeaves(nodes: TreeNodes, x: Matrix): Float64Array {
  const walk = walks.get(nodes) ?? prepare(nodes);
  walks.set(nodes, walk);
  const { asked, outputs, roots } = walk;
  const result = new Float64Array(x.rows * outputs);
  const places = new Int32Array(Math.max(1, asked.columns.length) * BLOCK);
  const ends = new Int32Array(BLOCK);
  for (let from = 0; from < x.rows; from += BLOCK) {
    const rows = Math.min(BLOCK, x.rows - from);
    placeRows(asked, x, from, rows, places);
    for (let tree = 0; tree < roots.length; tree++) {
      const root = roots[tree] as number;
      if (root < 0) ends.fill(root);
      else fall(walk.nodes, root, places, rows, ends);
      addEntries(walk, ends, rows, result, from * outputs);
    }
  }
  return result;
}

/** Rows' places among the thresholds: [columns, BLOCK]. */
function placeRows(
  asked: AskedColumns,
  { columns: stride, values }: Matrix,
  from: number,
  rows: number,
  places: Int32Array,
): void {
  const { columns, placeOfZero } = asked;
  for (let i = 0; i < rows; i++) {
    const start = (from + i) * stride;
    for (let c = 0, into = i; c < columns.length; c++, into += BLOCK) {
      const value = values[start + (columns[c] as number)] as number;
      places[into] = value === 0 ? (placeOfZero[c] as number) : placeAmong(asked, c, value);
    }
  }
}

/** How many thresholds of a column are below a value. */
function placeAmong(
  { thresholds, starts }: Pick<AskedColumns, 'thresholds' | 'starts'>,
  c: number,
  value: number,
): number {
  const start = starts[c] as number;
  let low = start;
  let high = starts[c + 1] as number;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (thresholds[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low - start;
}

/**
 * The leaf of each row. Four rows fall together until the first has landed: their loads do not wait for
 * each other, so that is twice as fast as one by one. Written out, since calls and arrays cost more.
 */
function fall(
  nodes: Int32Array,
  root: number,
  places: Int32Array,
  rows: number,
  ends: Int32Array,
): void {
  // Beyond the last row old places are walked; nobody looks where they end.
  for (let row = 0; row < rows; row += 4) {
    let a = root;
    let b = root;
    let c = root;
    let d = root;
    do {
      const atA = places[(nodes[a] as number) + row] as number;
      const atB = places[(nodes[b] as number) + row + 1] as number;
      const atC = places[(nodes[c] as number) + row + 2] as number;
      const atD = places[(nodes[d] as number) + row + 3] as number;
      // Left, or right where the difference is negative.
      const rightA = (((nodes[a + 1] as number) - atA) >> 31) & (nodes[a + 3] as number);
      const rightB = (((nodes[b + 1] as number) - atB) >> 31) & (nodes[b + 3] as number);
      const rightC = (((nodes[c + 1] as number) - atC) >> 31) & (nodes[c + 3] as number);
      const rightD = (((nodes[d + 1] as number) - atD) >> 31) & (nodes[d + 3] as number);
      a = (nodes[a + 2] as number) + rightA;
      b = (nodes[b + 2] as number) + rightB;
      c = (nodes[c + 2] as number) + rightC;
      d = (nodes[d + 2] as number) + rightD;
    } while ((a | b | c | d) >= 0);
    ends[row] = fallAlone(nodes, a, places, row);
    ends[row + 1] = fallAlone(nodes, b, places, row + 1);
    ends[row + 2] = fallAlone(nodes, c, places, row + 2);
    ends[row + 3] = fallAlone(nodes, d, places, row + 3);
  }
}

function fallAlone(nodes: Int32Array, from: number, places: Int32Array, row: number): number {
  let node = from;
  while (node >= 0) {
    const place = places[(nodes[node] as number) + row] as number;
    const right = (((nodes[node + 1] as number) - place) >> 31) & (nodes[node + 3] as number);
    node = (nodes[node + 2] as number) + right;
  }
  return node;
}

function addEntries(
  { outputs, leaves }: Walk,
  ends: Int32Array,
  rows: number,
  result: Float64Array,
  start: number,
): void {
  for (let i = 0, into = start; i < rows; i++) {
    const leaf = ~(ends[i] as number);
    for (let k = 0; k < outputs; k++, into++) {
      result[into] = (result[into] as number) + (leaves[leaf + k] as number);
    }
  }
}

function prepare(trees: TreeNodes): Walk {
  const { outputs, roots, feature, threshold, left, right, leaves } = trees;
  const asked = askedColumns(trees);
  const placeOf = new Map(Array.from(asked.columns, (column, place) => [column, place]));
  // Of each node: where it stands among inner nodes, or the complement of where its entries stand.
  let inner = 0;
  const stands = feature.map((column, node) =>
    column < 0 ? ~(left[node] as number) : STRIDE * inner++,
  );
  const nodes = new Int32Array(STRIDE * inner);
  for (let node = 0, at = 0; node < feature.length; node++) {
    const place = placeOf.get(feature[node] as number);
    if (place === undefined) continue;
    const onLeft = stands[left[node] as number] as number;
    nodes[at++] = place * BLOCK;
    nodes[at++] = placeAmong(asked, place, threshold[node] as number);
    nodes[at++] = onLeft;
    nodes[at++] = (stands[right[node] as number] as number) - onLeft;
  }
  return { outputs, asked, nodes, roots: roots.map((root) => stands[root] as number), leaves };
}

function askedColumns({ feature, threshold }: TreeNodes): AskedColumns {
  const found = new Map<number, Set<number>>();
  for (let node = 0; node < feature.length; node++) {
    const column = feature[node] as number;
    if (column < 0) continue;
    const known = found.get(column) ?? new Set<number>();
    found.set(column, known.add(threshold[node] as number));
  }
  const columns = Int32Array.from(found.keys()).sort();
  const lists = Array.from(columns, (column) => Float64Array.from(found.get(column) ?? []).sort());
  const starts = Int32Array.of(0, ...lists.map(({ length }) => length));
  for (let c = 1; c < starts.length; c++)
    starts[c] = (starts[c] as number) + (starts[c - 1] as number);
  const thresholds = new Float64Array(starts.at(-1) as number);
  for (const [c, list] of lists.entries()) thresholds.set(list, starts[c]);
  const placeOfZero = columns.map((_, c) => placeAmong({ thresholds, starts }, c, 0));
  return { columns, thresholds, starts, placeOfZero };
}
