import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { type ColumnPair, withPairs } from './column-pairs.ts';
import type { Matrix } from './matrix.ts';
import { TreeBuilder, type TreeNodes } from './tree-nodes.ts';
import { sumOfLeaves, sumsOfLeaves } from './tree-walk.ts';

const COLUMNS = 7;
const random = seededRandom(11);

/** Whole halves, so that many values lie on a threshold. */
const half = () => Math.round(8 * random.normal()) / 2;

function rowsOf(count: number): Matrix {
  return {
    rows: count,
    columns: COLUMNS,
    values: Float64Array.from({ length: count * COLUMNS }, half),
  };
}

function grow(
  trees: number,
  outputs: number,
  deepest: number,
  columns = COLUMNS,
  leaf = () => Array.from({ length: outputs }, random.normal),
): TreeNodes {
  const builder = new TreeBuilder();
  const below = (node: number, depth: number): void => {
    if (depth === deepest || random.next() < 0.2) {
      builder.leaf(node, leaf());
      return;
    }
    const { left, right } = builder.split(node, random.integer(columns), half());
    below(left, depth + 1);
    below(right, depth + 1);
  };
  for (let tree = 0; tree < trees; tree++) below(builder.root(), 0);
  return builder.finish(outputs);
}

/** One row after the other, as the lists of the trees say. */
function slowly(
  { outputs, roots, feature, threshold, left, right, leaves }: TreeNodes,
  { rows, columns, values }: Matrix,
): Float64Array {
  const result = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    for (const root of roots) {
      let node = root;
      for (let f = feature[node] as number; f >= 0; f = feature[node] as number) {
        const x = values[row * columns + f] as number;
        node = (x <= (threshold[node] as number) ? left : right)[node] as number;
      }
      for (let k = 0; k < outputs; k++) {
        const at = row * outputs + k;
        result[at] = (result[at] as number) + (leaves[(left[node] as number) + k] as number);
      }
    }
  }
  return result;
}

describe('sumOfLeaves', () => {
  it.each([
    [1, 1, 4],
    [63, 1, 3],
    [128, 3, 9],
    [291, 2, 14],
  ])(
    'finds the leaves that the lists lead to: %i rows, %i outputs, depth %i',
    (rows, outputs, deepest) => {
      const [nodes, x] = [grow(20, outputs, deepest), rowsOf(rows)];
      expect(sumOfLeaves(nodes, x)).toEqual(slowly(nodes, x));
      expect(sumOfLeaves(nodes, rowsOf(0))).toEqual(new Float64Array());
    },
  );

  it.each([2, 5])(
    'counts votes of leaves that hold one of %i classes, and adds the others',
    (classes) => {
      const leaf = () => {
        const [one, other] = [random.integer(classes), random.integer(classes)];
        const share = random.next() < 0.8 ? 1 : random.next();
        const entries = new Array<number>(classes).fill(0);
        entries[other] = 1 - share;
        entries[one] = (entries[one] as number) + share;
        return entries;
      };
      const nodes = grow(40, classes, 8, COLUMNS, leaf);
      const x = rowsOf(150);
      expect(sumOfLeaves(nodes, x)).toEqual(slowly(nodes, x));
    },
  );

  it('takes trees that are a leaf and nothing else', () => {
    const [nodes, x] = [grow(3, 2, 0), rowsOf(5)];
    expect(sumOfLeaves(nodes, x)).toEqual(slowly(nodes, x));
  });

  it('sends what is no number to the right', () => {
    const nodes = grow(12, 1, 5);
    const x = { rows: 1, columns: COLUMNS, values: new Float64Array(COLUMNS).fill(Number.NaN) };
    expect(sumOfLeaves(nodes, x)).toEqual(slowly(nodes, x));
  });

  it('takes sums and differences of pairs as if they stood beside the rows', () => {
    const pairs: ColumnPair[] = [
      [0, 1],
      [2, 6],
      [4, 5],
    ];
    const x = rowsOf(150);
    const wide = withPairs(x, pairs);
    const nodes = grow(12, 2, 7, wide.columns);
    expect(Math.max(...nodes.feature)).toBeGreaterThanOrEqual(COLUMNS);
    expect(sumOfLeaves(nodes, x, pairs)).toEqual(slowly(nodes, wide));
  });
});

describe('sumsOfLeaves', () => {
  it('says of several lists what it says of each alone, whatever pairs each has', () => {
    const pairs: ColumnPair[][] = [
      [],
      [
        [0, 1],
        [2, 6],
      ],
      [
        [5, 6],
        [2, 6],
        [0, 1],
      ],
    ];
    const x = rowsOf(130);
    const lists = pairs.map((own, i) => ({
      nodes: grow(9, i + 1, 6, COLUMNS + 2 * own.length),
      pairs: own,
    }));
    const apart = lists.map(({ nodes, pairs: own }) => slowly(nodes, withPairs(x, own)));
    expect(sumsOfLeaves(lists, x)).toEqual(apart);
    expect(sumsOfLeaves(lists, rowsOf(0))).toEqual(lists.map(() => new Float64Array()));
    expect(sumsOfLeaves([], x)).toEqual([]);
  });
});
