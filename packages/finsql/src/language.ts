/** The languages in which answers are explained. */
import { LANGUAGES, type Language } from '@quaestor/peft';
import * as z from 'zod';
import { hasHan } from './retrieval/words.ts';

export { LANGUAGES, type Language };

export const languageOption = z
  .enum(LANGUAGES)
  .optional()
  .describe('language of explanation, warnings and reasons; default: that of the question');

/** The language of a text: Chinese where it has a Chinese character. */
export function languageOf(text: string): Language {
  return hasHan(text) ? 'zh' : 'en';
}
