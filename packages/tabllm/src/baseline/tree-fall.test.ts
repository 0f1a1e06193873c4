import { seededRandom } from '@quaestor/peft';
import { describe, expect, it } from 'vitest';
import { type FallingTrees, plainFall, type TreeFall } from './tree-fall.ts';
import { fallInLanes } from './tree-fall-lanes.ts';

const QUESTIONS = 40;
const random = seededRandom(5);

/** Trees of inner nodes in a row, of which each asks what it likes; leaves of votes and of entries. */
function growList(trees: number, outputs: number, voted: number): FallingTrees {
  const nodes: number[] = [];
  const leaf = () =>
    random.next() < 0.5 && voted > 0
      ? ~random.integer(voted)
      : ~(voted + outputs * random.integer(9));
  const below = (depth: number): number => {
    if (depth === 9 || random.next() < 0.15) return leaf();
    const node = nodes.length / 3;
    nodes.push(random.integer(QUESTIONS), 0, 0);
    nodes[3 * node + 1] = below(depth + 1);
    nodes[3 * node + 2] = below(depth + 1);
    return node;
  };
  const roots = Int32Array.from({ length: trees }, () => below(0));
  const leaves = Float32Array.from({ length: 9 * outputs }, random.normal);
  return { outputs, voted, roots, leaves, nodes: Int32Array.from(nodes) };
}

describe('fallInLanes', () => {
  it('says bit for bit what the plain one says, block after block, of whatever rows there are', () => {
    const lists = [growList(30, 1, 0), growList(17, 3, 3), growList(0, 2, 2), growList(9, 4, 0)];
    const ways = [plainFall(QUESTIONS, lists), fallInLanes(QUESTIONS, lists) as TreeFall];
    for (const rows of [128, 1, 31, 32, 33, 64, 65, 100, 127]) {
      const said = Int32Array.from(ways[0]?.answers ?? [], () => random.integer(2 ** 32));
      const [plain, lanes] = ways.map((way) => {
        way.answers.set(said);
        return lists.map(({ outputs }, list) => {
          const sums = new Float64Array((rows + 2) * outputs);
          way.fall(list, sums, 1, rows);
          return sums;
        });
      });
      expect(lanes).toEqual(plain);
      // The rows around are not touched.
      expect(plain?.[0]?.[0]).toBe(0);
      expect(plain?.[0]?.at(-1)).toBe(0);
      expect(plain?.[0]?.[rows]).not.toBe(0);
    }
  });

  it('takes no lists at all', () => {
    expect(fallInLanes(0, [])?.answers).toEqual(new Int32Array());
    expect(plainFall(0, []).answers).toEqual(new Int32Array());
  });
});
