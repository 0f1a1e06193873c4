import { basename } from 'node:path';

/** What a database is called: its file without folder and ending. */
export function databaseName(file: string): string {
  return basename(file).replace(/\.[^.]*$/, '');
}
