/**
 * ROUGE-L (Lin 2004, https://aclanthology.org/W04-1013): how much of two texts is a common
 * subsequence of words. P = LCS/|a|, R = LCS/|b|, F = 2PR/(P + R) = 2·LCS/(|a| + |b|).
 */
import { words } from '../in-context/words.ts';

/** F of ROUGE-L, 0 … 1; 0 when one text has no words. */
export function rougeL(left: string, right: string): number {
  return rougeLOfWords(words(left), words(right));
}

/** The same for texts that are split into words already. O(|a|·|b|). */
export function rougeLOfWords(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return 0;
  return (2 * commonSubsequence(left, right)) / (left.length + right.length);
}

/** The entry of a list that is likest to a text. */
export interface Likest {
  readonly index: number;
  readonly score: number;
}

/**
 * The first entry whose ROUGE-L with `text` is the highest and at least `threshold`; null when there is
 * none. Entries whose length alone keeps them below are not compared.
 */
export function likest(
  text: readonly string[],
  entries: readonly (readonly string[])[],
  threshold: number,
): Likest | null {
  let best: Likest | null = null;
  for (const [index, entry] of entries.entries()) {
    const bound = (2 * Math.min(text.length, entry.length)) / (text.length + entry.length);
    if (!(bound >= threshold) || (best !== null && bound <= best.score)) continue;
    const score = rougeLOfWords(text, entry);
    if (score >= threshold && score > (best?.score ?? -1)) best = { index, score };
  }
  return best;
}

/** Length of the longest common subsequence, by rows of the dynamic programme. */
function commonSubsequence(left: readonly string[], right: readonly string[]): number {
  let above = new Uint32Array(right.length + 1);
  let row = new Uint32Array(right.length + 1);
  for (const word of left) {
    for (let j = 1; j <= right.length; j++) {
      row[j] =
        word === right[j - 1]
          ? (above[j - 1] as number) + 1
          : Math.max(above[j] as number, row[j - 1] as number);
    }
    [above, row] = [row, above];
  }
  return above[right.length] as number;
}
