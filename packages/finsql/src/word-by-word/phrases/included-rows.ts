/** Rows that are said to be among the others, as they are anyway: `covers sold, cancelled ones included`. */
import type { Phrase } from '../model/phrase.ts';
import type { Dictionary } from '../names/names.ts';
import { phraseKey } from '../words/units.ts';

const ONES = '(?: (?:ones|entries|rows|items|orders|bookings|deals|trades))?';
const BEHIND = new RegExp(
  `(?<=[,;(–—-]\\s*)(?:even |also )?(?:the )?([a-z]+(?: [a-z]+)??)${ONES} (?:included|too|as well)(?=\\s*(?:$|[?.!),;:]))`,
  'gi',
);
const BEFORE = new RegExp(
  `(?<=[,;(–—-]\\s*)(?:including|even|also) (?:the |those )?([a-z]+(?: [a-z]+)??)${ONES}(?=\\s*(?:$|[?.!),;:]))`,
  'gi',
);

/** Such clauses as phrases that say nothing, where their word tells a state and nothing else. */
export function includedRows(question: string, names: Dictionary): Phrase[] {
  return [BEHIND, BEFORE].flatMap((clause) =>
    [...question.matchAll(clause)].flatMap(({ 0: text, 1: state = '', index }): Phrase[] => {
      const meanings = names.get(phraseKey(state)) ?? [];
      const isState =
        meanings.some(({ kind }) => /^(?:value|flag|stored)$/.test(kind)) &&
        meanings.every(({ kind }) => /^(?:value|flag|stored|column)$/.test(kind));
      return isState
        ? [
            {
              from: index,
              to: index + text.length,
              meanings: [{ kind: 'word', word: 'noise', cost: 0.5 }],
            },
          ]
        : [];
    }),
  );
}
