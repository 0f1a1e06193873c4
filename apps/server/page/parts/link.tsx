import type { JSX } from 'preact';
import { navigate } from './router.ts';

/** A link inside the page: a plain click stays in the document, any other (new tab …) is the browser's. */
export function Link({ href, ...rest }: JSX.AnchorHTMLAttributes & { readonly href: string }) {
  const follow = (event: MouseEvent) => {
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey);
    if (!plain || event.altKey || event.defaultPrevented) return;
    event.preventDefault();
    navigate(href);
  };
  return <a href={href} onClick={follow} {...rest} />;
}
