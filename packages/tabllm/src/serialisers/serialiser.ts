/**
 * The registry of layouts that put a row into text (Hegselmann et al. 2023, "TabLLM", arXiv
 * 2210.10723, §3.1 and appendix). A layout says nothing about how names and values are worded: it
 * gets them as fields.
 */
import { TabLlmError } from '../errors.ts';
import type { Field, Missing } from './field.ts';

/** A pure function of the row: equal rows give equal texts. */
export type WriteRow = (fields: readonly Field[]) => string;

export interface LayoutOptions {
  /** Default 'omit'. */
  readonly missing?: Missing;
  /** Seed of layouts that permute; default 0. */
  readonly seed?: number;
  /** For permuted-names: name i goes with the value of field permutation[i]. Default: drawn by seed. */
  readonly permutation?: readonly number[];
  /** For list-short: how many fields at most (default 10), and fields by falling importance. */
  readonly limit?: number;
  readonly importance?: readonly number[];
  /** For permuted-values: rows of the table, from which it takes what values a field has. */
  readonly sample?: readonly (readonly Field[])[];
}

export interface Serialiser {
  /** As given on the command line. */
  readonly name: string;
  /** One line, no full stop. */
  readonly summary: string;
  /** Whether it needs rows of the table, `LayoutOptions.sample`; default false. */
  readonly needsSample?: boolean;
  /** @throws TabLlmError 'bad-config' for options that do not fit */
  prepare(options: LayoutOptions): WriteRow;
}

const registry = new Map<string, Serialiser>();

/** Adds a layout to the registry. @throws TabLlmError 'bad-config' where another one has its name */
export function defineSerialiser(serialiser: Serialiser): Serialiser {
  const known = registry.get(serialiser.name);
  if (known && known !== serialiser) {
    throw new TabLlmError('bad-config', {
      en: `There is a serialiser "${serialiser.name}" already; give the new one another name.`,
      zh: `已有名为“${serialiser.name}”的序列化方式，请为新的换一个名称。`,
    });
  }
  registry.set(serialiser.name, serialiser);
  return serialiser;
}

/** Every layout, in the order in which they were defined. */
export function serialisers(): readonly Serialiser[] {
  return [...registry.values()];
}

/** A layout by name. @throws TabLlmError 'not-found' */
export function findSerialiser(name: string): Serialiser {
  const found = registry.get(name);
  if (found) return found;
  const known = [...registry.keys()];
  throw new TabLlmError('not-found', {
    en: `There is no serialiser "${name}"; there are ${known.join(', ')}.`,
    zh: `没有名为“${name}”的序列化方式，已有的：${known.join('、')}。`,
  });
}
