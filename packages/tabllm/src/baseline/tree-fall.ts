/**
 * A block of rows falls through trees together: of those that reach a node, `rows & answer` go left and the
 * others right.
 */
import { addCounts, countVotes, noVotes, type VoteCounts } from './leaf-votes.ts';
import { firstBits, WORD, WORDS } from './tree-questions.ts';

/** A list of trees as rows fall through them. */
export interface FallingTrees {
  readonly outputs: number;
  /**
   * By inner node three numbers: its question, its left node and its right one. A leaf is the complement of
   * the class that it votes for or, if of none, of where its entries stand after as many numbers as there are
   * classes that could be voted for.
   */
  readonly nodes: Int32Array;
  readonly roots: Int32Array;
  readonly leaves: Float32Array;
  /** Classes that leaves vote for; 0: all have entries. */
  readonly voted: number;
}

/** Numbers of an inner node. */
export const NODE = 3;

/** Lists of trees, and how rows fall through them. */
export interface TreeFall {
  /** What the rows of the block say to each question [questions, words]: to be written before they fall. */
  readonly answers: Int32Array;
  /** Adds to sums that are 0 [rows, outputs], of so many rows `from` one on, their leaves in the trees of a list. */
  fall(list: number, sums: Float64Array, from: number, rows: number): void;
}

/** Words that fall together: so many stay in registers. */
const TOGETHER = 2;

/** 64 rows at a time. */
export function plainFall(questions: number, lists: readonly FallingTrees[]): TreeFall {
  const answers = new Int32Array(questions * WORDS);
  const counts = lists.map(({ voted, roots }) => noVotes(voted, roots.length));
  const deepest = Math.max(0, ...lists.map(({ nodes }) => nodes.length));
  // Nodes that wait while rows fall on one side, each with its rows; room for the deepest tree.
  const waiting = new Int32Array(deepest);
  return {
    answers,
    fall: (place, sums, from, rows) => {
      const list = lists[place] as FallingTrees;
      const votes = counts[place] as VoteCounts;
      for (const root of list.roots) {
        for (let word = 0; word * WORD < rows; word += TOGETHER) {
          fallTogether(list, root, answers, {
            word,
            rows,
            votes: votes.votes,
            waiting,
            sums,
            from,
          });
        }
        if (list.voted > 0) countVotes(votes);
      }
      if (list.voted > 0) addCounts(votes, sums, { from, rows, classes: list.voted });
    },
  };
}

interface Falling {
  /** The first of the words that fall. */
  readonly word: number;
  readonly rows: number;
  readonly votes: Int32Array;
  readonly waiting: Int32Array;
  readonly sums: Float64Array;
  readonly from: number;
}

function fallTogether(
  { nodes, outputs, leaves, voted }: FallingTrees,
  root: number,
  answers: Int32Array,
  { word, rows, votes, waiting, sums, from }: Falling,
): void {
  const start = (from + word * WORD) * outputs;
  let node = root;
  let low = firstBits(rows - word * WORD);
  let high = firstBits(rows - (word + 1) * WORD);
  let depth = 0;
  for (;;) {
    while (node >= 0) {
      const at = node * NODE;
      const answer = (nodes[at] as number) * WORDS + word;
      const leftLow = low & (answers[answer] as number);
      const leftHigh = high & (answers[answer + 1] as number);
      const rightLow = low ^ leftLow;
      const rightHigh = high ^ leftHigh;
      if ((leftLow | leftHigh) === 0) node = nodes[at + 2] as number;
      else if ((rightLow | rightHigh) === 0) node = nodes[at + 1] as number;
      else {
        waiting[depth++] = nodes[at + 2] as number;
        waiting[depth++] = rightLow;
        waiting[depth++] = rightHigh;
        low = leftLow;
        high = leftHigh;
        node = nodes[at + 1] as number;
      }
    }
    const leaf = ~node;
    if (leaf < voted) {
      const vote = leaf * WORDS + word;
      votes[vote] = (votes[vote] as number) | low;
      votes[vote + 1] = (votes[vote + 1] as number) | high;
    } else {
      addEntries(leaves, leaf - voted, outputs, low, sums, start);
      addEntries(leaves, leaf - voted, outputs, high, sums, start + WORD * outputs);
    }
    if (depth === 0) return;
    high = waiting[--depth] as number;
    low = waiting[--depth] as number;
    node = waiting[--depth] as number;
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
