import { readKept } from './kept.ts';

/** `system` follows the browser's setting. */
export const THEMES = ['system', 'light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

/** The theme that was chosen, else the system's. */
export function keptTheme(): Theme {
  const kept = readKept('theme');
  return THEMES.find((theme) => theme === kept) ?? 'system';
}
