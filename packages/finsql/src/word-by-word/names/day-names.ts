/** Days that nouns are names for: the maturity is a day, and nothing that is done on it. */
import type { Column } from '../../schema/schema.ts';
import { OF_DAY, verbNouns, wordsOf } from '../columns/name-words.ts';
import { holdsDays } from '../columns/schema-columns.ts';

/** Nouns for days themselves. */
export const DAYS: ReadonlySet<string> = new Set(['maturity', 'expiry', 'expiration', 'inception']);

/** `maturity` for matures_on. */
export function dayItself(column: Column): string[] {
  const [verb = '', ...more] = wordsOf(column.name).filter((word) => !OF_DAY.test(word));
  if (!holdsDays(column) || more.length > 0) return [];
  return verbNouns(verb).filter((text) => DAYS.has(text));
}
