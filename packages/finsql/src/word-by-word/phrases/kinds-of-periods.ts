/** `customers on monthly plans`, where plans are kept with their interval: those of that kind, and nothing of each month. */
import { fold } from '../../schema/schema.ts';
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';

/** The phrases, words for each period that are stored of the rows named right behind them as that alone. */
export function asKinds(phrases: readonly Phrase[]): Phrase[] {
  return phrases.map((phrase, at) => {
    const rows = (phrases[at + 1]?.meanings ?? []).flatMap((one) =>
      one.kind === 'table' && one.cost < 1 ? fold(one.table) : [],
    );
    const isOwn = (one: Meaning) => one.kind === 'value' && rows.includes(fold(one.table));
    const own = phrase.meanings.filter(isOwn);
    const isPeriod = phrase.meanings.some((one) => isWord(one, 'each-period', 'period'));
    return isPeriod && own.length > 0 ? { ...phrase, meanings: own } : phrase;
  });
}
