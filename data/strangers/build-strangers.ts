/** Sixty-four small databases that no adapter was trained on, from the statements that make them. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Database } from '@quaestor/finsql/sqlite';

const STATEMENTS = new URL('databases/', import.meta.url);

/**
 * Writes each database as `FOLDER/NAME/NAME.sqlite`, as `quaestor eval sql --databases FOLDER` reads them.
 * @returns their names
 * @throws Error where a database of that name is there already
 */
export function buildStrangers(folder: string): string[] {
  return readdirSync(STATEMENTS).map((file) => {
    const name = file.replace(/\.sql\.gz$/, '');
    mkdirSync(join(folder, name), { recursive: true });
    const database = new Database(join(folder, name, `${name}.sqlite`));
    try {
      // A dump has its tables by name, not by what they refer to.
      database.pragma('foreign_keys = off');
      database.exec(gunzipSync(readFileSync(new URL(file, STATEMENTS))).toString('utf8'));
    } finally {
      database.close();
    }
    return name;
  });
}

const [, script, folder] = process.argv;
if (script !== undefined && import.meta.filename === script && folder !== undefined) {
  process.stdout.write(`${buildStrangers(folder).join('\n')}\n`);
}
