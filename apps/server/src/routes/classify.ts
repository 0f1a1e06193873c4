import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { described } from '@quaestor/peft';
import { openCsv, serialisers } from '@quaestor/tabllm';
import * as z from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import { pageFields } from '../api/schemas/page.ts';
import { ServerError } from '../errors.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { classifyParams } from '../jobs/kinds/classify-params.ts';
import { planOf, predictionsOf, tableOf } from '../jobs/kinds/classify-plan.ts';
import { tableWithPredictions } from '../labelling/with-table.ts';
import { languageOfReader } from '../problem-words/reader.ts';
import { jobCreated, priorityField, queueJob } from './job-created.ts';
import { sendFile } from './send-file.ts';

const tag = 'classify';
const params = z.strictObject({ id: z.string().max(64) });
const MOST_ROWS = 1000;

export const rowsQuery = z.strictObject({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MOST_ROWS)
    .default(100)
    .apply(described, { en: 'rows of a piece', zh: '每页行数' }),
  after: z.coerce.number().int().min(0).default(0).apply(described, {
    en: 'cursor: `next` of the piece before',
    zh: '分页位置：上一页的 `next`',
  }),
});

export const resultQuery = z.strictObject({
  with: z.enum(['predictions', 'table']).default('predictions').apply(described, {
    en: 'table: the columns of the table, its target filled in, and the predictions beside',
    zh: 'table：表格的各列，目标列已填好，并附上预测',
  }),
});

const rowsSchema = z.object({
  columns: z.array(z.string()).readonly(),
  data: z.array(z.array(z.string()).readonly()),
  ...pageFields,
});

/** Labels for the rows of a CSV file: a job; what comes of it is a CSV file, to see and to take. */
export function classifyRoutes(queue: JobQueue): readonly Route[] {
  const create = defineRoute({
    method: 'post',
    path: '/api/classifications',
    tag,
    summary: { en: 'Label all rows of a CSV file', zh: '标注 CSV 文件的所有行' },
    description: {
      en: 'Learns from an upload or a labelling, or asks a saved classifier. Its progress is that of the job; GET /api/jobs/{id}/events streams it.',
      zh: '从上传的文件或标注中学习，或使用已保存的分类器。进度即任务的进度；GET /api/jobs/{id}/events 以事件流给出。',
    },
    scope: 'train',
    body: classifyParams.extend({ priority: priorityField }),
    idempotent: true,
    responses: jobCreated.responses,
    errors: [
      ...(['not-found', 'bad-upload', 'bad-csv', 'too-busy', 'disk-full', 'key-reused'] as const),
      'conflict',
    ],
    handle: ({ body: { priority, ...given }, ...call }) => {
      const params = { language: languageOfReader(call.request), ...given };
      return queueJob(queue, 'classify', params, call, priority);
    },
  });

  const layouts = defineRoute({
    method: 'get',
    path: '/api/serialisers',
    tag,
    summary: { en: 'List how a row can become text', zh: '列出把一行变成文本的方式' },
    scope: 'read',
    responses: {
      200: {
        description: { en: 'All of them', zh: '全部' },
        content: {
          'application/json': z.object({ data: z.array(z.object({ name: z.string() })) }),
        },
      },
    },
    handle: () => ({ data: serialisers().map(({ name }) => ({ name })) }),
  });

  const rows = defineRoute({
    method: 'get',
    path: '/api/classifications/{id}/rows',
    tag,
    summary: { en: 'Read the labelled rows by pieces', zh: '分页读取标注好的行' },
    scope: 'train',
    params,
    query: rowsQuery,
    responses: {
      200: {
        description: { en: 'A piece', zh: '一页' },
        content: { 'application/json': rowsSchema },
      },
    },
    errors: ['not-found', 'conflict'],
    handle: async ({ params: { id }, query: { limit, after } }) => {
      const table = await openCsv(resultOf(queue, id));
      const data: (readonly string[])[] = [];
      let passed = 0;
      for await (const piece of table.rows()) {
        for (const { cells } of piece) {
          if (passed++ >= after && data.length <= limit) data.push(cells);
        }
        if (data.length > limit) break;
      }
      const more = data.length > limit;
      return {
        columns: table.columns,
        data: data.slice(0, limit),
        has_more: more,
        next: more ? String(after + limit) : null,
      };
    },
  });

  const file = defineRoute({
    method: 'get',
    path: '/api/classifications/{id}/result',
    tag,
    summary: { en: 'Take the labelled rows as a CSV file', zh: '以 CSV 文件下载标注好的行' },
    scope: 'train',
    description: {
      en: 'In the order of the table; formulas of spreadsheets are made harmless.',
      zh: '按表格的顺序；电子表格公式已做无害化处理。',
    },
    params,
    query: resultQuery,
    responses: {
      200: { description: { en: 'The file', zh: '文件' }, content: { 'text/csv': z.string() } },
    },
    errors: ['not-found', 'conflict'],
    handle: async ({ params: { id }, query, response }) => {
      const path = resultOf(queue, id);
      const type = 'text/csv; charset=utf-8';
      if (query.with === 'predictions') {
        const place = { folder: dirname(path), file: basename(path) };
        await sendFile(response, place, `${id}.csv`, type);
        return undefined;
      }
      if (queue.get(id).params.id !== undefined) {
        throw new ServerError(
          'conflict',
          `Job ${id} tells rows apart by a column, not by number; join the predictions by it.`,
        );
      }
      const place = queue.place(id);
      const { target, given } = planOf(place);
      const options = { rows: tableOf(place), predictions: path, target, given: new Map(given) };
      const pieces = tableWithPredictions(options);
      // What cannot be read is told before the file begins.
      const first = await pieces.next();
      response.attachment(`${id}.csv`).set({ 'Content-Type': type, 'Cache-Control': 'no-store' });
      if (!first.done) response.write(first.value);
      await pipeline(Readable.from(pieces), response).catch((error) => {
        // A client that has gone needs no answer.
        if (!response.headersSent) throw error;
      });
      return undefined;
    },
  });

  return [create, layouts, rows, file];
}

/** @throws ServerError 'not-found' | 'conflict' while there is none */
function resultOf(queue: JobQueue, id: string): string {
  const job = queue.get(id);
  const path = predictionsOf(queue.place(id));
  if (job.kind !== 'classify')
    throw new ServerError('not-found', {
      en: `Job ${id} labels no rows.`,
      zh: `任务 ${id} 不是分类任务。`,
    });
  if (job.state !== 'succeeded' || !existsSync(path)) {
    throw new ServerError('conflict', {
      en: `Job ${id} is ${job.state}; its rows are there when it has succeeded.`,
      zh: `任务 ${id}（${job.state}）成功完成之后才有结果。`,
    });
  }
  return path;
}
