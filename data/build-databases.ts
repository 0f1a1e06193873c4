/** Small databases that come as the statements that make them: those of `strangers` and of `ledgers`. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Database } from '@quaestor/finsql/sqlite';

/**
 * Writes each database as `FOLDER/NAME/NAME.sqlite`, as `quaestor eval sql --databases FOLDER` reads them.
 * @param statements folder of `NAME.sql.gz`
 * @returns their names
 * @throws Error where a database of that name is there already
 */
export function buildDatabases(statements: string, folder: string): string[] {
  return readdirSync(statements).map((file) => {
    const name = file.replace(/\.sql\.gz$/, '');
    mkdirSync(join(folder, name), { recursive: true });
    const database = new Database(join(folder, name, `${name}.sqlite`));
    try {
      // A dump has its tables by name, not by what they refer to.
      database.pragma('foreign_keys = off');
      database.exec(gunzipSync(readFileSync(join(statements, file))).toString('utf8'));
    } finally {
      database.close();
    }
    return name;
  });
}

const [, script, statements, folder] = process.argv;
if (script !== undefined && import.meta.filename === resolve(script) && statements && folder) {
  process.stdout.write(`${buildDatabases(statements, folder).join('\n')}\n`);
}
