import { text } from '@quaestor/peft';
import { openCsv } from '@quaestor/tabllm';
import * as z from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import type { DatabaseCatalog } from '../database-catalog.ts';
import { databaseProfile } from '../databases/profile.ts';
import type { ProfileStore } from '../databases/profile-store.ts';
import { removeDatabase } from '../databases/remove-database.ts';
import { ServerError } from '../errors.ts';
import { type JobError, jobSchema } from '../jobs/job.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { databaseName } from '../jobs/kinds/import.ts';
import { untilOver } from '../jobs/until-over.ts';
import { clientGone } from '../sse.ts';
import { type UploadStore, uploadSchema } from '../uploads/upload-store.ts';
import { jobCreated } from './job-created.ts';

const label = z.string().trim().min(1).max(200);
const id = z.strictObject({ id: z.string().max(64) });
const name = z.strictObject({ name: z.string().max(200) });
const received = [
  ...(['unsupported-media-type', 'too-large', 'bad-upload', 'aborted', 'disk-full'] as const),
];
const PREVIEWED = 20;

export const newDatabaseQuery = z.strictObject({
  name: databaseName.describe('what the database is to be called'),
  table: z.string().max(100).optional().describe('name of the table of a CSV file'),
  replace: z
    .enum(['true', 'false'])
    .default('false')
    .describe('replace an uploaded database of that name'),
  wait: z.coerce
    .number()
    .min(0)
    .max(60)
    .default(10)
    .describe('seconds to wait for it, before the answer is 202 and the job goes on'),
});

export interface UploadRouteTools {
  readonly uploads: UploadStore;
  readonly queue: JobQueue;
  readonly catalog: DatabaseCatalog;
  readonly profiles: ProfileStore;
  /** Folder of the databases that were uploaded. */
  readonly databases: string;
}

