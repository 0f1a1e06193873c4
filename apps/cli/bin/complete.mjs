// `quaestor __complete KIND`: names for a shell, one a line. Only Node built-ins and no child
// process, because somebody waits with a finger on the tab key.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { repository } from './launch.mjs';

const home = resolve(process.env.QUAESTOR_HOME || join(homedir(), '.quaestor'));

/** Names in a folder; what does not exist holds none. */
function namesIn(folder) {
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? readdirSync(folder).filter((name) => !name.startsWith('.')) : [];
}

const kinds = {
  adapters: () =>
    [join(home, 'adapters'), join(repository, 'data/adapters')].flatMap((folder) =>
      namesIn(folder).filter((name) => existsSync(join(folder, name, 'adapter_config.json'))),
    ),
  databases: () =>
    namesIn(join(home, 'databases'))
      .filter((name) => /\.(sqlite3?|db)$/.test(name))
      .map((name) => name.replace(/\.[^.]+$/, '')),
  // `organisation/model`, and what lies directly in the folder.
  models: () =>
    namesIn(join(home, 'models')).flatMap((name) => {
      const below = namesIn(join(home, 'models', name));
      const isModel =
        below.length === 0 || below.some((file) => /^config\.json$|\.gguf$/.test(file));
      return isModel ? [name] : below.map((model) => `${name}/${model}`);
    }),
};

/** Prints the names of a kind; of an unknown one nothing. */
export function complete(kind = '') {
  const names = Object.hasOwn(kinds, kind) ? kinds[kind]() : [];
  process.stdout.write(
    [...new Set(names)]
      .sort()
      .map((name) => `${name}\n`)
      .join(''),
  );
}
