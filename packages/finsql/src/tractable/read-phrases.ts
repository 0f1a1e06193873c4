/**
 * A question as a row of phrases that leaves no word over (PRECISE's "semantically tractable" questions,
 * Popescu, Etzioni & Kautz 2003): stored values, quantities, names of tables and columns, words that
 * compare, order, count and group, and words that say nothing.
 */
import type { DatabaseContext } from '../retrieval/context.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import { CHINESE } from './chinese.ts';
import { ENGLISH } from './english.ts';
import { hanValues } from './han-values.ts';
import type { Dictionary } from './names.ts';
import { isWord, type Meaning, type Phrase } from './phrase.ts';
import { namesOf } from './schema-names.ts';
import { statedPhrases } from './stated-phrases.ts';
import { type PlacedUnit, phraseKey, placedUnits } from './units.ts';
import { unread } from './unread.ts';

/** Units of the longest phrase. */
const LONGEST = 12;

/** Words that say an order, which a plural never does. */
const ORDERS = ['sort', 'sorted-by'] as const;

const OPERATORS = operatorPhrases();

/**
 * The phrases of a question, the longest at each place.
 * @throws Unread where a word stands for nothing
 */
export function readPhrases(context: DatabaseContext, retrieval: Retrieval): Phrase[] {
  const units = placedUnits(retrieval.question);
  const stated = [...statedPhrases(retrieval), ...hanValues(context, retrieval)];
  const dictionaries = [namesOf(context).names, OPERATORS];
  const phrases: Phrase[] = [];
  let end = 0;
  for (const [at, unit] of units.entries()) {
    if (unit.from < end) continue;
    const here = stated.filter(({ from }) => from === unit.from);
    const phrase = longestPhrase([...here, ...namedPhrase(units, at, dictionaries)]);
    if (phrase === undefined) return unread(`no meaning of ${unit.stem}`);
    phrases.push(phrase);
    end = phrase.to;
  }
  return phrases;
}

/** The longest of phrases that begin at one place, with the meanings of all that are as long. */
function longestPhrase(phrases: readonly Phrase[]): Phrase | undefined {
  const [first] = phrases;
  if (first === undefined) return undefined;
  const to = Math.max(...phrases.map((phrase) => phrase.to));
  const all = phrases.filter((phrase) => phrase.to === to).flatMap(({ meanings }) => meanings);
  const isNamed = all.some(({ kind, cost }) => kind !== 'word' && cost === 0);
  const saysNothing = (one: Meaning) => isWord(one, 'noise', 'unit', 'preposition');
  const meanings = isNamed ? all.filter((one) => !saysNothing(one)) : all;
  return { from: first.from, to, meanings };
}

/** The longest phrase from a unit on that a dictionary has; none or one. */
function namedPhrase(
  units: readonly PlacedUnit[],
  at: number,
  dictionaries: readonly Dictionary[],
): Phrase[] {
  for (let length = Math.min(LONGEST, units.length - at); length >= 1; length--) {
    const run = units.slice(at, at + length);
    const key = run.map((unit) => unit.stem).join(' ');
    const all = dictionaries.flatMap((dictionary) => dictionary.get(key) ?? []);
    // `orders by status`.
    const meanings = run[0]?.plural ? all.filter((one) => !isWord(one, ...ORDERS)) : all;
    if (meanings.length === 0) continue;
    return [{ from: run[0]?.from ?? 0, to: run.at(-1)?.to ?? 0, meanings }];
  }
  return [];
}

function operatorPhrases(): Dictionary {
  const found = new Map<string, Meaning[]>();
  for (const [texts, word, cost = 0] of [...ENGLISH, ...CHINESE]) {
    for (const text of texts.split('|')) {
      const key = phraseKey(text);
      found.set(key, [...(found.get(key) ?? []), { kind: 'word', ...word, cost }]);
    }
  }
  return found;
}
