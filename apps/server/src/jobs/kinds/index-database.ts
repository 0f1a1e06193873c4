import { join } from 'node:path';
import { described } from '@quaestor/peft';
import * as z from 'zod';
import type { DatabaseCatalog } from '../../database-catalog.ts';
import { databaseProfile } from '../../databases/profile.ts';
import type { ProfileStore } from '../../databases/profile-store.ts';
import { defineJobKind, type JobKind, type JobPlace } from '../job-kind.ts';
import { linkDatabases } from './link-databases.ts';
import { PROFILE_PROGRAM } from './programs.ts';

export const indexParams = z.strictObject({
  database: z.string().min(1).apply(described, { en: 'name of the database', zh: '数据库的名称' }),
});

export interface IndexTools {
  readonly catalog: DatabaseCatalog;
  readonly profiles: ProfileStore;
}

/** Reads a database whole, once, so that what stands in it can be shown at once. */
export function indexKind({ catalog, profiles }: IndexTools): JobKind {
  const file = (database: string, { folder }: JobPlace) =>
    join(folder, 'databases', `${database}.sqlite`);
  return defineJobKind({
    name: 'index',
    summary: {
      en: 'Profile a database: counts, gaps and ranges of each column',
      zh: '统计数据库：每列的计数、缺失值和取值范围',
    },
    lane: 'light',
    params: indexParams,
    prepare: ({ database }, place) => linkDatabases(catalog, [database], place),
    command: ({ database }, place) => [
      PROFILE_PROGRAM,
      file(database, place),
      join(place.folder, 'profile.json'),
    ],
    result: (printed, { database }, place) => {
      const profile = databaseProfile.parse(printed);
      profiles.save(database, file(database, place), profile);
      return { database, ...profile };
    },
  });
}
