import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import {
  type AllowList,
  type DatabaseSource,
  type Description,
  type DescriptionStore,
  describeSchema,
  FinSqlError,
  introspectApart,
  isKnown,
  restrictSchema,
  type Schema,
} from '@quaestor/finsql';
import { reasonOf, type Translated } from '@quaestor/peft';
import { calledByName } from './databases/called-by-name.ts';
import { ServerError } from './errors.ts';

const EXTENSIONS = new Set(['.sqlite', '.sqlite3', '.db']);

/** One line of the picker; `problem` instead of counts when the file cannot be used. */
export interface DatabaseSummary {
  readonly name: string;
  readonly bytes: number;
  readonly tables: number | null;
  readonly rows: number | null;
  /** It lies in the first place, where uploads go. */
  readonly uploaded: boolean;
  readonly problem: Translated | null;
}

/** Where a database lies, or a folder that may hold one and cannot be listed. */
interface Place {
  readonly name: string;
  readonly path: string;
  /** Why the folder cannot be listed. */
  readonly unreadable?: unknown;
}

interface DatabaseFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  /** Equal where nothing has changed; a database with a log changes by its log alone. */
  readonly stamp: string;
  /** Why nothing is known of it; null where it was found. */
  readonly problem: FinSqlError | null;
}

interface Inspection {
  readonly stamp: string;
  readonly schema: Promise<Schema>;
}

/**
 * The SQLite files that may be asked, by name. Clients name databases and never give paths.
 *
 * Places are files or folders. In a folder, `sales.sqlite` is called `sales`; a sub-folder in
 * Spider's shape, `sales/sales.sqlite`, is called by the folder's name, whatever its file is called;
 * of several files, which are instances of one schema, the first is asked. The first place wins.
 */
export class DatabaseCatalog {
  /** What their tables and columns mean. */
  readonly descriptions: DescriptionStore;
  readonly #places: readonly string[];
  readonly #inspections = new Map<string, Inspection>();

  constructor(places: readonly string[], descriptions: DescriptionStore) {
    this.descriptions = descriptions;
    this.#places = places.map((place) => resolve(place));
  }

