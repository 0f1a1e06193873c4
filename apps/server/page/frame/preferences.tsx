/** Switches of language and theme. */
import { chooseLanguage, language, useText } from '../parts/language.ts';
import { chooseTheme, theme } from '../parts/theme.ts';
import { THEMES, type Theme } from '../parts/theme-choice.ts';
import { text } from './text.ts';

const SIGNS: Readonly<Record<Theme, string>> = {
  system: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM8 3v10a5 5 0 0 0 0-10z',
  light:
    'M8 5a3 3 0 1 0 0 6a3 3 0 0 0 0-6zM7.3 1h1.4v2.2H7.3zM7.3 12.8h1.4V15H7.3zM1 7.3h2.2v1.4H1zM12.8 7.3H15v1.4h-2.2zM2.6 3.6l1-1l1.5 1.5l-1 1zM10.9 11.9l1-1l1.5 1.5l-1 1zM10.9 4.1l1.5-1.5l1 1l-1.5 1.5zM2.6 12.4l1.5-1.5l1 1l-1.5 1.5z',
  dark: 'M6.2 1.8a6.3 6.3 0 1 0 8 8A5.4 5.4 0 0 1 6.2 1.8z',
};

export function Preferences() {
  const words = useText(text);
  const next = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length] ?? 'system';
  const other = language.value === 'en' ? 'zh' : 'en';
  return (
    <div class="preferences">
      <button
        class="icon"
        type="button"
        title={words.themes[theme.value]}
        aria-label={`${words.theme}: ${words.themes[theme.value]}`}
        onClick={() => chooseTheme(next)}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d={SIGNS[theme.value]} fill="currentColor" fill-rule="evenodd" />
        </svg>
      </button>
      <button
        class="icon"
        type="button"
        lang={other}
        {...(other === 'zh' ? { 'aria-label': '中文' } : { title: 'English' })}
        onClick={() => chooseLanguage(other)}
      >
        {other === 'zh' ? '中' : 'EN'}
      </button>
    </div>
  );
}
