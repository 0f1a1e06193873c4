/** Databases prepared for questions, kept while their files stay the same. */
import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { type AllowList, restrictSchema } from './database/allow-list.ts';
import { introspect } from './database/introspect.ts';
import { type DatabaseContext, prepareDatabase } from './retrieval/context.ts';
import type { ExemplarIndex } from './retrieval/exemplars.ts';
import { buildValueIndex } from './retrieval/values.ts';
import { overlaySpiderTables, type SpiderTables } from './schema/spider-tables.ts';

export interface DatabaseSource {
  /** Path of a SQLite file. */
  readonly file: string;
  /** Name under which exemplars know it. Default: the file's name without its ending, or its folder's. */
  readonly name?: string;
  /** Names in words and foreign keys. */
  readonly tables?: SpiderTables;
  /** What may be read; nothing else of it reaches a prompt or an answer. Default: everything. */
  readonly allow?: AllowList;
}

export interface PreparedDatabases {
  /** @throws FinSqlError `no-such-database` or `not-a-database` */
  get(source: DatabaseSource): { readonly context: DatabaseContext; readonly cached: boolean };
}

const MOST = 16;

/** An empty store; the exemplars are shared by all its databases. */
export function createPreparedDatabases(exemplars: ExemplarIndex | undefined): PreparedDatabases {
  const known = new Map<string, { readonly version: string; readonly context: DatabaseContext }>();
  return {
    get(source) {
      const file = resolve(source.file);
      const name = source.name ?? nameOf(file, exemplars);
      const key = JSON.stringify([file, name, source.allow]);
      const stat = statSync(file, { throwIfNoEntry: false });
      const version = `${stat?.ino} ${stat?.size} ${stat?.mtimeMs}`;
      const found = known.get(key);
      known.delete(key);
      const context =
        found?.version === version ? found.context : prepare(source, file, name, exemplars);
      known.set(key, { version, context });
      const [oldest] = known.keys();
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
      return { context, cached: context === found?.context };
    },
  };
}

function prepare(
  source: DatabaseSource,
  file: string,
  name: string,
  exemplars: ExemplarIndex | undefined,
): DatabaseContext {
  const introspected = introspect(file, name);
  const whole =
    source.tables === undefined ? introspected : overlaySpiderTables(introspected, source.tables);
  if (source.allow === undefined) {
    return prepareDatabase(whole, { values: buildValueIndex(file, whole), exemplars });
  }
  const schema = restrictSchema(whole, source.allow);
  // The SQL of exemplars would tell of hidden tables.
  return prepareDatabase(schema, { values: buildValueIndex(file, schema), exemplars: undefined });
}

/** Instances are called `<db>/<db>_<n>.sqlite`: there the folder has the name that exemplars use. */
function nameOf(file: string, exemplars: ExemplarIndex | undefined): string {
  const own = basename(file).replace(/\.[^.]*$/, '');
  const folder = basename(dirname(file));
  return exemplars !== undefined && exemplars.count(own) === 0 && exemplars.count(folder) > 0
    ? folder
    : own;
}
