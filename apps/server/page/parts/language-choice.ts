import { readKept } from './kept.ts';

export type Language = 'en' | 'zh';

/** The language that was chosen, else the first of the browser's that the page speaks. */
export function keptLanguage(): Language {
  const kept = readKept('language');
  if (kept === 'en' || kept === 'zh') return kept;
  const known = navigator.languages.map((tag) => tag.toLowerCase().split('-')[0]);
  return known.find((tag) => tag === 'en' || tag === 'zh') ?? 'en';
}
