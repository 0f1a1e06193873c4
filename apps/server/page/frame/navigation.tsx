import { useText } from '../parts/language.ts';
import { Link } from '../parts/link.tsx';
import { addressOf, PAGE_NAMES, type PageName } from '../routes.ts';
import { text } from './text.ts';

/** Links to all pages. */
export function Navigation({ current }: { readonly current: PageName }) {
  const words = useText(text);
  return (
    <nav class="navigation" aria-label={words.navigation}>
      {PAGE_NAMES.map((name) => (
        <Link
          key={name}
          href={addressOf(name)}
          aria-current={name === current ? 'page' : undefined}
        >
          {words.pages[name]}
        </Link>
      ))}
    </nav>
  );
}
