import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESCRIPTIONS } from '@quaestor/finsql';
import type { DatabaseCatalog } from '../../database-catalog.ts';
import type { JobPlace } from '../job-kind.ts';

/**
 * Databases by name in one folder of the job, `databases/NAME.sqlite`, wherever they lie, with what
 * their tables and columns mean now.
 * @throws ServerError 'no-such-database'
 */
export async function linkDatabases(
  catalog: DatabaseCatalog,
  names: Iterable<string>,
  { folder }: JobPlace,
): Promise<void> {
  const databases = join(folder, 'databases');
  mkdirSync(databases, { recursive: true });
  for (const name of new Set(names)) {
    symlinkSync(await catalog.path(name), join(databases, `${name}.sqlite`));
    const descriptions = catalog.descriptions.read(name);
    if (descriptions.length === 0) continue;
    writeFileSync(join(databases, name + DESCRIPTIONS), JSON.stringify({ descriptions }));
  }
}
