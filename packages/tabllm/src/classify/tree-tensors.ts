/** Trees ⇄ the lists that a file holds them as; what comes from a file is checked before it is walked. */
import type { TensorData } from '@quaestor/peft';
import type { TreeNodes } from '../baseline/tree-nodes.ts';
import { TabLlmError } from '../errors.ts';

const LISTS = ['roots', 'feature', 'threshold', 'left', 'right', 'leaves'] as const;

/** Whole numbers beyond are not kept by a float. */
const MOST = 2 ** 24;

export type Tensors = ReadonlyMap<string, TensorData>;

export function treeTensors(name: string, nodes: TreeNodes): [string, TensorData][] {
  const counted = nodes.leaves.length > MOST ? leavesCounted(nodes) : null;
  const lists = LISTS.map(
    (list) => [list, counted && list === 'left' ? counted.left : nodes[list]] as const,
  );
  return [...lists, ...(counted ? [['leaf', counted.leaf] as const] : [])].map(([list, values]) => {
    const data = Float32Array.from(values);
    const integers = list !== 'threshold' && list !== 'leaves';
    return [`${name}.${list}`, { shape: [data.length], data, integers }];
  });
}

/** Leaves by their number where the places of their entries are too large for a float. */
function leavesCounted({ outputs, feature, left }: TreeNodes): {
  readonly left: Int32Array;
  readonly leaf: Int32Array;
} {
  const isLeaf = (node: number) => (feature[node] as number) < 0;
  return {
    left: left.map((next, node) => (isLeaf(node) ? 0 : next)),
    leaf: left.map((place, node) => (isLeaf(node) ? place / outputs : 0)),
  };
}

/**
 * @param columns of the encoded rows
 * @throws TabLlmError 'bad-data' for trees that lead out of their lists or in circles
 */
export function readTrees(
  tensors: Tensors,
  name: string,
  outputs: number,
  columns: number,
): TreeNodes {
  const list = (key: (typeof LISTS)[number]): Float32Array => {
    const found = tensors.get(`${name}.${key}`);
    return found ? found.data : refuse(`${name}.${key} is missing`);
  };
  const feature = Int32Array.from(list('feature'));
  const leaf = tensors.get(`${name}.leaf`)?.data;
  const left = Int32Array.from(list('left'), (next, node) =>
    leaf && (feature[node] as number) < 0 ? outputs * (leaf[node] as number) : next,
  );
  const nodes: TreeNodes = {
    outputs,
    roots: Int32Array.from(list('roots')),
    feature,
    threshold: Float32Array.from(list('threshold')),
    left,
    right: Int32Array.from(list('right')),
    leaves: Float32Array.from(list('leaves')),
  };
  check(nodes, columns);
  return nodes;

  function check(
    { roots, feature, threshold, left, right, leaves }: TreeNodes,
    columns: number,
  ): void {
    const count = feature.length;
    if (roots.length === 0) refuse(`${name} has no trees`);
    if ([threshold, left, right].some(({ length }) => length !== count)) {
      refuse(`the lists of ${name} differ in length`);
    }
    if (roots.some((root) => root < 0 || root >= count)) refuse(`a root of ${name} is no node`);
    if (leaves.some((entry) => !Number.isFinite(entry))) refuse(`a leaf of ${name} is no number`);
    for (let node = 0; node < count; node++) {
      const [f, l, r] = [feature[node], left[node], right[node]] as [number, number, number];
      if (f < 0) {
        if (l < 0 || l + outputs > leaves.length) refuse(`leaf ${node} of ${name} lies outside`);
        continue;
      }
      if (f >= columns) refuse(`node ${node} of ${name} asks for column ${f} of ${columns}`);
      if (!Number.isFinite(threshold[node])) refuse(`node ${node} of ${name} has no threshold`);
      // Nodes are written before those below them, so a walk that only goes forth ends.
      if (l <= node || r <= node || l >= count || r >= count) {
        refuse(`node ${node} of ${name} leads to no node below it`);
      }
    }
  }
}

function refuse(problem: string): never {
  throw new TabLlmError('bad-data', {
    en: `The trees of the model are corrupt: ${problem}.`,
    zh: `模型中的树已损坏（${problem}）。`,
  });
}
