import { stateFolder } from '@quaestor/peft';
import type { TextToSqlItem } from './data/text-to-sql-set.ts';
import { buildExemplarIndexInTurns, type ExemplarIndex } from './retrieval/exemplars.ts';
import { keptExemplarIndex } from './retrieval/known-questions/kept-index.ts';

/** Questions with known SQL, or what gives those of now. */
export type Exemplars = readonly TextToSqlItem[] | (() => readonly TextToSqlItem[]);

/** Questions that are indexed as quickly as a file is opened. */
const FEW = 1000;

/** The index of the exemplars of now. @param folder where the index of a long list is kept */
export function latestIndex(
  exemplars: Exemplars | undefined,
  folder: string = stateFolder('indexes'),
): () => Promise<ExemplarIndex | undefined> {
  if (exemplars === undefined) return async () => undefined;
  const itemsNow = typeof exemplars === 'function' ? exemplars : () => exemplars;
  let items: readonly TextToSqlItem[] | undefined;
  let index: Promise<ExemplarIndex | undefined> = Promise.resolve(undefined);
  return () => {
    const now = itemsNow();
    if (now !== items) {
      index = now.length < FEW ? buildExemplarIndexInTurns(now) : keptExemplarIndex(now, folder);
    }
    items = now;
    return index;
  };
}
