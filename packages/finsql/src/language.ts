/** The languages in which answers are explained. */
import { described, LANGUAGES, type Language } from '@quaestor/peft';
import * as z from 'zod';
import { hasHan } from './retrieval/words.ts';

export { LANGUAGES, type Language };

export const languageOption = z.enum(LANGUAGES).optional().apply(described, {
  en: 'language of explanation, warnings and reasons; default: that of the question',
  zh: '解释、警告和原因所用的语言；默认：与问题相同',
});

/** The language of a text: Chinese where it has a Chinese character. */
export function languageOf(text: string): Language {
  return hasHan(text) ? 'zh' : 'en';
}
