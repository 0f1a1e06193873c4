/** What comes after something was removed together with the button that was pressed for it. */
import { signal } from '@preact/signals';
import { isolated } from './direction.ts';
import { language } from './language.ts';

/** One sentence for screen readers; the frame holds it. */
export const announcement = signal('');

const text = {
  en: (name: string) => `${name} was removed.`,
  zh: (name: string) => `已删除 ${name}。`,
};

/** Says so, and takes the keyboard to the heading of the page, where the list begins anew. */
export function tellRemoved(name: string): void {
  announcement.value = text[language.value](isolated(name));
  // Not before the dialog is closed: it gives the focus back to the button.
  setTimeout(() => {
    const heading = document.querySelector<HTMLElement>('main h1');
    if (heading === null) return;
    heading.tabIndex = -1;
    heading.focus();
  });
}
