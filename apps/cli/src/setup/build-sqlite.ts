import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database, sqliteFolder } from '@quaestor/finsql/sqlite';
import { buildAddon, engineFolder, placeFile, type SetupStep } from '@quaestor/peft';

const installed = join(sqliteFolder, 'build', 'Release', 'better_sqlite3.node');

/**
 * SQLite for Node, built from its source where the package brings no build that runs here. A build
 * may fit one Node ABI only, so each ABI has its own copy in the state folder and the running
 * Node's is put in place.
 */
export const buildSqlite: SetupStep = {
  name: 'sqlite',
  title: 'Building SQLite for this Node (a minute or two)',
  done: opens,
  run: async ({ home, signal }) => {
    const cached = cachedBuild(home);
    if (!existsSync(cached)) {
      const built = await buildAddon({
        packageFolder: sqliteFolder,
        target: 'better_sqlite3',
        // Release 13 builds nothing on a platform that it has a build for, unless told to.
        args: ['--force_build=1'],
        signal,
        purpose: { en: 'Building SQLite', zh: '构建 SQLite' },
      });
      placeFile(built, cached);
    }
    placeFile(cached, installed);
  },
};

/** Whether better-sqlite3 finds a native module, and this Node and system can load it. */
function opens(): boolean {
  try {
    new Database(':memory:').close();
    return true;
  } catch {
    return false;
  }
}

function cachedBuild(home: string): string {
  const manifest = readFileSync(join(sqliteFolder, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const { platform, arch, versions } = process;
  const name = `better-sqlite3-${version}-abi${versions.modules}-${platform}-${arch}`;
  return join(engineFolder(home), name, 'better_sqlite3.node');
}
