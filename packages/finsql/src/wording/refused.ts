import type { Language } from '../language.ts';
import { type Forbidden, sentenceFor } from './messages.ts';
import { wordingOf } from './wording.ts';

/**
 * Why a statement is refused, in a sentence.
 * @param sql the statement, where the reader did not write it; null where they did
 */
export function sayRefused(reason: Forbidden, sql: string | null, language: Language): string {
  const wording = wordingOf(language);
  return wording.refused(sentenceFor(wording.forbidden, reason), sql);
}
