/** `in their` says more than `in` beside a mean alone: `above the average in their department`. */
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';

/** The phrases with plain prepositions where no mean is said. */
export function ownOfMeans(phrases: readonly Phrase[]): Phrase[] {
  if (phrases.some(({ meanings }) => meanings.some(isMean))) return [...phrases];
  return phrases.map((phrase) => ({ ...phrase, meanings: phrase.meanings.map(plain) }));
}

function isMean(one: Meaning): boolean {
  return isWord(one, 'mean') || (isWord(one, 'measure') && one.call === 'avg');
}

function plain(one: Meaning): Meaning {
  const isOwn = isWord(one, 'own') && one.soft === true;
  return isOwn ? { kind: 'word', word: 'preposition', cost: one.cost } : one;
}
