import type { Warning } from '../answer.ts';
import type { Language } from '../language.ts';
import { type Caution, sentenceFor } from './messages.ts';
import { wordingOf } from './wording.ts';

/** Cautions in the words of a language, each with its code. */
export function warningsOf(cautions: readonly Caution[], language: Language): Warning[] {
  const { cautions: sentences } = wordingOf(language);
  return cautions.map((caution) => ({ code: caution.code, text: sentenceFor(sentences, caution) }));
}
