import type { TextToSqlItem } from './data/text-to-sql-set.ts';
import { buildExemplarIndexInTurns, type ExemplarIndex } from './retrieval/exemplars.ts';

/** Questions with known SQL, or what gives those of now. */
export type Exemplars = readonly TextToSqlItem[] | (() => readonly TextToSqlItem[]);

/** The index of the exemplars of now. */
export function latestIndex(
  exemplars: Exemplars | undefined,
): () => Promise<ExemplarIndex | undefined> {
  if (exemplars === undefined) return async () => undefined;
  const itemsNow = typeof exemplars === 'function' ? exemplars : () => exemplars;
  let items: readonly TextToSqlItem[] | undefined;
  let index: Promise<ExemplarIndex | undefined> = Promise.resolve(undefined);
  return () => {
    const now = itemsNow();
    if (now !== items) index = buildExemplarIndexInTurns(now);
    items = now;
    return index;
  };
}
