/** What a schema is asked about by, prepared once: its names and its keys. */
import type { DatabaseContext, Link } from '../../retrieval/context.ts';
import { linksOf } from '../columns/joins.ts';
import { type Dictionary, schemaPhrases } from './names.ts';
import { type ShortNames, shortNames } from './short-names.ts';

export interface SchemaNames {
  readonly names: Dictionary;
  readonly shortNames: ShortNames;
  /** Declared, and told by names. */
  readonly links: readonly Link[];
}

const known = new WeakMap<DatabaseContext['schema'], SchemaNames>();

export function namesOf({
  schema,
  links: declared,
}: Pick<DatabaseContext, 'schema' | 'links'>): SchemaNames {
  const found = known.get(schema);
  if (found !== undefined) return found;
  const links = linksOf(schema, declared);
  const names = schemaPhrases(schema, links);
  const made = { names, shortNames: shortNames(schema, names), links };
  known.set(schema, made);
  return made;
}
