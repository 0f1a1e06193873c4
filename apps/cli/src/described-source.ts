import { basename, extname, isAbsolute, relative, resolve, sep } from 'node:path';
import { type DatabaseSource, type Description, DescriptionStore } from '@quaestor/finsql';
import { stateFolder } from '@quaestor/peft';

/**
 * The name of a database of the state folder, `NAME.sqlite` or a file in a folder `NAME`; undefined for
 * a file elsewhere, which has no descriptions.
 */
export function nameOfDatabase(file: string): string | undefined {
  const inside = relative(stateFolder('databases'), resolve(file));
  if (inside === '' || isAbsolute(inside)) return undefined;
  const [first = '', ...rest] = inside.split(sep);
  if (first === '..') return undefined;
  return rest.length === 0 ? basename(first, extname(first)) : first;
}

/** A database with what its tables and columns mean now. */
export function describedSource(file: string): DatabaseSource {
  return { file, descriptions: descriptionsOf(file) };
}

/** What the tables and columns of a file mean now. */
export function descriptionsOf(file: string): readonly Description[] {
  const name = nameOfDatabase(file);
  return name === undefined ? [] : new DescriptionStore().read(name);
}
