/** Descriptions of databases by name, each in a file of the state folder; a database itself is only read. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exclusivelySync, namedFile, replaceFile, stateFolder } from '@quaestor/peft';
import * as z from 'zod';
import { FinSqlError } from '../errors.ts';
import {
  changeDescriptions,
  type Description,
  type DescriptionChange,
  description,
} from './descriptions.ts';
import type { Schema } from './schema.ts';

const stored = z.object({ descriptions: z.array(description).readonly() });

export class DescriptionStore {
  readonly #folder: string;

  /** @param folder default: `descriptions` of the state folder */
  constructor(folder: string = stateFolder('descriptions')) {
    this.#folder = folder;
  }

  /** Those of a database as of now: another process may have changed them. */
  read(database: string): readonly Description[] {
    return readDescriptions(this.file(database)) ?? [];
  }

  /**
   * Changes some of them, all or none.
   * @param schema of the database called so
   * @returns all of them afterwards
   * @throws FinSqlError `not-found` naming what the schema lacks, `bad-data` where the file was damaged
   *   by hand; PeftError `bad-file` when it cannot be written
   */
  change(schema: Schema, changes: readonly DescriptionChange[]): readonly Description[] {
    const file = this.file(schema.name);
    return exclusivelySync(join(this.#folder, '.lock'), () => this.#change(file, schema, changes));
  }

  #change(
    file: string,
    schema: Schema,
    changes: readonly DescriptionChange[],
  ): readonly Description[] {
    const before = readDescriptions(file);
    if (before === undefined) {
      throw new FinSqlError('bad-data', {
        en: `${file} is damaged: mend or remove it, then try again.`,
        zh: `${file} 已损坏：请修复或删除它，然后重试。`,
      });
    }
    const descriptions = changeDescriptions(schema, before, changes);
    const text = `${JSON.stringify({ descriptions }, null, 2)}\n`;
    if (descriptions.length === 0) this.remove(schema.name);
    else replaceFile(file, Buffer.from(text));
    return descriptions;
  }

  remove(database: string): void {
    rmSync(this.file(database), { force: true });
  }

  /** Where those of a database are, if it has any. */
  file(database: string): string {
    return namedFile(this.#folder, database, '.json');
  }
}

/** Those in a file; none without a file, undefined for one that holds something else. */
export function readDescriptions(file: string): readonly Description[] | undefined {
  if (!existsSync(file)) return [];
  try {
    return stored.parse(JSON.parse(readFileSync(file, 'utf8'))).descriptions;
  } catch {
    return undefined;
  }
}
