import { signal } from '@preact/signals';
import { keep } from './kept.ts';
import { keptLanguage, type Language } from './language-choice.ts';

/** The language of the page; components that read a text in it are drawn again when it changes. */
export const language = signal<Language>(keptLanguage());

export function chooseLanguage(next: Language): void {
  language.value = next;
  keep('language', next);
  document.documentElement.lang = next;
}

/** Texts of one part of the page in each language; both have the same keys. */
export type Texts<En, Zh> = { readonly en: En; readonly zh: Zh } & (keyof Zh extends keyof En
  ? unknown
  : never);

/** The texts of a part, in the language of the page. */
export function useText<En, Zh extends En>(text: Texts<En, Zh>): En {
  return text[language.value];
}
