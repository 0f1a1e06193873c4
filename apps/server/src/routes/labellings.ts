import { described } from '@quaestor/peft';
import * as z from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import { pageFields } from '../api/schemas/page.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { fitSchema, importanceSchema, opinionSchema } from '../labelling/fit.ts';
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
const params = z.strictObject({ id: z.string().max(64) });
const it = {
  200: {
    description: { en: 'It', zh: '该表格' },
    content: { 'application/json': labellingSchema },
  },
};
const learning = ['not-found', 'conflict', 'bad-data', 'timeout', 'model-failed'] as const;
const MOST_ROWS = 200;

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

const rowNumbers = z
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
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(1e9)
    .default(0)
    .apply(described, { en: 'rows to pass over', zh: '要跳过的行数' }),
  show: z.enum(SHOWN).default('all').apply(described, { en: 'which rows', zh: '哪些行' }),
  rows: rowNumbers.optional().apply(described, {
    en: 'only these, in this order: numbers with commas',
    zh: '只取这些行，并按此顺序：用逗号分隔的行号',
  }),
});

export const opinionsQuery = z.strictObject({
  rows: rowNumbers.apply(described, {
    en: `numbers of rows with commas, at most ${MOST_ROWS}`,
    zh: `用逗号分隔的行号，最多 ${MOST_ROWS} 个`,
  }),
  reasons: z
    .enum(['true', 'false'])
    .default('false')
    .apply(described, { en: 'whether to tell why', zh: '是否说明理由' }),
});

/** Tables whose rows are labelled in place, with a model that follows each label. */
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
    params,
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
    params,
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
    params,
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
    params,
    query: labellingRowsQuery,
    responses: {
      200: {
        description: { en: 'A piece', zh: '一页' },
        content: {
          'application/json': z.object({
            data: z.array(labellingRow),
            total: z.int().apply(described, { en: 'rows of that kind', zh: '这类行的总数' }),
            ...pageFields,
          }),
        },
      },
    },
    errors: ['not-found'],
    handle: async ({ params: { id }, query }) => {
      const { data, total } = await desk.rows(id, query);
      const seen = query.after + data.length;
      const more = seen < total;
      return { data, total, has_more: more, next: more ? String(seen) : null };
    },
  });

  const label = defineRoute({
    method: 'post',
    path: '/api/labellings/{id}/labels',
    tag,
    summary: { en: 'Label rows, all of them or none', zh: '标注行，要么全部标注，要么都不标注' },
    scope: 'train',
    params,
    body: labelsBody,
    responses: it,
    errors: ['not-found', 'conflict'],
    handle: ({ params: { id }, body }) => desk.label(id, body.labels),
  });

  const fit = defineRoute({
    method: 'get',
    path: '/api/labellings/{id}/fit',
    tag,
    summary: {
      en: 'Learn from the labels so far: how good it is, and what to label next',
      zh: '从目前的标签学习：效果如何，接下来标注哪些行',
    },
    description: {
      en: 'A quick look at up to 200 labelled rows. A language model that is loaded is asked about the columns once; without any labels, what it expects of them decides alone. It waits until it is done.',
      zh: '只快速看至多 200 个已标注的行。语言模型已加载时，会就各列询问它一次；没有标签时，仅由它对各列的预期决定。完成后才返回。',
    },
    scope: 'train',
    params,
    responses: {
      200: {
        description: { en: 'It', zh: '学习的结果' },
        content: { 'application/json': fitSchema },
      },
    },
    errors: learning,
    handle: ({ params: { id }, response }) => desk.fit(id, clientGone(response)),
  });

  const opinions = defineRoute({
    method: 'get',
    path: '/api/labellings/{id}/opinions',
    tag,
    summary: {
      en: 'Ask what the labels so far say of some rows, and why',
      zh: '询问目前的标签对某些行的判断及理由',
    },
    scope: 'train',
    params,
    query: opinionsQuery,
    responses: {
      200: {
        description: {
          en: 'In the order asked for; rows that there are not are left out',
          zh: '按请求的顺序；不存在的行略去',
        },
        content: { 'application/json': z.object({ data: z.array(opinionSchema) }) },
      },
    },
    errors: learning,
    handle: async ({ params: { id }, query, response }) => ({
      data: await desk.opinions(id, query.rows, query.reasons === 'true', clientGone(response)),
    }),
  });

  const importance = defineRoute({
    method: 'get',
    path: '/api/labellings/{id}/importance',
    tag,
    summary: { en: 'Show which columns the labels so far lean on', zh: '查看目前的标签依靠哪些列' },
    description: {
      en: 'Permutation importance on the labelled rows that were learned from.',
      zh: '在学习所用的已标注行上计算的置换重要性。',
    },
    scope: 'train',
    params,
    responses: {
      200: {
        description: { en: 'The most important first', zh: '最重要的在前' },
        content: { 'application/json': z.object({ data: z.array(importanceSchema) }) },
      },
    },
    errors: learning,
    handle: async ({ params: { id }, response }) => ({
      data: await desk.importance(id, clientGone(response)),
    }),
  });

  return [
    ...[samples, create, list, show, remove, configure],
    ...[rows, label, fit, opinions, importance],
  ];
}
