/** 从2024年开始 is from then on, whatever begins on a day: 2024年开始的项目 are those of that year. */
import { isWord, type Phrase } from '../model/phrase.ts';

/** The phrases, with a word behind `从` and a period for `since` alone. */
export function fromThenOn(phrases: readonly Phrase[], question: string): Phrase[] {
  return phrases.map((phrase, at) => {
    const period = phrases[at - 1];
    const isOfPeriod = period?.meanings.some(({ kind }) => kind === 'period') ?? false;
    const isFrom = /[从自]$/u.test(question.slice(0, period?.from));
    const since = phrase.meanings.filter((one) => isWord(one, 'since'));
    return isOfPeriod && isFrom && since.length > 0 ? { ...phrase, meanings: since } : phrase;
  });
}
