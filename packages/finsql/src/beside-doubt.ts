/** What helps on where an answer is withheld or likely wrong: known questions like it, words to say otherwise. */
import type { Judgement } from './judge-answer.ts';
import { nearQuestions } from './known/near-questions.ts';
import type { Found, Prepared } from './pipeline-records.ts';
import { isFamiliar } from './retrieval/familiar.ts';
import { unknownWords } from './word-by-word/unknown-words.ts';
import type { Caution } from './wording/messages.ts';

/** Whether another question may be the better one to ask. */
export function isDoubtful({ cautions }: Judgement): boolean {
  return cautions.some(({ code }) => code === 'doubtful' || code === 'words-passed-over');
}

/** Known questions like the one that is asked. */
export function nearTo({ question, prompt }: Prepared): string[] {
  return nearQuestions(question, prompt.retrieval.neighbours);
}

/**
 * Words that nothing explains, of a question whose answer is withheld or doubtful for another reason: about
 * a database of which little is known, what a model writes for them is a guess.
 */
export function unexplainedWords(
  { found, context, prompt }: Found,
  { refusal, cautions }: Judgement,
): Caution[] {
  const isLikelyWrong =
    refusal === undefined
      ? cautions.some(({ code }) => code === 'doubtful')
      : refusal.code !== 'not-in-data';
  if (!isLikelyWrong || found.wordByWord !== null || isFamiliar(context)) return [];
  const words = unknownWords(context, prompt.retrieval);
  return words.length === 0 ? [] : [{ code: 'words-unexplained', words }];
}
