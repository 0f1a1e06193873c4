import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stateFolder, statIfThere } from '@quaestor/peft';
import { InputError } from './errors.ts';

const ENDINGS = ['', '.sqlite', '.sqlite3', '.db'] as const;

/**
 * The SQLite file that `--db` means: a path, or the name of one in the databases folder.
 *
 * @throws InputError naming the databases that there are
 */
export function findDatabase(name: string, cwd: string): string {
  const folder = stateFolder('databases');
  const candidates = [resolve(cwd, name), ...ENDINGS.map((ending) => join(folder, name + ending))];
  const found = candidates.find((path) => statIfThere(path)?.isFile() === true);
  if (found !== undefined) return found;
  const known = existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => /\.(sqlite3?|db)$/.test(file))
        .map((file) => file.replace(/\.[^.]+$/, ''))
    : [];
  const there =
    known.length === 0
      ? 'None are here yet: "quaestor setup" makes the demo.'
      : `Known databases: ${known.join(', ')}.`;
  const isFolder = statIfThere(resolve(cwd, name))?.isDirectory() === true;
  const wrong = isFolder ? `${name} is a folder, not a database` : `There is no database ${name}`;
  throw new InputError(`${wrong}; give a SQLite file or a name. ${there}`);
}
