/** The process of an index job: `profile-program DATABASE TARGET`: reads a database whole, once. */
import { Database } from '@quaestor/finsql/sqlite';
import { replaceFile } from '@quaestor/peft';
import { tell, tellError } from '../jobs/tell.ts';
import { lookingAt, profileDatabase } from './profile.ts';

const [file, target] = process.argv.slice(2) as [string, string];

for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

try {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  database.pragma('trusted_schema = OFF');
  const profile = profileDatabase(database, (name, done, total) =>
    tell({ type: 'progress', text: lookingAt(name), fraction: done / total }),
  );
  database.close();
  const text = JSON.stringify({ ...profile, warnings: [] });
  replaceFile(target, Buffer.from(text));
  process.stdout.write(text);
} catch (error) {
  process.exitCode = tellError(error);
}
