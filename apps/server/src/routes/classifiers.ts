import { basename, dirname } from 'node:path';
import * as z from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import { checkAgainst } from '../classifiers/check-table.ts';
import {
  CLASSIFIER_FILES,
  classifierCheck,
  classifierName,
  classifierSchema,
} from '../classifiers/classifier.ts';
import type { ClassifierStore } from '../classifiers/classifier-store.ts';
import { ServerError } from '../errors.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { modelOf } from '../jobs/kinds/classify-plan.ts';
import { readBounded } from '../labelling/bounded-table.ts';
import { type UploadStore, uploadId } from '../uploads/upload-store.ts';
import { sendFile } from './send-file.ts';

const tag = 'classify';
const params = z.strictObject({ name: z.string().max(100) });
/** Rows by which a table is judged before a job begins. */
const LOOKED_AT = 500;

export const saveClassifierBody = z.strictObject({
  name: classifierName,
  replace: z.boolean().default(false).describe('replace one of that name'),
});

export const checkTableBody = z.strictObject({ upload: uploadId.describe('CSV file') });

export interface ClassifierRouteTools {
  readonly classifiers: ClassifierStore;
  readonly uploads: UploadStore;
  readonly queue: JobQueue;
}

/** Saved classifiers: kept from a classification, asked again of other tables. */
export function classifierRoutes(tools: ClassifierRouteTools): readonly Route[] {
  const { classifiers, uploads, queue } = tools;

  const save = defineRoute({
    method: 'post',
    path: '/api/classifications/{id}/save',
    tag,
    summary: 'Keep the model of a classification under a name',
    description: '`quaestor classify FILE --model NAME` uses the same ones.',
    scope: 'train',
    params: z.strictObject({ id: z.string().max(64) }),
    body: saveClassifierBody,
    responses: {
      201: {
        description: 'It is kept',
        content: { 'application/json': classifierSchema },
        headers: { Location: 'the classifier' },
      },
    },
    errors: ['not-found', 'conflict'],
    handle: ({ params: { id }, body: { name, replace }, response }) => {
      const job = queue.get(id);
      if (job.kind !== 'classify') {
        throw new ServerError('not-found', {
          en: `Job ${id} labels no rows.`,
          zh: `任务 ${id} 不是分类任务。`,
        });
      }
      const { saved } = z.object({ saved: z.boolean() }).catch({ saved: false }).parse(job.result);
      if (job.state !== 'succeeded' || !saved) {
        throw new ServerError('conflict', {
          en: `Job ${id} is ${job.state} and has no model to keep.`,
          zh: `任务 ${id}（${job.state}）没有可保存的模型。`,
        });
      }
      const made = classifiers.save(name, modelOf(queue.place(id)), replace);
      response.status(201).set('Location', `/api/classifiers/${encodeURIComponent(name)}`);
      return made;
    },
  });

  const list = defineRoute({
    method: 'get',
    path: '/api/classifiers',
    tag,
    summary: 'List the saved classifiers',
    scope: 'train',
    responses: {
      200: {
        description: 'All of them',
        content: { 'application/json': z.object({ data: z.array(classifierSchema) }) },
      },
    },
    handle: () => ({ data: classifiers.list() }),
  });

  const show = defineRoute({
    method: 'get',
    path: '/api/classifiers/{name}',
    tag,
    summary: 'Show a saved classifier with its card',
    scope: 'train',
    params,
    responses: {
      200: {
        description: 'It',
        content: {
          'application/json': classifierSchema.extend({
            card: z.string().describe('Markdown; empty where there is none'),
            files: z.array(z.string()).readonly(),
          }),
        },
      },
    },
    errors: ['not-found'],
    handle: ({ params: { name } }) => ({
      ...classifiers.get(name),
      card: classifiers.card(name),
      files: CLASSIFIER_FILES,
    }),
  });

  const check = defineRoute({
    method: 'post',
    path: '/api/classifiers/{name}/check',
    tag,
    summary: 'Check whether a saved classifier fits a table',
    description: `By its header and its first ${LOOKED_AT} rows.`,
    scope: 'train',
    params,
    body: checkTableBody,
    responses: {
      200: {
        description: 'What is wrong, and what is odd',
        content: { 'application/json': classifierCheck },
      },
    },
    errors: ['not-found', 'bad-csv', 'bad-upload'],
    handle: async ({ params: { name }, body: { upload } }) => {
      const facts = classifiers.facts(name);
      const { format } = uploads.get(upload);
      if (format !== 'csv') {
        throw new ServerError('bad-upload', {
          en: `${upload} is a SQLite database; expected a CSV table.`,
          zh: `上传的文件 ${upload} 是 SQLite 数据库，这里需要 CSV 表格。`,
        });
      }
      return checkAgainst(facts, await readBounded(uploads.path(upload), { mostRows: LOOKED_AT }));
    },
  });

  const file = defineRoute({
    method: 'get',
    path: '/api/classifiers/{name}/files/{file}',
    tag,
    summary: 'Take a file of a saved classifier',
    description: `${CLASSIFIER_FILES.join(', ')}: together, in a folder, they are the classifier.`,
    scope: 'train',
    params: params.extend({ file: z.string().max(100) }),
    responses: {
      200: { description: 'The file', content: { 'application/octet-stream': z.string() } },
    },
    errors: ['not-found'],
    handle: async ({ params: { name, file: wanted }, response }) => {
      const path = classifiers.file(name, wanted);
      await sendFile(
        response,
        { folder: dirname(path), file: basename(path) },
        `${name}-${wanted}`,
      );
      return undefined;
    },
  });

  const remove = defineRoute({
    method: 'delete',
    path: '/api/classifiers/{name}',
    tag,
    summary: 'Remove a saved classifier',
    scope: 'admin',
    params,
    responses: { 204: { description: 'It is gone' } },
    errors: ['not-found'],
    handle: ({ params: { name } }) => {
      classifiers.remove(name);
      return undefined;
    },
  });

  return [save, list, show, check, file, remove];
}
