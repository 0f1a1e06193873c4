/**
 * Leaves of one class alone, as those of grown forests are: to fall there is a vote for the class. A tree's votes
 * of 64 rows are the bits of two words, and are counted for 32 rows at once: a word holds one binary place of
 * their counts.
 */
/** Of a count: more trees than this can tell there are not. */
const PLACES = 31;

export interface VoteCounts {
  /** Who voted for each class in the tree at hand: two words each. */
  readonly votes: Int32Array;
  /** Of each of these words, the places of the counts. */
  readonly places: Int32Array;
  /** How many places are in use. */
  used: number;
}

export function noVotes(classes: number): VoteCounts {
  return {
    votes: new Int32Array(2 * classes),
    places: new Int32Array(2 * classes * PLACES),
    used: 0,
  };
}

/** Adds the votes of a tree; the next one begins without. */
export function countVotes(counts: VoteCounts): void {
  const { votes, places } = counts;
  for (let word = 0; word < votes.length; word++) {
    let carried = votes[word] as number;
    votes[word] = 0;
    let place = 0;
    for (let at = word * PLACES; carried !== 0; at++, place++) {
      const before = places[at] as number;
      places[at] = before ^ carried;
      carried &= before;
    }
    if (place > counts.used) counts.used = place;
  }
}

/** Adds the counts of the rows of a block to their sums [rows, classes], and begins anew. */
export function addCounts(
  counts: VoteCounts,
  sums: Float64Array,
  {
    from,
    rows,
    classes,
  }: { readonly from: number; readonly rows: number; readonly classes: number },
): void {
  const { places, used } = counts;
  for (let k = 0; k < classes; k++) {
    for (let i = 0; i < rows; i++) {
      const start = (2 * k + (i >> 5)) * PLACES;
      let count = 0;
      for (let p = 0; p < used; p++)
        count += (((places[start + p] as number) >>> (i & 31)) & 1) << p;
      const at = (from + i) * classes + k;
      sums[at] = (sums[at] as number) + count;
    }
  }
  places.fill(0);
  counts.used = 0;
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
