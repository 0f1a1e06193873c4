/**
 * Rows through trees, fast. What trees ask is answered for 64 rows at once (see `tree-questions.ts`). Then the
 * rows fall through a tree together: of those that reach a node, `rows & answer` go left and the others right.
 */
import type { ColumnPair } from './column-pairs.ts';
import {
  addCounts,
  classOfLeaf,
  countVotes,
  noVotes,
  sumsAreExact,
  type VoteCounts,
} from './leaf-votes.ts';
import type { Matrix } from './matrix.ts';
import type { TreeNodes } from './tree-nodes.ts';
import {
  type AskedColumns,
  answer,
  BLOCK,
  firstBits,
  placeAmong,
  Questions,
  WORD,
} from './tree-questions.ts';

/** Trees over the same columns of rows. */
export interface WalkedTrees {
  readonly nodes: TreeNodes;
  /** Whose sums and differences the trees ask for, too, as `withPairs` puts them beside x. */
  readonly pairs: readonly ColumnPair[];
}

/** Several lists of trees, and what they ask. */
interface Walk {
  readonly asked: AskedColumns;
  readonly lists: readonly WalkedList[];
}

interface WalkedList {
  readonly outputs: number;
  /**
   * By inner node three numbers: where the answers to its question stand, its left node and its right
   * one. A node is where its numbers stand; a leaf is the complement of the class that it votes for or, if of
   * none, of where its entries stand after as many numbers as there are classes that could be voted for.
   */
  readonly nodes: Int32Array;
  readonly roots: Int32Array;
  readonly leaves: Float32Array;
  /** Classes that leaves vote for; 0: all have entries. */
  readonly voted: number;
  readonly counts: VoteCounts;
  /** Nodes that wait while rows fall on one side, each with its rows; room for the deepest tree. */
  readonly waiting: Int32Array;
}

/** Numbers of an inner node. */
const STRIDE = 3;
/** Walks last as long as their trees. */
const walks = new WeakMap<readonly WalkedTrees[], Walk>();
const alone = new WeakMap<TreeNodes, readonly WalkedTrees[]>();

/** Σ over the trees of what each row's leaf holds: [rows, outputs]. @param pairs see `WalkedTrees` */
export function sumOfLeaves(
  nodes: TreeNodes,
  x: Matrix,
  pairs: readonly ColumnPair[] = [],
): Float64Array {
  const lists = alone.get(nodes) ?? [{ nodes, pairs }];
  alone.set(nodes, lists);
  return sumsOfLeaves(lists, x)[0] as Float64Array;
}

/** The same of several lists of trees; what several of them ask is answered once. */
export function sumsOfLeaves(trees: readonly WalkedTrees[], x: Matrix): Float64Array[] {
  if (trees.length === 0) return [];
  const walk = walks.get(trees) ?? prepare(trees, x.columns);
  walks.set(trees, walk);
  const { asked, lists } = walk;
  const results = lists.map(({ outputs }) => new Float64Array(x.rows * outputs));
  const answers = new Int32Array(2 * asked.thresholds.length);
  for (let from = 0; from < x.rows; from += BLOCK) {
    const rows = Math.min(BLOCK, x.rows - from);
    answer(asked, x, from, rows, answers);
    const [low, high] = [firstBits(rows), firstBits(rows - WORD)];
    for (const [i, list] of lists.entries()) {
      const result = results[i] as Float64Array;
      for (const root of list.roots) {
        fall(list, root, answers, low, high, result, from * list.outputs);
        if (list.voted > 0) countVotes(list.counts);
      }
      if (list.voted > 0) addCounts(list.counts, result, { from, rows, classes: list.voted });
    }
  }
  return results;
}

/** Adds to the sums of these rows, which begin at `start`, the entries of their leaves of a tree. */
function fall(
  { nodes, outputs, leaves, voted, counts, waiting }: WalkedList,
  root: number,
  answers: Int32Array,
  allLow: number,
  allHigh: number,
  sums: Float64Array,
  start: number,
): void {
  const { votes } = counts;
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
    const leaf = ~node;
    if (leaf < voted) {
      votes[2 * leaf] = (votes[2 * leaf] as number) | low;
      votes[2 * leaf + 1] = (votes[2 * leaf + 1] as number) | high;
    } else {
      addEntries(leaves, leaf - voted, outputs, low, sums, start);
      addEntries(leaves, leaf - voted, outputs, high, sums, start + WORD * outputs);
    }
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
  if (outputs === 1) {
    const entry = leaves[leaf] as number;
    for (let rest = rows; rest !== 0; rest &= rest - 1) {
      const into = start + 31 - Math.clz32(rest & -rest);
      sums[into] = (sums[into] as number) + entry;
    }
    return;
  }
  for (let rest = rows; rest !== 0; rest &= rest - 1) {
    const row = 31 - Math.clz32(rest & -rest);
    for (let k = 0, into = start + row * outputs; k < outputs; k++, into++) {
      sums[into] = (sums[into] as number) + (leaves[leaf + k] as number);
    }
  }
}

function prepare(trees: readonly WalkedTrees[], width: number): Walk {
  const questions = new Questions(width);
  for (const { nodes, pairs } of trees) questions.add(nodes, pairs);
  const { asked, places } = questions.inOrder();
  const lists = trees.map(({ nodes, pairs }) =>
    walked(nodes, asked, (feature) => places.get(questions.keyOf(feature, pairs)) ?? 0),
  );
  return { asked, lists };
}

/** @param placeOf a feature's place among the asked columns */
function walked(
  trees: TreeNodes,
  { thresholds, starts }: AskedColumns,
  placeOf: (feature: number) => number,
): WalkedList {
  const { outputs, roots, feature, threshold, left, right, leaves } = trees;
  // A leaf of one number is quicker added than counted.
  const voted = outputs > 1 && sumsAreExact(leaves, roots.length) ? outputs : 0;
  const leafAt = (start: number): number => {
    const vote = voted > 0 ? classOfLeaf(leaves, start, outputs) : -1;
    return ~(vote < 0 ? voted + start : vote);
  };
  let inner = 0;
  const stands = feature.map((column, node) =>
    column < 0 ? leafAt(left[node] as number) : STRIDE * inner++,
  );
  const nodes = new Int32Array(STRIDE * inner);
  for (let node = 0, at = 0; node < feature.length; node++) {
    const column = feature[node] as number;
    if (column < 0) continue;
    const place = placeOf(column);
    const [start, end] = [starts[place] as number, starts[place + 1] as number];
    nodes[at++] = 2 * placeAmong(thresholds, start, end, threshold[node] as number);
    nodes[at++] = stands[left[node] as number] as number;
    nodes[at++] = stands[right[node] as number] as number;
  }
  return {
    ...{ outputs, nodes, leaves, voted },
    roots: roots.map((root) => stands[root] as number),
    counts: noVotes(voted),
    waiting: new Int32Array(STRIDE * inner),
  };
}
