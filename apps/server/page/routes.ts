/** The pages: where each is, and how it is loaded when it is first shown. */
import type { ComponentType } from 'preact';

export interface PageProps {
  /** What follows the page's name in the path, e.g. `demo` of `/databases/demo`; null when nothing does. */
  readonly item: string | null;
}

export const PAGE_NAMES = [
  'ask',
  'databases',
  'classify',
  'models',
  'train',
  'examples',
  'system',
  'docs',
] as const;

/** `missing`: where no page is. */
export type PageName = (typeof PAGE_NAMES)[number] | 'missing';

const LOADERS: Readonly<Record<PageName, () => Promise<ComponentType<PageProps>>>> = {
  ask: async () => (await import('./pages/ask/ask-page.tsx')).AskPage,
  databases: async () => (await import('./pages/databases/databases-page.tsx')).DatabasesPage,
  classify: async () => (await import('./pages/classify/classify-page.tsx')).ClassifyPage,
  models: async () => (await import('./pages/models/models-page.tsx')).ModelsPage,
  train: async () => (await import('./pages/train/train-page.tsx')).TrainPage,
  examples: async () => (await import('./pages/examples/examples-page.tsx')).ExamplesPage,
  system: async () => (await import('./pages/system/system-page.tsx')).SystemPage,
  docs: async () => (await import('./pages/docs/docs-page.tsx')).DocsPage,
  missing: async () => (await import('./pages/missing-page.tsx')).MissingPage,
};

const loaded = new Map<PageName, Promise<ComponentType<PageProps>>>();

/** The component of a page; fetched once. */
export function loadPage(name: PageName): Promise<ComponentType<PageProps>> {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const loading = LOADERS[name]();
  loaded.set(name, loading);
  loading.catch(() => loaded.delete(name));
  return loading;
}

export const addressOf = (name: PageName) => (name === 'ask' ? '/' : `/${name}`);

/** The page at a path, and the item it shows. */
export function pageAt(path: string): { readonly name: PageName; readonly item: string | null } {
  const [first = '', second = ''] = path.split('/').slice(1);
  const name = first === '' ? 'ask' : (PAGE_NAMES.find((known) => known === first) ?? 'missing');
  return { name, item: second === '' ? null : decode(second) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
