import { useEffect, useRef } from 'preact/hooks';
import { useText } from '../parts/language.ts';
import { Link } from '../parts/link.tsx';
import { addressOf, PAGE_NAMES, type PageName } from '../routes.ts';
import { text } from './text.ts';

/** Links to all pages; on a narrow screen it scrolls, and shows the current one. */
export function Navigation({ current }: { readonly current: PageName }) {
  const words = useText(text);
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    const link = bar.current?.querySelector<HTMLElement>('[aria-current]');
    if (link == null || bar.current === null) return;
    bar.current.scrollLeft = link.offsetLeft - (bar.current.clientWidth - link.offsetWidth) / 2;
  }, [current]);
  return (
    <nav class="navigation" aria-label={words.navigation} ref={bar}>
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
