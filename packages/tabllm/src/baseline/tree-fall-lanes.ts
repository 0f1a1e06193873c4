/** Rows that fall through trees, 128 at a time: the program of `tree-fall.wat`, with its memory. */

import { MemoryPlan, startProgram } from './lanes-program.ts';
import { addCounts, placesOf, type VoteCounts } from './leaf-votes.ts';
import { type FallingTrees, NODE, type TreeFall } from './tree-fall.ts';
import { TREE_FALL } from './tree-fall-bytes.ts';
import { BLOCK, firstBits, WORD, WORDS } from './tree-questions.ts';

/** Bytes of the answers to a question, and of all else that is told of a block by bits. */
const BITS = 4 * WORDS;
const NODE_BYTES = 4 * NODE;
/** Bytes of a node that waits: its number, and its rows where lanes are read. */
const WAITING = 2 * BITS;

interface Fall {
  fall(...numbers: readonly number[]): void;
}

/** null: it does not run here, see `plainFall`. */
export function fallInLanes(questions: number, lists: readonly FallingTrees[]): TreeFall | null {
  const plan = new MemoryPlan();
  const at = {
    all: plan.take(BITS),
    answers: plan.take(questions * BITS),
    sums: plan.take(8 * BLOCK * Math.max(0, ...lists.map(({ outputs }) => outputs))),
    waiting: plan.take(WAITING * Math.max(0, ...lists.map(({ nodes }) => nodes.length / NODE))),
  };
  const places = lists.map((list) => placeOf(list, plan));
  const program = startProgram<Fall>(TREE_FALL, plan.bytes);
  if (program === null) return null;
  const { memory, exports } = program;
  const counts = lists.map((list, i) => write(list, places[i] as ListPlace, at.answers, memory));
  const all = new Int32Array(memory, at.all, WORDS);
  return {
    answers: new Int32Array(memory, at.answers, questions * WORDS),
    fall: (place, sums, from, rows) => {
      const { outputs, voted } = lists[place] as FallingTrees;
      const list = places[place] as ListPlace;
      for (let word = 0; word < WORDS; word++) all[word] = firstBits(rows - word * WORD);
      const own = new Float64Array(memory, at.sums, rows * outputs).fill(0);
      const { roots, end, leaves, votes, counted, room } = list;
      exports.fall(
        ...[roots, end, at.all, at.waiting, leaves, voted, outputs, votes, counted, room, at.sums],
      );
      sums.set(own, from * outputs);
      if (voted > 0) {
        addCounts(counts[place] as VoteCounts, sums, { from, rows, classes: voted });
      }
    },
  };
}

/** Where the parts of a list begin, in bytes. */
interface ListPlace {
  readonly roots: number;
  readonly end: number;
  readonly nodes: number;
  readonly leaves: number;
  readonly votes: number;
  readonly counted: number;
  /** Of the counts of a class. */
  readonly room: number;
}

function placeOf({ roots, nodes, leaves, voted }: FallingTrees, plan: MemoryPlan): ListPlace {
  const start = plan.take(4 * roots.length);
  const room = BITS * placesOf(roots.length);
  return {
    roots: start,
    end: start + 4 * roots.length,
    nodes: plan.take(4 * nodes.length),
    leaves: plan.take(4 * leaves.length),
    votes: plan.take(BITS * voted),
    counted: plan.take(room * voted),
    room,
  };
}

/** Writes a list where it is placed; nodes and questions become the places of theirs. */
function write(
  { roots, nodes, leaves, voted }: FallingTrees,
  at: ListPlace,
  answers: number,
  memory: ArrayBuffer,
): VoteCounts {
  const placed = (node: number): number => (node < 0 ? node : at.nodes + node * NODE_BYTES);
  new Int32Array(memory, at.roots, roots.length).set(roots.map(placed));
  new Float32Array(memory, at.leaves, leaves.length).set(leaves);
  const into = new Int32Array(memory, at.nodes, nodes.length);
  for (let node = 0; node < nodes.length; node += NODE) {
    into[node] = answers + (nodes[node] as number) * BITS;
    into[node + 1] = placed(nodes[node + 1] as number);
    into[node + 2] = placed(nodes[node + 2] as number);
  }
  const places = placesOf(roots.length);
  return {
    votes: new Int32Array(memory, at.votes, voted * WORDS),
    counts: new Int32Array(memory, at.counted, voted * places * WORDS),
    places,
  };
}
