/** What surrounds every page: bar, navigation, foot; and the page that the address names. */

import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { isolated } from '../parts/direction.ts';
import { KeyDialog } from '../parts/key.tsx';
import { language, useText } from '../parts/language.ts';
import { Link } from '../parts/link.tsx';
import { ProblemNotice } from '../parts/notice.tsx';
import { announcement } from '../parts/removed.ts';
import { path } from '../parts/router.ts';
import { loadPage, type PageName, type PageProps, pageAt } from '../routes.ts';
import { ModelStatus } from './model-status.tsx';
import { Navigation } from './navigation.tsx';
import { Preferences } from './preferences.tsx';
import { text } from './text.ts';

export function Frame() {
  const words = useText(text);
  const { name, item } = pageAt(path.value);
  useEffect(() => {
    const title = name === 'ask' ? [] : [item, words.pages[name]].filter((part) => part !== null);
    document.title = [...title.map(isolated), 'Quaestor'].join(' · ');
  }, [name, item, language.value]);
  return (
    <>
      <a class="skip" href="#content">
        {words.skip}
      </a>
      <header class="bar">
        <Link class="brand" href="/">
          <img src="/mark.svg" alt="" width="26" height="26" />
          Quaestor
        </Link>
        <Navigation current={name} />
        <div class="bar-end">
          <ModelStatus />
          <Preferences />
        </div>
      </header>
      <CurrentPage name={name} item={item} />
      <p class="visually-hidden" role="status">
        {announcement.value}
      </p>
      <footer class="foot">{words.foot}</footer>
      <KeyDialog />
    </>
  );
}

interface Shown {
  readonly name: PageName;
  readonly component: ComponentType<PageProps> | null;
  readonly problem?: unknown;
}

function CurrentPage({ name, item }: { readonly name: PageName; readonly item: string | null }) {
  const words = useText(text);
  const [shown, setShown] = useState<Shown | null>(null);
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    let wanted = true;
    const moved = shown !== null;
    loadPage(name).then(
      (component) => {
        if (!wanted) return;
        setShown({ name, component });
        // Whoever uses a screen reader is taken to the new page.
        if (moved) main.current?.focus({ preventScroll: true });
      },
      (problem: unknown) => wanted && setShown({ name, component: null, problem }),
    );
    return () => {
      wanted = false;
    };
  }, [name]);
  const Page = shown?.component;
  return (
    <main id="content" class={`page ${shown?.name ?? name}-page`} tabIndex={-1} ref={main}>
      {shown === null && <p class="page-loading">{words.loading}</p>}
      {shown?.problem !== undefined && (
        <ProblemNotice problem={words.pageFailed} onRetry={() => location.reload()} />
      )}
      {Page !== null && Page !== undefined && (
        <Page key={shown?.name} item={shown?.name === name ? item : null} />
      )}
    </main>
  );
}
