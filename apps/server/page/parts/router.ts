/** Which page is shown: the path and query of the address bar, as signals. */
import { batch, signal } from '@preact/signals';

export const path = signal(location.pathname);
export const query = signal(location.search);

addEventListener('popstate', read);

/**
 * Goes to an address of this site without loading the document again.
 *
 * @param to path with an optional query, e.g. `/databases/demo`
 */
export function navigate(to: string, { replace = false }: { readonly replace?: boolean } = {}) {
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  const moved = location.pathname !== path.value;
  read();
  if (moved) scrollTo(0, 0);
}

function read(): void {
  batch(() => {
    path.value = location.pathname;
    query.value = location.search;
  });
}
