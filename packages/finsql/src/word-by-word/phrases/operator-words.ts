/** The words of both languages that stand for no data, by the keys of their texts. */
import { isDeepStrictEqual } from 'node:util';
import { isWord, type Meaning } from '../model/phrase.ts';
import type { Dictionary } from '../names/names.ts';
import { CHINESE } from '../words/chinese.ts';
import { ENGLISH } from '../words/english.ts';
import { phraseKey } from '../words/units.ts';

/** What each text says, English and Chinese. */
export const OPERATORS = operatorPhrases();
/** The single words of those texts, which no misspelled name is read in. */
export const OPERATOR_WORDS = new Set([...OPERATORS.keys()].flatMap((key) => key.split(' ')));

/** Whether it is a word that says nothing, written as such: `belong` is no song of that name. */
export function saysNothing(text: string): boolean {
  const meanings = /^[a-z]+$/.test(text) ? OPERATORS.get(phraseKey(text)) : undefined;
  return meanings?.some((one) => isWord(one, 'noise') && one.cost === 0) ?? false;
}

function operatorPhrases(): Dictionary {
  const found = new Map<string, Meaning[]>();
  for (const [texts, word, cost = 0] of [...ENGLISH, ...CHINESE]) {
    const alternatives = texts.split('|');
    // `the most expensive` begins where `the most` does.
    const all = alternatives.flatMap((one) =>
      /^(?:most|least) /.test(one) ? [one, `the ${one}`] : one,
    );
    for (const key of new Set(all.map(phraseKey))) {
      const meaning: Meaning = { kind: 'word', ...word, cost };
      const others = found.get(key) ?? [];
      if (others.some((one) => isDeepStrictEqual(one, meaning))) continue;
      found.set(key, [...others, meaning]);
    }
  }
  return found;
}
