import { signal } from '@preact/signals';
import { keep } from './kept.ts';
import { keptTheme, type Theme } from './theme-choice.ts';

/** Light, dark, or what the browser is set to. */
export const theme = signal<Theme>(keptTheme());

export function chooseTheme(next: Theme): void {
  theme.value = next;
  keep('theme', next === 'system' ? null : next);
  document.documentElement.dataset.theme = next;
}
