/** The known word nearest to a mistyped one, when at most a third of it is wrong. */
export function suggest(word: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Edits between two words: insert, delete, substitute, swap two neighbours. */
function editDistance(from: string, to: string): number {
  let older: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const substitution = (row[j - 1] as number) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const swap = swapped ? (older[j - 2] as number) + 1 : Number.POSITIVE_INFINITY;
      const [above, left] = [row[j] as number, next[j - 1] as number];
      next.push(Math.min(substitution, above + 1, left + 1, swap));
    }
    older = row;
    row = next;
  }
  return row[to.length] as number;
}
