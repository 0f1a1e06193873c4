/** `with the day they close`, `and the date on which it was paid`: a day that the verb behind it names. */
import type { Schema } from '../../schema/schema.ts';
import { isDay } from '../columns/schema-columns.ts';
import { isWord, type Meaning, type Phrase } from '../model/phrase.ts';

const DAY = /^(?:day|date|month)s?$/i;
const SUBJECT =
  /^\s*(?:(?:on which |when |that )?(?:they|it|he|she|we|each|each one)(?: (?:was|were|is|are|has been|have been))?)?\s*$/i;

/** The phrases without the noun, and with what is done on the day as the column that is meant. */
export function withDayClauses(
  phrases: readonly Phrase[],
  question: string,
  schema: Schema,
): Phrase[] {
  const telling = phrases.filter(({ meanings }) => !meanings.every(saysNothing));
  return phrases.flatMap((phrase): Phrase[] => {
    const at = telling.indexOf(phrase);
    const [before, next] = [telling[at - 1], telling[at + 1]];
    if (at >= 0 && isDayOf(phrase, next, question, schema)) return [];
    if (at < 1 || before === undefined || !isDayOf(before, phrase, question, schema))
      return [phrase];
    const meanings = daysOf(phrase, schema).map((one): Meaning => {
      if (one.kind !== 'column') return one;
      const { done, ...column } = one;
      return column;
    });
    return [{ ...phrase, meanings }];
  });
}

function isDayOf(
  noun: Phrase,
  verb: Phrase | undefined,
  question: string,
  schema: Schema,
): boolean {
  if (verb === undefined || !DAY.test(question.slice(noun.from, noun.to))) return false;
  const isJoined = SUBJECT.test(question.slice(noun.to, verb.from));
  return isJoined && daysOf(verb, schema).length > 0;
}

function daysOf({ meanings }: Phrase, schema: Schema): Meaning[] {
  return meanings.filter((one) => one.kind === 'column' && isDay({ schema, chinese: false }, one));
}

const saysNothing = (one: Meaning): boolean =>
  isWord(one, 'noise', 'copula', 'preposition', 'when');
