/** Which of several columns of one name is meant, by what stands right before it: 结汇金额, of the rows that are 结汇. */
import { fold } from '../../schema/schema.ts';
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';

/** What a name costs that no longer may be meant. */
const DEAR = 5;

/**
 * The phrases, with columns behind a stored value of the table that the value is of, where that has one;
 * and without `sold` as a word that says nothing before a period, where it is done on a day.
 */
export function ownFigures(phrases: readonly Phrase[], question: string): Phrase[] {
  return phrases.map((phrase, at) => {
    const before = phrases[at - 1];
    const isAdjacent = before !== undefined && /^ ?$/.test(question.slice(before.to, phrase.from));
    const meanings = isAdjacent ? ofValue(phrase.meanings, before.meanings) : phrase.meanings;
    return { ...phrase, meanings: onDay(meanings, phrases.slice(at + 1)) };
  });
}

function ofValue(meanings: readonly Meaning[], before: readonly Meaning[]): readonly Meaning[] {
  const tables = new Set(before.flatMap((one) => (one.kind === 'value' ? fold(one.table) : [])));
  const isValue = before.length > 0 && before.every(({ kind }) => kind === 'value');
  const isOwn = (one: Meaning) =>
    one.kind === 'column' && one.cost < DEAR && tables.has(fold(one.table));
  if (!isValue || !meanings.some(isOwn)) return meanings;
  return meanings.filter((one) => one.kind !== 'column' || isOwn(one));
}

/** `cars sold during 2025`: on that day. */
function onDay(meanings: readonly Meaning[], behind: readonly Phrase[]): readonly Meaning[] {
  const next = behind.find(
    (one) => !one.meanings.every((meaning) => isWord(meaning, 'preposition', 'noise')),
  );
  const isDated = next?.meanings.some(({ kind }) => kind === 'period') ?? false;
  const isDone = meanings.some((one) => one.kind === 'column' && one.done === true);
  return isDated && isDone ? meanings.filter((one) => !isWord(one, 'noise')) : meanings;
}
