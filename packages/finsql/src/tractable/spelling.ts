/** Words that are a letter off from a word of the names: `popuation`, `countires`. */

/** Shorter words are another word sooner than a slip. */
const FEWEST_LETTERS = 6;

/** The one word of the names that a slip of one letter makes this; undefined where there is none, or several. */
export function spelledRight(word: string, known: ReadonlySet<string>): string | undefined {
  if (word.length < FEWEST_LETTERS || !/^[a-z]+$/.test(word) || known.has(word)) return undefined;
  const near = (one: string) => /^[a-z]+$/.test(one) && isOneSlipFrom(one, word);
  const [only, ...others] = [...known].filter(near);
  return others.length > 0 ? undefined : only;
}

/** Whether one letter is missing, too many, another, or two neighbours are swapped; the first one is right. */
function isOneSlipFrom(right: string, word: string): boolean {
  if (right === word || right[0] !== word[0] || right.length < FEWEST_LETTERS) return false;
  if (Math.abs(right.length - word.length) > 1) return false;
  let front = 0;
  while (front < right.length && right[front] === word[front]) front++;
  let back = 0;
  const most = Math.min(right.length, word.length) - front;
  while (back < most && right.at(-1 - back) === word.at(-1 - back)) back++;
  const [ours, theirs] = [right, word].map((one) => one.slice(front, one.length - back)) as [
    string,
    string,
  ];
  const isSwapped = ours.length === 2 && theirs === `${ours[1]}${ours[0]}`;
  return Math.max(ours.length, theirs.length) <= 1 || isSwapped;
}
