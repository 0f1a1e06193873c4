/** Runs before anything is drawn, so that a chosen theme and language do not flash in afterwards. */
import { keptLanguage } from './parts/language-choice.ts';
import { keptTheme } from './parts/theme-choice.ts';

document.documentElement.dataset.theme = keptTheme();
document.documentElement.lang = keptLanguage();
