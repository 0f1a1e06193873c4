/** Profiles of databases, each kept until its database changes. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileStamp } from '@quaestor/finsql';
import { namedFile, replaceFile } from '@quaestor/peft';
import * as z from 'zod';
import { type DatabaseProfile, databaseProfile } from './profile.ts';

const stored = z.object({ version: z.string(), profile: databaseProfile });

export class ProfileStore {
  readonly #folder: string;

  /** @param home the state folder */
  constructor(home: string) {
    this.#folder = join(home, 'profiles');
  }

  /** @param file the database that was looked at */
  save(name: string, file: string, profile: DatabaseProfile): void {
    const text = JSON.stringify({ version: fileStamp(file), profile });
    replaceFile(this.#path(name), Buffer.from(text));
  }

  /** null where there is none of the database as it is now. */
  read(name: string, file: string): DatabaseProfile | null {
    const path = this.#path(name);
    if (!existsSync(path)) return null;
    const found = stored.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return found.success && found.data.version === fileStamp(file) ? found.data.profile : null;
  }

  /** Whether there is one of the database as it is now. */
  has(name: string, file: string): boolean {
    return this.read(name, file) !== null;
  }

  remove(name: string): void {
    rmSync(this.#path(name), { force: true });
  }

  #path(name: string): string {
    return namedFile(this.#folder, name, '.json');
  }
}
