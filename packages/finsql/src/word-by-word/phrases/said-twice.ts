/** Columns that are said in two words, each of which names them: `expiry date`, `yearly ground rent`. */
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';

/** The phrases with the first of two such side by side saying nothing. */
export function withColumnsOnce(phrases: readonly Phrase[], question: string): Phrase[] {
  return phrases.map((phrase, at): Phrase => {
    const next = phrases[at + 1];
    const textOf = ({ from, to }: Phrase) => question.slice(from, to).toLowerCase();
    const isBeside = next !== undefined && /^\s*$/.test(question.slice(phrase.to, next.from));
    if (!isBeside || textOf(phrase) === textOf(next)) return phrase;
    const meanings = phrase.meanings.map((one): Meaning => {
      const isAgain = next.meanings.some((other) => isSameColumn(one, other));
      return isAgain ? { kind: 'word', word: 'noise', cost: one.cost } : one;
    });
    return { ...phrase, meanings: once(meanings) };
  });
}

function isSameColumn(one: Meaning, other: Meaning): boolean {
  if (one.kind !== 'column' || other.kind !== 'column' || one.done || other.done) return false;
  return one.table === other.table && one.column === other.column && one.until === undefined;
}

/** Of words that say nothing, the cheapest alone. */
function once(meanings: readonly Meaning[]): Meaning[] {
  const silent = meanings.filter((one) => isWord(one, 'noise'));
  const least = Math.min(...silent.map(({ cost }) => cost));
  const [kept] = silent.filter(({ cost }) => cost === least);
  return meanings.filter((one) => !isWord(one, 'noise') || one === kept);
}
