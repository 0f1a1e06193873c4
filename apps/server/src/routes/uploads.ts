import { described, text } from '@quaestor/peft';
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
  name: databaseName.apply(described, {
    en: 'what the database is to be called',
    zh: '数据库的名称',
  }),
  table: z
    .string()
    .max(100)
    .optional()
    .apply(described, { en: 'name of the table of a CSV file', zh: 'CSV 文件的表名' }),
  replace: z.enum(['true', 'false']).default('false').apply(described, {
    en: 'replace an uploaded database of that name',
    zh: '替换同名的已上传数据库',
  }),
  wait: z.coerce.number().min(0).max(60).default(10).apply(described, {
    en: 'seconds to wait for it, before the answer is 202 and the job goes on',
    zh: '等待完成的秒数；超过后返回 202，任务继续进行',
  }),
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
    summary: {
      en: 'Send a CSV file or SQLite database to be worked on',
      zh: '上传 CSV 文件或 SQLite 数据库以供处理',
    },
    scope: 'train',
    query: z.strictObject({
      name: label.default('file').apply(described, { en: 'what it is called', zh: '文件的名称' }),
    }),
    responses: {
      201: {
        description: { en: 'It is here', zh: '已收到' },
        content: { 'application/json': uploadSchema },
      },
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
    summary: { en: 'List the uploads, newest first', zh: '列出上传的文件，最新的在前' },
    scope: 'train',
    responses: {
      200: {
        description: { en: 'All of them', zh: '全部' },
        content: { 'application/json': z.object({ data: z.array(uploadSchema) }) },
      },
    },
    handle: () => ({ data: uploads.list() }),
  });

  const show = defineRoute({
    method: 'get',
    path: '/api/uploads/{id}',
    tag: 'uploads',
    summary: {
      en: 'Show an upload, with the first rows of a CSV file',
      zh: '查看上传的文件，CSV 文件附前几行',
    },
    scope: 'train',
    params: id,
    responses: {
      200: {
        description: { en: 'It', zh: '该文件' },
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
    summary: { en: 'Remove an upload', zh: '删除上传的文件' },
    scope: 'train',
    params: id,
    responses: { 204: { description: { en: 'It is gone', zh: '已删除' } } },
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
    summary: {
      en: 'Make a database of a SQLite file or a CSV table',
      zh: '用 SQLite 文件或 CSV 表格创建数据库',
    },
    description: {
      en: 'A CSV table gets types that every value survives. The file is checked and read in a process of its own.',
      zh: 'CSV 表格的列类型保证每个值都不变。文件在单独的进程中检查和读取。',
    },
    scope: 'train',
    query: newDatabaseQuery,
    responses: {
      201: {
        description: {
          en: 'It can be asked; the job’s result says what stands in it',
          zh: '可以提问了；任务的结果说明其中有什么',
        },
        content: { 'application/json': jobSchema },
        headers: { Location: { en: 'the database', zh: '该数据库' } },
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
    summary: { en: 'Remove an uploaded database', zh: '删除已上传的数据库' },
    scope: 'admin',
    params: name,
    responses: { 204: { description: { en: 'It is gone', zh: '已删除' } } },
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
    summary: {
      en: 'Show counts, gaps and ranges of each column',
      zh: '查看每列的计数、空值和范围',
    },
    scope: 'read',
    params: name,
    responses: {
      200: {
        description: { en: 'It', zh: '统计的结果' },
        content: { 'application/json': databaseProfile },
      },
    },
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
    summary: {
      en: 'Read a database whole, once, to know what stands in it',
      zh: '完整读取一次数据库，统计其中的内容',
    },
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
  // Nothing that its sender could mend.
  if (code === 'internal' || code === 'failed') return new Error(en);
  const about = code === 'conflict' || code === 'disk-full' ? code : 'bad-upload';
  return new ServerError(about, zh === undefined ? en : { en, zh });
}
