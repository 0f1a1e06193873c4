/** Nouns by their number: `downgrades per agency` are counted, an `average pledge` is of one. */
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';

const PLURAL = /[^su\s]s$|^(?:wo)?men$/i;

/** English phrases with values that are said in the plural, and tables in the singular behind a mean, marked as such. */
export function withNumbers(phrases: readonly Phrase[], question: string): Phrase[] {
  if (/\p{Script=Han}/u.test(question)) return [...phrases];
  const telling = phrases.filter(({ meanings }) => !meanings.every((one) => isWord(one, 'noise')));
  return phrases.map((phrase, at): Phrase => {
    const isPlural =
      PLURAL.test(question.slice(phrase.from, phrase.to)) &&
      !isBeforeRows(phrase, phrases[at + 1], question);
    const before = telling[telling.indexOf(phrase) - 1];
    const isOfMean = before?.meanings.some((one) => isWord(one, 'measure') && one.call === 'avg');
    const meanings = phrase.meanings.map((one): Meaning => {
      if (isPlural && (one.kind === 'value' || one.kind === 'flag'))
        return { ...one, plural: true };
      return !isPlural && isOfMean && one.kind === 'table' ? { ...one, singular: true } : one;
    });
    return { ...phrase, meanings };
  });
}

/** `sales employees`: it says of which kind they are. */
function isBeforeRows({ to }: Phrase, next: Phrase | undefined, question: string): boolean {
  const areRows = next?.meanings.some(({ kind }) => kind === 'table') ?? false;
  return areRows && question.slice(to, next?.from).trim() === '';
}
