/** The adapters of the hub that a search composes. */
import { expectBaseModel, fitsBaseModel, type HubEntry } from '@quaestor/peft';
import { openAdapters } from '../adapters.ts';
import { InputError } from '../errors.ts';

/**
 * The named adapters, and the LoRA adapters of the hub that carry every one of the tags and belong to
 * the base model.
 *
 * @param base name of the base model
 * @throws PeftError 'not-found' for an unknown name, 'mismatch' for a named adapter of another base;
 *   InputError when there is no adapter
 */
export function modulesToCompose(
  names: readonly string[],
  tags: readonly string[],
  base: string,
): readonly HubEntry[] {
  const hub = openAdapters();
  const named = [...new Set(names)].map((name) => hub.get(name));
  for (const entry of named) expectBaseModel(entry, base);
  const carries = (entry: HubEntry): boolean =>
    tags.length > 0 && tags.every((tag) => entry.tags.includes(tag));
  const tagged = hub
    .list()
    .filter((entry) => entry.problem === null && entry.peftType === 'LORA' && carries(entry))
    .filter((entry) => !names.includes(entry.name) && fitsBaseModel(entry, base));
  if (named.length + tagged.length > 0) return [...named, ...tagged];
  const known = [...new Set(hub.list().flatMap((entry) => entry.tags))].join(', ') || 'none';
  throw new InputError(
    tags.length === 0
      ? 'Name the adapters to compose, or give --tag.'
      : `No LoRA adapter of ${base} has the tags ${tags.join(', ')}; tags in the hub: ${known}.`,
  );
}
