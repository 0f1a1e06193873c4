import type { Language } from '../language.ts';
import { type RefusedStatement, sentenceFor } from './messages.ts';
import { wordingOf } from './wording.ts';

/** Why a statement is refused, in a sentence. */
export function sayRefused({ reason, sql }: RefusedStatement, language: Language): string {
  const wording = wordingOf(language);
  return wording.refused(sentenceFor(wording.forbidden, reason), sql);
}
