/** Words of a question that nothing in the database explains, for whoever is to say it otherwise. */
import type { DatabaseContext } from '../retrieval/context.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import { orUnread, Unread } from './model/unread.ts';
import { isExplained } from './phrases/explained-words.ts';
import { isPassedOver, passOver } from './phrases/pass-over.ts';
import { readPhrases } from './phrases/read-phrases.ts';

/** One letter, one Chinese character, is a part of something else. */
const LETTERS = /^[\p{L}\p{N}].*[\p{L}\p{N}]$/u;
/** Of more, the question is about something else, or in a language that is not read. */
const MOST = 3;

/**
 * Those that are no name, value, number or period, and no word that asks, counts, compares or says nothing:
 * as they are written, each once. None where there are more than three, which single out nothing, and where
 * words that are known do not go together.
 */
export function unknownWords(context: DatabaseContext, retrieval: Retrieval): string[] {
  const { question } = retrieval;
  const phrases = orUnread(() =>
    readPhrases(context, retrieval, Number.POSITIVE_INFINITY, passAny),
  );
  if (phrases instanceof Unread) return [];
  const words = phrases
    .filter(isPassedOver)
    .map(({ from, to }) => question.slice(from, to))
    .filter((word) => LETTERS.test(word) && !isExplained(word, context));
  const once = [...new Map(words.map((word) => [word.toLowerCase(), word])).values()];
  return once.length > MOST ? [] : once;
}

/** A name or a denial, too. */
const passAny: typeof passOver = (units, at, question, isKnown) => {
  const unit = units[at];
  return (
    passOver(units, at, question, isKnown) ??
    (unit && {
      from: unit.from,
      to: unit.to,
      meanings: [{ kind: 'word', word: 'noise', passedOver: true, cost: 0 }],
    })
  );
};
