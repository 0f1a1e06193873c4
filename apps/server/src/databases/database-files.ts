import { rmSync } from 'node:fs';

/** What SQLite keeps beside a database: committed rows that are not in it yet, too. */
const COMPANIONS = ['-wal', '-shm', '-journal'] as const;

/** Removes a database with the files that SQLite keeps beside it; one that is not there is no error. */
export function removeDatabaseFiles(path: string): void {
  // The database first: alone, a log is passed over, while a database without its log is an older one.
  rmSync(path, { force: true });
  removeCompanions(path);
}

/** Before another database gets the name: SQLite would read the log of the old one into the new one. */
export function removeCompanions(path: string): void {
  for (const suffix of COMPANIONS) rmSync(`${path}${suffix}`, { force: true });
}