/** Files from outside: kept to be worked on, or made into databases. The body is the file itself. */
export function uploadRoutes(tools: UploadRouteTools): readonly Route[] {
  const { uploads, queue, catalog, profiles } = tools;

  const create = defineRoute({
    method: 'post',
    path: '/api/uploads',
    tag: 'uploads',
    summary: 'Send a CSV file or SQLite database to be worked on',
    scope: 'train',
    query: z.strictObject({ name: label.default('file').describe('what it is called') }),
    responses: {
      201: { description: 'It is here', content: { 'application/json': uploadSchema } },
    },
    errors: received,
    handle: ({ query, request }) => {
      queue.expectRoom();
      return uploads.receive(request, query.name);
    },
  });

  const list = defineRoute({
    method: 'get',
    path: '/api/uploads',
    tag: 'uploads',
    summary: 'List the uploads, newest first',
    scope: 'train',
    responses: {
      200: {
        description: 'All of them',
        content: { 'application/json': z.object({ data: z.array(uploadSchema) }) },
      },
    },
    handle: () => ({ data: uploads.list() }),
  });

  const show = defineRoute({
    method: 'get',
    path: '/api/uploads/{id}',
    tag: 'uploads',
    summary: 'Show an upload, with the first rows of a CSV file',
    scope: 'train',
    params: id,
    responses: {
      200: {
        description: 'It',
        content: {
          'application/json': uploadSchema.extend({
            columns: z.array(z.string()).readonly().nullable(),
            rows: z.array(z.array(z.string()).readonly()).readonly().nullable(),
            warnings: z.array(text).readonly(),
          }),
        },
      },
    },
    errors: ['not-found', 'bad-csv'],
    handle: async ({ params }) => {
      const upload = uploads.get(params.id);
      if (upload.format === 'sqlite') return { ...upload, columns: null, rows: null, warnings: [] };
      return { ...upload, ...(await firstRows(uploads.path(upload.id))) };
    },
  });

  const remove = defineRoute({
    method: 'delete',
    path: '/api/uploads/{id}',
    tag: 'uploads',
    summary: 'Remove an upload',
    scope: 'train',
    params: id,
    responses: { 204: { description: 'It is gone' } },
    errors: ['not-found'],
    handle: ({ params }) => {
      uploads.remove(params.id);
      return undefined;
    },
  });

  const newDatabase = defineRoute({
    method: 'post',
    path: '/api/databases',
    tag: 'databases',
    summary: 'Make a database of a SQLite file or a CSV table',
    description:
      'A CSV table gets types that every value survives. The file is checked and read in a process of its own.',
    scope: 'train',
    query: newDatabaseQuery,
    responses: {
      201: {
        description: 'It can be asked; the job’s result says what stands in it',
        content: { 'application/json': jobSchema },
        headers: { Location: 'the database' },
      },
      ...jobCreated.responses,
    },
    errors: [...received, 'conflict', 'too-busy', 'bad-csv'],
    handle: async ({ query, request, response }) => {
      queue.expectRoom();
      const upload = await uploads.receive(request, query.name);
      try {
        const { table, wait } = query;
        const submitted = await queue.submit('import', {
          upload: upload.id,
          database: query.name,
          replace: query.replace === 'true',
          ...(table === undefined ? {} : { table }),
        });
        const job = await untilOver(queue, submitted.id, wait * 1000, clientGone(response));
        if (job.state === 'failed') throw faultOf(job.error);
        if (job.state !== 'succeeded') return jobCreated.answer(response, job);
        response.status(201).set('Location', `/api/databases/${encodeURIComponent(query.name)}`);
        return job;
      } finally {
        // The job has the file under a name of its own.
        uploads.remove(upload.id);
      }
    },
  });

  const dropDatabase = defineRoute({
    method: 'delete',
    path: '/api/databases/{name}',
    tag: 'databases',
    summary: 'Remove an uploaded database',
    scope: 'admin',
    params: name,
    responses: { 204: { description: 'It is gone' } },
    errors: ['no-such-database', 'conflict'],
    handle: async ({ params }) => {
      await removeDatabase(params.name, tools);
      return undefined;
    },
  });

  const profile = defineRoute({
    method: 'get',
    path: '/api/databases/{name}/profile',
    tag: 'databases',
    summary: 'Show counts, gaps and ranges of each column',
    scope: 'read',
    params: name,
    responses: { 200: { description: 'It', content: { 'application/json': databaseProfile } } },
    errors: ['no-such-database', 'not-found'],
    handle: async ({ params }) => {
      const found = profiles.read(params.name, await catalog.path(params.name));
      if (found !== null) return found;
      throw new ServerError('not-found', {
        en: `${params.name} has no profile, or has changed since: POST to the same path to make it.`,
        zh: `数据库 ${params.name} 还没有统计，或在统计之后有改动。请重新统计。`,
      });
    },
  });

  const newProfile = defineRoute({
    method: 'post',
    path: '/api/databases/{name}/profile',
    tag: 'databases',
    summary: 'Read a database whole, once, to know what stands in it',
    scope: 'train',
    params: name,
    responses: jobCreated.responses,
    errors: ['no-such-database', 'too-busy', 'disk-full'],
    handle: async ({ params, response }) =>
      jobCreated.answer(response, await queue.submit('index', { database: params.name })),
  });

  return [create, list, show, remove, newDatabase, dropDatabase, profile, newProfile];
}

async function firstRows(path: string) {
  const table = await openCsv(path);
  const rows: (readonly string[])[] = [];
  for await (const piece of table.rows()) {
    rows.push(...piece.slice(0, PREVIEWED - rows.length).map(({ cells }) => cells));
    if (rows.length === PREVIEWED) break;
  }
  return { columns: table.columns, rows, warnings: table.warnings };
}

/** What was wrong with the file, as an answer to who sent it. */
function faultOf(error: JobError | null): Error {
  if (error === null) {
    const unreadable = { en: 'The file could not be read.', zh: '无法读取这个文件。' };
    return new ServerError('bad-upload', unreadable);
  }
  const { code, message: en, chinese: zh } = error;
  if (code === 'internal') return new Error(en);
  return new ServerError('bad-upload', zh === undefined ? en : { en, zh });
}
