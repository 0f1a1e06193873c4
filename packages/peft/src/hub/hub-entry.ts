/** One adapter of a hub, as its files describe it. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PeftError } from '../errors.ts';
import {
  ADAPTER_CARD,
  ADAPTER_CONFIG,
  ADAPTER_TENSORS,
  readAdapterConfig,
} from '../io/adapter-files.ts';
import { reasonOf } from '../reason.ts';
import type { Text } from '../translated.ts';
import { type AdapterCard, readAdapterCard } from './adapter-card.ts';

/** One adapter of the hub, without its tensors; `readAdapter(entry.path)` has those. */
export interface HubEntry {
  readonly name: string;
  readonly path: string;
  /** HF-PEFT's `peft_type`, e.g. LORA; empty when the folder cannot be read. */
  readonly peftType: string;
  /** Rank, where the method has one. */
  readonly rank: number | null;
  /** `base_model_name_or_path`; null when the adapter does not say. */
  readonly baseModel: string | null;
  readonly tags: readonly string[];
  readonly sizeBytes: number;
  readonly card: AdapterCard | null;
  /** Another adapter of the same base, in its folder `second`, to be asked where it is not sure itself. */
  readonly second: HubEntry | null;
  /** True for adapters outside the writable folder; they cannot be removed. */
  readonly readOnly: boolean;
  /** Why the folder cannot be used, if so. */
  readonly problem: Text | null;
}

/** Folder of the second adapter within that of the first. */
export const SECOND = 'second';

/** What an adapter is described by. */
const DESCRIBING = [ADAPTER_CONFIG, ADAPTER_TENSORS, ADAPTER_CARD].flatMap((file) => [
  file,
  join(SECOND, file),
]);

/** Entries by path, each kept while its files stay: checking the patterns of one takes milliseconds. */
export class DescribedAdapters {
  readonly #known = new Map<string, { readonly version: string; readonly entry: HubEntry }>();

  /** The adapter in a folder, as it is now; `problem` tells of one that cannot be read. */
  entry(path: string, name: string, readOnly: boolean): HubEntry {
    const version = versionOf(path);
    const known = this.#known.get(path);
    if (known?.version === version) return known.entry;
    const entry = describe(path, name, readOnly);
    this.#known.set(path, { version, entry });
    return entry;
  }
}

function versionOf(path: string): string {
  return DESCRIBING.map((file) => {
    try {
      const stat = statSync(join(path, file), { throwIfNoEntry: false });
      return stat && `${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`;
    } catch (error) {
      return String(error);
    }
  }).join('; ');
}

/** The folder of the adapter that lies in an adapter's folder; undefined where none does. */
export function secondIn(folder: string): string | undefined {
  const second = join(folder, SECOND);
  return existsSync(join(second, ADAPTER_CONFIG)) ? second : undefined;
}

/**
 * What an adapter folder says of itself; `problem` tells why one cannot be read.
 * @param inside whether it lies in another adapter's folder: a second one has no second of its own
 */
export function describe(path: string, name: string, readOnly: boolean, inside = false): HubEntry {
  const nothing = { peftType: '', rank: null, baseModel: null, tags: [], sizeBytes: 0 };
  const empty = { ...nothing, card: null, second: null };
  try {
    const config = readAdapterConfig(path);
    const card = readAdapterCard(path);
    const { r, base_model_name_or_path: base } = config;
    const beside = inside ? undefined : secondIn(path);
    const second =
      beside === undefined ? null : describe(beside, `${name}/${SECOND}`, readOnly, true);
    return {
      name,
      path,
      readOnly,
      peftType: config.peft_type,
      rank: typeof r === 'number' ? r : null,
      baseModel: typeof base === 'string' && base !== '' ? base : null,
      tags: card?.tags ?? [],
      sizeBytes: statSync(join(path, ADAPTER_TENSORS)).size,
      card,
      second,
      problem: second?.problem ?? null,
    };
  } catch (error) {
    const { en, zh } = reasonOf(error, path);
    const problem = error instanceof PeftError ? error.text : { en, zh: `无法读取：${zh}` };
    return { ...empty, name, path, readOnly, problem };
  }
}
