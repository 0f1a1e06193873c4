import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { described } from '@quaestor/peft';
import * as z from 'zod';
import type { DatabaseCatalog } from '../../database-catalog.ts';
import { MADE, PROFILE } from '../../databases/import-files.ts';
import { databaseProfile } from '../../databases/profile.ts';
import type { ProfileStore } from '../../databases/profile-store.ts';
import { ServerError } from '../../errors.ts';
import { type Upload, type UploadStore, uploadId } from '../../uploads/upload-store.ts';
import { defineJobKind, type JobKind, type JobPlace } from '../job-kind.ts';
import { IMPORT_PROGRAM } from './programs.ts';

/** A name that is a file name on every system, and can be typed. */
export const databaseName = z
  .string()
  .regex(
    /^[\p{L}\p{N}_][\p{L}\p{N} _.-]{0,63}$/u,
    'is no name: expected up to 64 letters, digits, blanks, dots, dashes or underscores',
  )
  .refine((name) => !/[. ]$/.test(name), 'ends with a dot or blank');

/** Names that SQLite gives to tables of its own, and to no other. */
const OF_SQLITE = /^sqlite_/i;

export const importParams = z.strictObject({
  upload: uploadId.apply(described, {
    en: 'the file, as POST /api/uploads called it',
    zh: '文件，以 POST /api/uploads 给出的编号表示',
  }),
  database: databaseName.apply(described, {
    en: 'what the database is to be called',
    zh: '数据库要用的名称',
  }),
  table: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^\p{Cc}]+$/u, 'has control characters')
    .refine((name) => !OF_SQLITE.test(name), 'begins with sqlite_, which SQLite keeps for itself')
    .optional()
    .apply(described, {
      en: 'name of the table of a CSV file; default: the name of the database',
      zh: 'CSV 文件的表名；默认：数据库的名称',
    }),
  replace: z.boolean().default(false).apply(described, {
    en: 'replace an uploaded database of that name',
    zh: '覆盖同名的已上传数据库',
  }),
});

/** What the table of a CSV file is called, where nobody has named it. */
function tableNameFor(database: string): string {
  return OF_SQLITE.test(database) ? `table_${database}` : database;
}

export interface ImportTools {
  /** Folder of the databases that were uploaded. */
  readonly databases: string;
  readonly catalog: DatabaseCatalog;
  readonly uploads: UploadStore;
  readonly profiles: ProfileStore;
  /** Names that queued jobs will give. */
  readonly promised: () => readonly string[];
}

export function importKind(tools: ImportTools): JobKind {
  const { databases, catalog, uploads, profiles, promised } = tools;
  const target = (name: string) => join(databases, `${name}.sqlite`);
  const upload = ({ folder }: JobPlace, format: Upload['format']) =>
    join(folder, `upload.${format}`);
  return defineJobKind({
    name: 'import',
    summary: {
      en: 'Make a database of a SQLite or CSV file that was uploaded',
      zh: '用上传的 SQLite 或 CSV 文件建立数据库',
    },
    lane: 'light',
    params: importParams,
    prepare: async ({ upload: id, database, replace }, place) => {
      const taken = (await catalog.list()).some(({ name }) => name === database);
      const mayReplace = existsSync(target(database));
      if (taken && !(replace && mayReplace)) {
        throw new ServerError('conflict', {
          en: `There is already a database called ${database}. Choose another name${mayReplace ? ', or replace it' : ''}.`,
          zh: `已有数据库 ${database}，请换一个名称${mayReplace ? '，或覆盖它' : ''}。`,
        });
      }
      if (promised().includes(database)) {
        throw new ServerError('conflict', {
          en: `A job that is not over makes a database ${database} already.`,
          zh: `已有未完成的任务正在建立数据库 ${database}，请换一个名称。`,
        });
      }
      const { format } = uploads.get(id);
      uploads.link(id, upload(place, format));
    },
    command: ({ database, table, replace }, place) => {
      // The upload itself may have been removed since.
      const format = existsSync(upload(place, 'sqlite')) ? 'sqlite' : 'csv';
      const words = [
        upload(place, format),
        format,
        table ?? tableNameFor(database),
        target(database),
      ];
      return [IMPORT_PROGRAM, ...words, replace ? 'replace' : 'keep'];
    },
    // Killed after the database got its name.
    finished: ({ database }, place) => {
      const profile = join(place.folder, PROFILE);
      if (!existsSync(profile) || existsSync(join(place.folder, MADE))) return undefined;
      return existsSync(target(database)) ? finish(database, place) : undefined;
    },
    result: (_printed, { database }, place) => finish(database, place),
  });

  function finish(database: string, place: JobPlace): object {
    const file = join(place.folder, PROFILE);
    const profile = databaseProfile.parse(JSON.parse(readFileSync(file, 'utf8')));
    profiles.save(database, target(database), profile);
    for (const format of ['csv', 'sqlite'] as const) rmSync(upload(place, format), { force: true });
    return { database, ...profile };
  }
}
