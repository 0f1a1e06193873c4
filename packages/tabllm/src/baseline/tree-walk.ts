/** Rows through trees, fast: a block of rows is asked all that trees ask at once, and falls through them together. */
import type { ColumnPair } from './column-pairs.ts';
import { classOfLeaf, sumsAreExact } from './leaf-votes.ts';
import type { Matrix } from './matrix.ts';
import { type FallingTrees, NODE, plainFall, type TreeFall } from './tree-fall.ts';
import { fallInLanes } from './tree-fall-lanes.ts';
import type { TreeNodes } from './tree-nodes.ts';
import { type AskedColumns, answer, BLOCK, placeAmong, Questions } from './tree-questions.ts';

/** Trees over the same columns of rows. */
export interface WalkedTrees {
  readonly nodes: TreeNodes;
  /** Whose sums and differences the trees ask for, too, as `withPairs` puts them beside x. */
  readonly pairs: readonly ColumnPair[];
}

/** Several lists of trees, and what they ask. */
interface Walk {
  readonly asked: AskedColumns;
  readonly lists: readonly FallingTrees[];
  readonly through: TreeFall;
}

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
  const { asked, lists, through } = walk;
  const results = lists.map(({ outputs }) => new Float64Array(x.rows * outputs));
  for (let from = 0; from < x.rows; from += BLOCK) {
    const rows = Math.min(BLOCK, x.rows - from);
    answer(asked, x, from, rows, through.answers);
    for (const [list, sums] of results.entries()) through.fall(list, sums, from, rows);
  }
  return results;
}

function prepare(trees: readonly WalkedTrees[], width: number): Walk {
  const questions = new Questions(width);
  for (const { nodes, pairs } of trees) questions.add(nodes, pairs);
  const { asked, places } = questions.inOrder();
  const lists = trees.map(({ nodes, pairs }) =>
    falling(nodes, asked, (feature) => places.get(questions.keyOf(feature, pairs)) ?? 0),
  );
  const count = asked.thresholds.length;
  return { asked, lists, through: fallInLanes(count, lists) ?? plainFall(count, lists) };
}

/** @param placeOf a feature's place among the asked columns */
function falling(
  trees: TreeNodes,
  { thresholds, starts }: AskedColumns,
  placeOf: (feature: number) => number,
): FallingTrees {
  const { outputs, roots, feature, threshold, left, right, leaves } = trees;
  // A leaf of one number is quicker added than counted.
  const voted = outputs > 1 && sumsAreExact(leaves, roots.length) ? outputs : 0;
  const leafAt = (start: number): number => {
    const vote = voted > 0 ? classOfLeaf(leaves, start, outputs) : -1;
    return ~(vote < 0 ? voted + start : vote);
  };
  let inner = 0;
  const stands = feature.map((column, node) =>
    column < 0 ? leafAt(left[node] as number) : inner++,
  );
  const nodes = new Int32Array(NODE * inner);
  for (let node = 0, at = 0; node < feature.length; node++) {
    const column = feature[node] as number;
    if (column < 0) continue;
    const place = placeOf(column);
    const [start, end] = [starts[place] as number, starts[place + 1] as number];
    nodes[at++] = placeAmong(thresholds, start, end, threshold[node] as number);
    nodes[at++] = stands[left[node] as number] as number;
    nodes[at++] = stands[right[node] as number] as number;
  }
  return {
    ...{ outputs, nodes, leaves, voted },
    roots: roots.map((root) => stands[root] as number),
  };
}
