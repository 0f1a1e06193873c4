/** `cash deals, loan deals and lease deals`: kinds of the same rows, said as `cash, loan and lease deals`. */
import { isWord, type Meaning } from '../model/phrase.ts';

/** The phrases with the noun behind the last of such kinds alone. */
export function withOneNoun(phrases: readonly Meaning[]): readonly Meaning[] {
  // Without groups, it may be all of them that are meant.
  if (!phrases.some((one) => isWord(one, 'each', 'by', 'each-period'))) return phrases;
  const told = phrases.filter((noun, at) => {
    const [kind, joint, other, again] = [at - 1, at + 1, at + 2, at + 3].map((one) => phrases[one]);
    if (noun.kind !== 'table' || noun.done || kind?.kind !== 'value' || other?.kind !== 'value')
      return true;
    const isAgain = again?.kind === 'table' && again.table === noun.table;
    const isSame = other.table === kind.table && other.column === kind.column;
    return !(isWord(joint, 'and') && isSame && isAgain);
  });
  const apart: Meaning = { kind: 'word', word: 'apart', cost: 0 };
  return told.length < phrases.length ? [...told, apart] : phrases;
}