  /** All databases, by name. Files that cannot be read are in the list with their problem. */
  async list(): Promise<readonly DatabaseSummary[]> {
    return Promise.all((await this.#files()).map((file) => this.#summary(file)));
  }

  /** The names alone, without a look into the files. */
  async names(): Promise<readonly string[]> {
    return (await this.#files()).map(({ name }) => name);
  }

  /** @throws ServerError 'no-such-database' */
  async path(name: string): Promise<string> {
    return (await this.#find(name)).path;
  }

  /**
   * The schema with what its tables and columns mean.
   * @param allow what of it may be read; null: everything
   * @throws ServerError 'no-such-database'; FinSqlError 'not-a-database' or 'database-in-use'
   */
  async schema(name: string, allow: AllowList | null = null): Promise<Schema> {
    const read = await this.#inspected(await this.#find(name));
    const schema = describeSchema(read, this.descriptions.read(name));
    return allow === null ? schema : restrictSchema(schema, allow);
  }

  /**
   * What a question is asked of.
   * @param allow what of it may be read; null: everything
   * @throws ServerError 'no-such-database'
   */
  async source(
    name: string,
    allow: AllowList | null,
  ): Promise<DatabaseSource & { readonly name: string }> {
    const file = await this.path(name);
    const descriptions = this.descriptions.read(name);
    return { file, name, descriptions, ...(allow !== null && { allow }) };
  }

  /** The descriptions of a database, and whether it still has what they describe. */
  described(schema: Schema): readonly (Description & { readonly known: boolean })[] {
    return this.descriptions
      .read(schema.name)
      .map((one) => ({ ...one, known: isKnown(schema, one) }));
  }

  async #find(name: string): Promise<DatabaseFile> {
    const files = await this.#files();
    const found = files.find((file) => file.name === name);
    if (found !== undefined) return found;
    const known = files.slice(0, 10).map((file) => file.name);
    throw new ServerError(
      'no-such-database',
      `There is no database called “${name.slice(0, 80)}”. ${
        known.length === 0
          ? 'No databases are there yet.'
          : `There are: ${known.join(', ')}${files.length > 10 ? ', …' : ''}.`
      }`,
    );
  }

  async #summary(file: DatabaseFile): Promise<DatabaseSummary> {
    const { name, bytes, path } = file;
    const uploaded = path === join(this.#places[0] ?? '', `${name}.sqlite`);
    try {
      const { tables } = await this.#inspected(file);
      const rows = tables.reduce((sum, table) => sum + (table.rowCount ?? 0), 0);
      return { name, bytes, tables: tables.length, rows, uploaded, problem: null };
    } catch (error) {
      return { name, bytes, tables: null, rows: null, uploaded, problem: reasonOf(error, path) };
    }
  }

  /** Counting rows reads the file, so the result is kept until the file changes. */
  #inspected({ name, path, stamp, problem }: DatabaseFile): Promise<Schema> {
    if (problem !== null) return Promise.reject(problem);
    const known = this.#inspections.get(path);
    if (known?.stamp === stamp) return known.schema;
    const inspection = { stamp, schema: introspectAs(path, name) };
    this.#inspections.set(path, inspection);
    // What could not be read is tried again.
    inspection.schema.catch(() => {
      if (this.#inspections.get(path) === inspection) this.#inspections.delete(path);
    });
    return inspection.schema;
  }

  async #files(): Promise<readonly DatabaseFile[]> {
    const found = new Map<string, DatabaseFile>();
    for (const folder of this.#places) {
      for (const place of await databasesAt(folder)) {
        if (!found.has(place.name)) found.set(place.name, await fileAt(place));
      }
    }
    return [...found.values()].sort((a, b) => a.name.localeCompare(b.name));
  }
}

/** One that cannot be looked at, or is gone again, is among the others with its problem. */
async function fileAt({ name, path, unreadable }: Place): Promise<DatabaseFile> {
  if (unreadable !== undefined) return unreadableFile(name, path, unreadable);
  try {
    const { size, mtimeMs } = await stat(path);
    const log = await stat(`${path}-wal`).catch(() => undefined);
    const logged = log === undefined || log.size === 0 ? '' : ` ${log.size}@${log.mtimeMs}`;
    return { name, path, bytes: size, stamp: `${size}@${mtimeMs}${logged}`, problem: null };
  } catch (error) {
    return unreadableFile(name, path, error);
  }
}

function unreadableFile(name: string, path: string, error: unknown): DatabaseFile {
  const { en, zh } = reasonOf(error, path);
  const problem = new FinSqlError(
    'not-a-database',
    {
      en: `${name} can't be read: ${en.replaceAll(path, name)}. Mend or remove it where it lies.`,
      zh: `无法读取 ${name}：${zh.replaceAll(path, name)}。请在其所在位置修复或删除它。`,
    },
    { cause: error },
  );
  return { name, path, bytes: 0, stamp: '', problem };
}

/** The databases of one place; none when it does not exist or cannot be listed. */
async function databasesAt(place: string): Promise<readonly Place[]> {
  const info = await stat(place).catch(() => undefined);
  if (info === undefined) return [];
  if (info.isFile()) return [{ name: stem(place), path: place }];
  const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
  const files = databaseFiles(entries).map((file) => ({
    name: stem(file),
    path: join(place, file),
  }));
  const folders = entries.filter((entry) => entry.isDirectory());
  const within = await Promise.all(folders.map(({ name }) => databaseIn(join(place, name), name)));
  return [...files, ...within.flat()];
}

/** The database of a sub-folder, if there is one. */
async function databaseIn(folder: string, name: string): Promise<readonly Place[]> {
  try {
    const files = databaseFiles(await readdir(folder, { withFileTypes: true }));
    const file = files.find((one) => stem(one) === name) ?? files[0];
    return file === undefined ? [] : [{ name, path: join(folder, file) }];
  } catch (unreadable) {
    return [{ name, path: folder, unreadable }];
  }
}

/** Names of the SQLite files directly in a folder, sorted. */
function databaseFiles(entries: readonly Dirent[]): readonly string[] {
  return entries
    .filter((entry) => !entry.isDirectory() && EXTENSIONS.has(extname(entry.name)))
    .map((entry) => entry.name)
    .sort();
}

async function introspectAs(path: string, name: string): Promise<Schema> {
  try {
    return await introspectApart(path, name);
  } catch (error) {
    throw calledByName(error, path, name);
  }
}

const stem = (path: string) => basename(path, extname(path));
