/**
 * Leaves of one class alone, as those of grown forests are: to fall there is a vote for the class. A tree's votes
 * of a block of rows are bits of words, and are counted for 32 rows at once: a word holds one binary place of
 * their counts.
 */
import { WORDS } from './tree-questions.ts';

export interface VoteCounts {
  /** Who voted for each class in the tree at hand [classes, words]. */
  readonly votes: Int32Array;
  /** Of their counts each binary place [classes, places, words]. */
  readonly counts: Int32Array;
  readonly places: number;
}

/** Binary places of the counts of so many trees. */
export function placesOf(trees: number): number {
  return 32 - Math.clz32(trees);
}

export function noVotes(classes: number, trees: number): VoteCounts {
  const places = placesOf(trees);
  return {
    votes: new Int32Array(classes * WORDS),
    counts: new Int32Array(classes * places * WORDS),
    places,
  };
}

/** Adds the votes of a tree; the next one begins without. */
export function countVotes({ votes, counts, places }: VoteCounts): void {
  for (let at = 0; at < votes.length; at++) {
    let carried = votes[at] as number;
    votes[at] = 0;
    const word = at % WORDS;
    for (let place = (at - word) * places + word; carried !== 0; place += WORDS) {
      const before = counts[place] as number;
      counts[place] = before ^ carried;
      carried &= before;
    }
  }
}

/** Adds the counts of the rows of a block to their sums [rows, classes], and begins anew. */
export function addCounts(
  { counts, places }: VoteCounts,
  sums: Float64Array,
  {
    from,
    rows,
    classes,
  }: { readonly from: number; readonly rows: number; readonly classes: number },
): void {
  for (let k = 0; k < classes; k++) {
    for (let i = 0; i < rows; i++) {
      const start = k * places * WORDS + (i >> 5);
      let count = 0;
      for (let p = 0; p < places; p++)
        count += (((counts[start + p * WORDS] as number) >>> (i & 31)) & 1) << p;
      const at = (from + i) * classes + k;
      sums[at] = (sums[at] as number) + count;
    }
  }
  counts.fill(0);
}

/** The one class of the leaf whose entries begin at `start`; −1: it holds several, or a part of one. */
export function classOfLeaf(leaves: Float32Array, start: number, classes: number): number {
  const entries = leaves.subarray(start, start + classes);
  const others = entries.filter((entry) => entry !== 0);
  return others.length === 1 && others[0] === 1 ? entries.indexOf(1) : -1;
}

/**
 * Whether so many leaves are summed without rounding, and so in whatever order: their entries are multiples of
 * a unit, and a float64 holds as many units as a sum can come to.
 */
export function sumsAreExact(leaves: Float32Array, count: number): boolean {
  const most = leaves.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  const unit = 2 ** (Math.ceil(Math.log2(Math.max(1, count * most))) - 53);
  return leaves.every((entry) => Number.isInteger(entry / unit));
}
