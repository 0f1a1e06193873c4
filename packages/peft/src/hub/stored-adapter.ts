/** From an adapter in the hub to a model that answers with it. */
import { readAdapter } from '../io/adapter-files.ts';
import type { LanguageModel } from '../model/language-model.ts';
import { attachStored } from '../tuners/attach-stored.ts';
import type { Adapter } from '../tuners/index.ts';
import { type AdapterHub, expectBaseModel, fitsBaseModel, type HubEntry } from './adapter-hub.ts';

/**
 * Attaches a stored adapter and folds it into the weights. `detach` of what is returned gives the
 * base back.
 * @throws PeftError 'mismatch' for another base, 'bad-file' | 'bad-config' for a broken adapter
 */
export function mergeStoredAdapter(
  model: LanguageModel,
  entry: Pick<HubEntry, 'name' | 'baseModel' | 'path'>,
): Adapter {
  expectBaseModel(entry, model.name);
  const adapter = attachStored(model, readAdapter(entry.path));
  try {
    adapter.merge?.();
    return adapter;
  } catch (error) {
    adapter.detach();
    throw error;
  }
}

/** A database that questions are about, as far as it decides which adapter answers them. */
export interface AskedDatabase {
  readonly name: string;
  /** Whether few questions about it are known. */
  readonly isNew: boolean;
}

/**
 * The adapter to take when none is named: the first whose name or tags contain a word and whose base
 * fits, those of read-only folders before one's own; null when there is none. One that is made for
 * certain databases (`AdapterCard.databases`) is for questions about these alone, and goes first there;
 * so does, after it, one for new databases (`AdapterCard.new_databases`) where the database is new.
 * @param database default: any that is not new
 */
export function defaultAdapter(
  hub: AdapterHub,
  model: Pick<LanguageModel, 'name'>,
  word: string,
  database?: AskedDatabase,
): HubEntry | null {
  const usable = hub.list().filter((entry) => {
    const words = [entry.name, ...entry.tags].join(' ').toLowerCase();
    return entry.problem === null && words.includes(word) && fitsBaseModel(entry, model.name);
  });
  const own = usable.filter(({ card }) => card?.databases.some((name) => name === database?.name));
  const unbound = usable.filter(({ card }) => !card?.databases.length);
  const forNew = unbound.filter(({ card }) => database?.isNew && card?.new_databases);
  const forAll = unbound.filter(({ card }) => !card?.new_databases);
  const among = [own, forNew, forAll].find(({ length }) => length > 0) ?? [];
  return among.find(({ readOnly }) => readOnly) ?? among[0] ?? null;
}
