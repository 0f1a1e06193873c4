import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { buildAddon, engineFolder, isPlaced, placeFile, type SetupStep } from '@quaestor/peft';

const require = createRequire(import.meta.url);
const manifest = require.resolve('better-sqlite3/package.json');
const installed = join(dirname(manifest), 'build', 'Release', 'better_sqlite3.node');

/**
 * SQLite for Node, built from its source. Unlike the tensor binding it fits one Node ABI only, so
 * each ABI has its own copy in the state folder and the running Node's is put in place.
 */
export const buildSqlite: SetupStep = {
  name: 'sqlite',
  title: 'Building SQLite for this Node (a minute or two)',
  done: (home) => isPlaced(cachedBuild(home), installed),
  run: async ({ home, signal }) => {
    const cached = cachedBuild(home);
    if (!existsSync(cached)) {
      const built = await buildAddon({
        packageFolder: dirname(manifest),
        target: 'better_sqlite3',
        signal,
        purpose: 'Building SQLite',
      });
      placeFile(built, cached);
    }
    placeFile(cached, installed);
  },
};

function cachedBuild(home: string): string {
  const { version } = require(manifest) as { version: string };
  const { platform, arch, versions } = process;
  const name = `better-sqlite3-${version}-abi${versions.modules}-${platform}-${arch}`;
  return join(engineFolder(home), name, 'better_sqlite3.node');
}
