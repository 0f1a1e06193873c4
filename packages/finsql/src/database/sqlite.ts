/**
 * better-sqlite3 in the release that the running Node can load.
 *
 * Release 13 speaks Node-API 10, which Node has from 22.14 on; an older Node crashes in it. Release
 * 12 serves that older Node only: it derives from node::ObjectWrap, which in Node 24.19 aborts the
 * process at garbage collection (nodejs/node#65446).
 */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type Sqlite from 'better-sqlite3';

export { quoteIdentifier } from '../schema/identifiers.ts';

const require = createRequire(import.meta.url);
const hasNodeApi10 = Number(process.versions.napi) >= 10;

/** Opens a database file or `':memory:'`, as better-sqlite3 documents it. */
export const Database: typeof Sqlite = hasNodeApi10
  ? require('better-sqlite3')
  : require('better-sqlite3-12');
export type Database = Sqlite.Database;

/** Folder of the chosen package, in which its native module is built where it needs to be. */
export const sqliteFolder: string = dirname(
  require.resolve(`${hasNodeApi10 ? 'better-sqlite3' : 'better-sqlite3-12'}/package.json`),
);
