import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stateFolder } from '@quaestor/peft';
import { InputError } from './errors.ts';

const ENDINGS = ['', '.sqlite', '.sqlite3', '.db'] as const;

/** A folder of that name is no database. */
const isFile = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/**
 * The SQLite file that `--db` means: a path, or the name of one in the databases folder.
 *
 * @throws InputError naming the databases that there are
 */
export function findDatabase(name: string, cwd: string): string {
  const folder = stateFolder('databases');
  const candidates = [resolve(cwd, name), ...ENDINGS.map((ending) => join(folder, name + ending))];
  const found = candidates.find(isFile);
  if (found !== undefined) return found;
  const known = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => /\.(sqlite3?|db)$/.test(file))
        .map((file) => file.replace(/\.[^.]+$/, ''))
    : [];
  const there =
    known.length === 0
      ? 'None are here yet: "quaestor setup" makes the demo.'
      : `There are ${known.join(', ')}.`;
  throw new InputError(`There is no database ${name}; give a SQLite file or a name. ${there}`);
}
