/** Databases prepared for questions, kept while their files stay the same. */
import { createHash } from 'node:crypto';
import { basename, dirname, join, resolve } from 'node:path';
import { stateFolder, statIfThere } from '@quaestor/peft';
import { type AllowList, restrictSchema } from './database/allow-list.ts';
import { databaseName } from './database/database-name.ts';
import { fileStamp } from './database/file-stamp.ts';
import { whenFree } from './database/in-use.ts';
import { introspectApart } from './database/introspect-apart.ts';
import { type DatabaseContext, prepareDatabase } from './retrieval/context.ts';
import type { ExemplarIndex } from './retrieval/exemplars.ts';
import { learnNamesInTurns } from './retrieval/learned-names.ts';
import { buildValueIndex, refreshValueIndexApart } from './retrieval/values.ts';
import { type Description, describeSchema } from './schema/descriptions.ts';
import type { Schema } from './schema/schema.ts';
import { overlaySpiderTables, type SpiderTables } from './schema/spider-tables.ts';

export interface DatabaseSource {
  /** Path of a SQLite file. */
  readonly file: string;
  /** Name under which exemplars know it. Default: the file's name without its ending, or its folder's. */
  readonly name?: string;
  /** Names in words and foreign keys. */
  readonly tables?: SpiderTables;
  /** What tables and columns mean, in place of the file's own comments. */
  readonly descriptions?: readonly Description[];
  /** What may be read; nothing else of it reaches a prompt or an answer. Default: everything. */
  readonly allow?: AllowList;
}

/** A file alone is a source, too. */
export function sourceOf(database: string | DatabaseSource): DatabaseSource {
  return typeof database === 'string' ? { file: database } : database;
}

export interface PreparedDatabases {
  /**
   * What questions need of a database. Reading a large one keeps nobody else waiting.
   * @throws FinSqlError `no-such-database`, `not-a-database` or `database-in-use`
   */
  get(
    source: DatabaseSource,
  ): Promise<{ readonly context: DatabaseContext; readonly cached: boolean }>;
}

interface Prepared {
  /** Of the file. */
  readonly version: string;
  /** As the file itself tells it. */
  readonly read: DatabaseContext;
  /** The descriptions that are laid over it, as text. */
  readonly descriptions: string;
  readonly context: DatabaseContext;
}

const MOST = 16;
const ATTEMPTS = 3;
/** Bytes of a database whose values are indexed in memory, as quickly as a side file is opened. */
const SMALL = 1 << 20;
/** Bytes from which reading them takes longer than the start of a process. */
const LARGE = 1 << 24;

/** An empty store; the exemplars, asked for each time, are shared by all its databases. */
export function createPreparedDatabases(
  exemplarsNow: () => Promise<ExemplarIndex | undefined>,
): PreparedDatabases {
  const known = new Map<string, Prepared>();
  const underWay = new Map<string, Promise<DatabaseContext>>();
  /** Questions that come while a database is read share what is read. */
  const sharing = (key: string, read: () => Promise<DatabaseContext>): Promise<DatabaseContext> => {
    const begun = underWay.get(key) ?? read().finally(() => underWay.delete(key));
    underWay.set(key, begun);
    return begun;
  };
  return {
    async get(source) {
      const exemplars = await exemplarsNow();
      const file = resolve(source.file);
      const name = source.name ?? nameOf(file, exemplars);
      const key = JSON.stringify([file, name, source.allow, digestOf(source.tables)]);
      const version = fileStamp(file);
      const found = known.get(key);
      const cached = found?.version === version ? found : undefined;
      const read =
        cached?.read ?? (await sharing(`${key} ${version}`, () => prepare(source, file, name)));
      const described = withDescriptions(read, source.descriptions ?? [], cached);
      // The SQL of exemplars would tell of what the client may not read.
      const shown = source.allow === undefined ? exemplars : undefined;
      const context = withExemplars(described.context, shown);
      if (shown !== undefined) await learnNamesInTurns(shown, context.schema);
      // What changed while it was read is read again the next time.
      const settled = context.values.settled ? version : '';
      known.delete(key);
      known.set(key, { ...described, version: settled, read, context });
      const [oldest] = known.keys();
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
      return { context, cached: cached !== undefined };
    },
  };
}

/** The database with meanings laid over it; its file is not read anew for them. */
function withDescriptions(
  read: DatabaseContext,
  descriptions: readonly Description[],
  before: Prepared | undefined,
): Pick<Prepared, 'descriptions' | 'context'> {
  const text = JSON.stringify(descriptions);
  if (before?.descriptions === text) return before;
  const schema = describeSchema(read.schema, descriptions);
  const context = schema === read.schema ? read : prepareDatabase(schema, read);
  return { descriptions: text, context };
}

/** The database as it was prepared, beside the exemplars of now. */
function withExemplars(
  context: DatabaseContext,
  exemplars: ExemplarIndex | undefined,
): DatabaseContext {
  return context.exemplars === exemplars ? context : { ...context, exemplars };
}

async function prepare(
  source: DatabaseSource,
  file: string,
  name: string,
): Promise<DatabaseContext> {
  const introspected = await introspectSettled(file, name);
  const whole =
    source.tables === undefined ? introspected : overlaySpiderTables(introspected, source.tables);
  const schema = source.allow === undefined ? whole : restrictSchema(whole, source.allow);
  const { size = 0 } = statIfThere(file) ?? {};
  const folder = size < SMALL ? undefined : indexFolder(source.allow);
  if (folder !== undefined && size >= LARGE) await refreshValueIndexApart(file, schema, folder);
  const values = await whenFree(() => buildValueIndex(file, schema, { folder }));
  return prepareDatabase(schema, { values, exemplars: undefined });
}

/** Who may read a part of a database has an index that holds no more than that. */
function indexFolder(allow: AllowList | undefined): string {
  const folder = stateFolder('indexes');
  if (allow === undefined) return folder;
  return join(folder, `part-${digestOf(allow)}`);
}

function digestOf(content: AllowList | SpiderTables | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify(content) ?? '')
    .digest('hex')
    .slice(0, 12);
}

/** The schema that stayed the same while it was read; after a few changes, the last one read. */
async function introspectSettled(file: string, name: string): Promise<Schema> {
  for (let attempt = 1; ; attempt++) {
    const before = fileStamp(file);
    const schema = await introspectApart(file, name);
    if (attempt === ATTEMPTS || fileStamp(file) === before) return schema;
  }
}

/** Instances are called `<db>/<db>_<n>.sqlite`: there the folder has the name that exemplars use. */
function nameOf(file: string, exemplars: ExemplarIndex | undefined): string {
  const own = databaseName(file);
  const folder = basename(dirname(file));
  return exemplars !== undefined && exemplars.count(own) === 0 && exemplars.count(folder) > 0
    ? folder
    : own;
}
