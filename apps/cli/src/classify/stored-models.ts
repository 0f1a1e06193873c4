/** Saved classifiers by name: folders in Quaestor's state, or paths. */
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { stateFolder } from '@quaestor/peft';
import { InputError } from '../errors.ts';

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;

/** Where a model of this name lies or will lie; a name with a slash is a path. */
export function modelFolder(name: string, cwd: string): string {
  if (/[\\/]/.test(name)) return resolve(cwd, name);
  if (NAME.test(name)) return stateFolder('classifiers', name);
  throw new InputError(
    `"${name}" is no name for a model: letters, digits, dots, dashes and underscores, or a path.`,
  );
}

/** @throws InputError telling which there are */
export function findModelFolder(name: string, cwd: string): string {
  const folder = modelFolder(name, cwd);
  if (existsSync(folder)) return folder;
  const all = stateFolder('classifiers');
  const known = existsSync(all) ? readdirSync(all).filter((entry) => NAME.test(entry)) : [];
  throw new InputError(
    `There is no saved model ${name}${known.length === 0 ? '; make one with --save' : `; there are ${known.join(', ')}`}.`,
  );
}
