import type { TextToSqlItem } from './data/text-to-sql-set.ts';
import { buildExemplarIndex, type ExemplarIndex } from './retrieval/exemplars.ts';

/** Questions with known SQL, or what gives those of now. */
export type Exemplars = readonly TextToSqlItem[] | (() => readonly TextToSqlItem[]);

/** The index of the exemplars of now. */
export function latestIndex(exemplars: Exemplars | undefined): () => ExemplarIndex | undefined {
  if (exemplars === undefined) return () => undefined;
  const itemsNow = typeof exemplars === 'function' ? exemplars : () => exemplars;
  let items: readonly TextToSqlItem[] | undefined;
  let index: ExemplarIndex | undefined;
  return () => {
    const now = itemsNow();
    if (now !== items) index = buildExemplarIndex(now);
    items = now;
    return index;
  };
}
