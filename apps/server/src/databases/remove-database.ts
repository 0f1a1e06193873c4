import { join } from 'node:path';
import type { DatabaseCatalog } from '../database-catalog.ts';
import { ServerError } from '../errors.ts';
import { removeDatabaseFiles } from './database-files.ts';
import type { ProfileStore } from './profile-store.ts';

/**
 * Removes a database of the folder of uploaded ones; others are not ours to remove.
 * @throws ServerError 'no-such-database' | 'conflict'
 */
export async function removeDatabase(
  name: string,
  tools: {
    readonly catalog: DatabaseCatalog;
    readonly profiles: ProfileStore;
    readonly databases: string;
  },
): Promise<void> {
  const path = await tools.catalog.path(name);
  if (path !== join(tools.databases, `${name}.sqlite`)) {
    throw new ServerError('conflict', {
      en: `${name} was not uploaded; remove its file where it lies.`,
      zh: `${name} 不是上传的数据库，请在文件所在的位置删除它。`,
    });
  }
  removeDatabaseFiles(path);
  tools.profiles.remove(name);
  tools.catalog.descriptions.remove(name);
}
