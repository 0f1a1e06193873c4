/** The adapters of the hub that a search composes. */
import {
  compositionKey,
  expectBaseModel,
  expectComposable,
  fitsBaseModel,
  type HubEntry,
  PeftError,
  readAdapter,
} from '@quaestor/peft';
import { openAdapters } from '../adapters.ts';
import { InputError } from '../errors.ts';

/** What is composed, and the names of those with the tags that do not fit it. */
export interface ChosenModules {
  readonly modules: readonly HubEntry[];
  readonly leftOut: readonly string[];
}

/**
 * The named adapters, and the LoRA adapters of the hub that carry every one of the tags, belong to the
 * base model and can be composed with the named ones; without a name, the most that can be composed
 * with each other.
 *
 * @param base name of the base model
 * @throws PeftError 'not-found' for an unknown name, 'mismatch' for a named adapter of another base or
 *   adapters that cannot be composed; InputError when there is no adapter
 */
export function modulesToCompose(
  names: readonly string[],
  tags: readonly string[],
  base: string,
): ChosenModules {
  const hub = openAdapters();
  const named = [...new Set(names)].map((name) => hub.get(name));
  for (const entry of named) expectBaseModel(entry, base);
  const carries = (entry: HubEntry): boolean =>
    tags.length > 0 && tags.every((tag) => entry.tags.includes(tag));
  const tagged = hub
    .list()
    .filter((entry) => entry.problem === null && entry.peftType === 'LORA' && carries(entry))
    .filter((entry) => !names.includes(entry.name) && fitsBaseModel(entry, base));
  if (named.length + tagged.length > 0) {
    const fitting = fittingOnes(named, tagged);
    const modules = [...named, ...fitting];
    expectComposable(modules.map(({ name, path }) => ({ name, ...readAdapter(path) })));
    const others = tagged.filter((entry) => !fitting.includes(entry));
    return { modules, leftOut: others.map(({ name }) => name) };
  }
  const known = [...new Set(hub.list().flatMap((entry) => entry.tags))].join(', ') || 'none';
  throw new InputError(
    tags.length === 0
      ? 'Name the adapters to compose, or give --tag.'
      : `No LoRA adapter of ${base} has the tags ${tags.join(', ')}; tags in the hub: ${known}.`,
  );
}

/** Those that fit the named ones or, without any, each other; all where none fits, so that it is said why. */
function fittingOnes(named: readonly HubEntry[], tagged: readonly HubEntry[]): readonly HubEntry[] {
  const [first] = named;
  const keyed = tagged.map((entry) => ({ entry, key: keyOf(entry) }));
  const alike = (wanted: string) =>
    keyed.flatMap(({ entry, key }) => (key === wanted ? [entry] : []));
  if (first !== undefined) return alike(keyOf(first) ?? '');
  const keys = new Set(keyed.flatMap(({ key }) => key ?? []));
  const [largest = tagged] = [...keys].map(alike).sort((a, b) => b.length - a.length);
  return largest;
}

/** null for one that cannot be composed, or read. */
function keyOf({ path }: HubEntry): string | null {
  try {
    return compositionKey(readAdapter(path));
  } catch (error) {
    if (error instanceof PeftError) return null;
    throw error;
  }
}
