import { described } from '@quaestor/peft';
import * as z from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import { pageFields } from '../api/schemas/page.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import {
  labellingRow,
  labellingSchema,
  labellingSummary,
  labelsBody,
  settingsBody,
} from '../labelling/labelling.ts';
import { type LabellingDesk, SHOWN } from '../labelling/labelling-desk.ts';
import { sampleTableSchema, sampleTables } from '../labelling/sample-tables.ts';
import { clientGone } from '../sse.ts';
import { uploadId } from '../uploads/upload-store.ts';

const tag = 'classify';
/** Path of one labelling. */
export const labellingParams = z.strictObject({ id: z.string().max(64) });
const it = {
  200: {
    description: { en: 'It', zh: '该表格' },
    content: { 'application/json': labellingSchema },
  },
};
export const newLabellingBody = z
  .strictObject({
    upload: uploadId
      .optional()
      .apply(described, { en: 'CSV file that was uploaded', zh: '已上传的 CSV 文件' }),
    sample: z
      .string()
      .min(1)
      .max(80)
      .optional()
      .apply(described, { en: 'table that comes with the server', zh: '服务器自带的表格' }),
  })
  .refine(({ upload, sample }) => (upload === undefined) !== (sample === undefined), {
    message: 'give either upload or sample',
  });

/** Rows of a piece, and of a request for some rows. */
export const MOST_ROWS = 200;

export const rowNumbers = z
  .string()
  .regex(/^\d{1,9}(,\d{1,9})*$/, 'expected numbers of rows with commas: 1,2,3')
  .transform((text) => text.split(',').map(Number))
  .pipe(z.array(z.int().min(1)).max(MOST_ROWS));

export const labellingRowsQuery = z.strictObject({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MOST_ROWS)
    .default(50)
    .apply(described, { en: 'rows of a piece', zh: '每页行数' }),
  after: z.coerce.number().int().min(0).max(1e9).default(0).apply(described, {
    en: 'number of the row seen last: those after it',
    zh: '最后看到的行号：取其后的行',
  }),
  before: z.coerce.number().int().min(1).max(1e9).optional().apply(described, {
    en: 'the last rows before the one of this number, instead',
    zh: '改取此行号之前的最后若干行',
  }),
  show: z.enum(SHOWN).default('all').apply(described, { en: 'which rows', zh: '哪些行' }),
  rows: rowNumbers.optional().apply(described, {
    en: 'only these, in this order: numbers with commas',
    zh: '只取这些行，并按此顺序：用逗号分隔的行号',
  }),
});

/** Tables whose rows are labelled in place. */
export function labellingRoutes(desk: LabellingDesk, queue: JobQueue): readonly Route[] {
  const samples = defineRoute({
    method: 'get',
    path: '/api/sample-tables',
    tag,
    summary: { en: 'List the tables that come with the server', zh: '列出服务器自带的表格' },
    scope: 'train',
    responses: {
      200: {
        description: { en: 'All of them', zh: '全部' },
        content: { 'application/json': z.object({ data: z.array(sampleTableSchema) }) },
      },
    },
    handle: () => ({ data: sampleTables() }),
  });

  const create = defineRoute({
    method: 'post',
    path: '/api/labellings',
    tag,
    summary: { en: 'Begin to label a table', zh: '开始标注表格' },
    description: {
      en: 'The table is copied and described: kinds of columns, faults of rows.',
      zh: '复制表格并加以描述：列的种类、行的问题。',
    },
    scope: 'train',
    body: newLabellingBody,
    responses: {
      201: {
        description: { en: 'It can be labelled', zh: '可以标注了' },
        content: { 'application/json': labellingSchema },
        headers: { Location: { en: 'the labelling', zh: '该标注' } },
      },
    },
    errors: [
      'not-found',
      'bad-upload',
      'bad-csv',
      'bad-data',
      'disk-full',
      'timeout',
      'model-failed',
    ],
    handle: async ({ body: { upload, sample = '' }, response }) => {
      queue.expectRoom();
      const source = upload === undefined ? { sample } : { upload };
      const made = await desk.create(source, clientGone(response));
      response.status(201).set('Location', `/api/labellings/${made.id}`);
      return made;
    },
  });

  const list = defineRoute({
    method: 'get',
    path: '/api/labellings',
    tag,
    summary: {
      en: 'List the tables that are being labelled, newest first',
      zh: '列出正在标注的表格，最新的在前',
    },
    scope: 'train',
    responses: {
      200: {
        description: { en: 'All of them', zh: '全部' },
        content: { 'application/json': z.object({ data: z.array(labellingSummary) }) },
      },
    },
    handle: () => ({ data: desk.list() }),
  });

  const show = defineRoute({
    method: 'get',
    path: '/api/labellings/{id}',
    tag,
    summary: { en: 'Show a table that is being labelled', zh: '查看正在标注的表格' },
    scope: 'train',
    params: labellingParams,
    responses: it,
    errors: ['not-found'],
    handle: ({ params: { id } }) => desk.get(id),
  });

  const remove = defineRoute({
    method: 'delete',
    path: '/api/labellings/{id}',
    tag,
    summary: { en: 'Remove a table and its labels', zh: '删除表格及其标签' },
    scope: 'train',
    params: labellingParams,
    responses: { 204: { description: { en: 'It is gone', zh: '已删除' } } },
    errors: ['not-found'],
    handle: ({ params: { id } }) => {
      desk.remove(id);
      return undefined;
    },
  });

  const configure = defineRoute({
    method: 'post',
    path: '/api/labellings/{id}/settings',
    tag,
    summary: {
      en: 'Choose what to predict, and from which columns',
      zh: '选择要预测的内容和依据的列',
    },
    description: {
      en: 'Labels that were given for another target are kept, should it be chosen again.',
      zh: '为其他目标给出的标签会保留，以备再次选择该目标。',
    },
    scope: 'train',
    params: labellingParams,
    body: settingsBody,
    responses: it,
    errors: ['not-found'],
    handle: ({ params: { id }, body }) => desk.configure(id, body),
  });

  const rows = defineRoute({
    method: 'get',
    path: '/api/labellings/{id}/rows',
    tag,
    summary: { en: 'Read rows with their labels by pieces', zh: '分页读取行及其标签' },
    scope: 'train',
    params: labellingParams,
    query: labellingRowsQuery,
    responses: {
      200: {
        description: { en: 'A piece', zh: '一页' },
        content: {
          'application/json': z.object({
            data: z.array(labellingRow),
            total: z.int().apply(described, { en: 'rows of that kind', zh: '这类行的总数' }),
            passed: z.int().apply(described, {
              en: 'rows of that kind that come before these',
              zh: '这类行中排在这一页之前的行数',
            }),
            ...pageFields,
          }),
        },
      },
    },
    errors: ['not-found'],
    handle: async ({ params: { id }, query }) => {
      const { data, total, passed } = await desk.rows(id, query);
      const more = passed + data.length < total;
      const next = more ? String(data.at(-1)?.row ?? query.after) : null;
      return { data, total, passed, has_more: more, next };
    },
  });

  const label = defineRoute({
    method: 'post',
    path: '/api/labellings/{id}/labels',
    tag,
    summary: { en: 'Label rows, all of them or none', zh: '标注行，要么全部标注，要么都不标注' },
    scope: 'train',
    params: labellingParams,
    body: labelsBody,
    responses: it,
    errors: ['not-found', 'conflict'],
    handle: ({ params: { id }, body }) => desk.label(id, body),
  });

  return [samples, create, list, show, remove, configure, rows, label];
}
