import { basename, dirname } from 'node:path';
import { described } from '@quaestor/peft';
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
  replace: z
    .boolean()
    .default(false)
    .apply(described, { en: 'replace one of that name', zh: '替换同名的分类器' }),
});

export const checkTableBody = z.strictObject({
  upload: uploadId.apply(described, { en: 'CSV file', zh: 'CSV 文件' }),
});

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
    summary: {
      en: 'Keep the model of a classification under a name',
      zh: '以指定名称保存分类任务的模型',
    },
    description: {
      en: '`quaestor classify FILE --model NAME` uses the same ones.',
      zh: '`quaestor classify FILE --model NAME` 使用的是同一批模型。',
    },
    scope: 'train',
    params: z.strictObject({ id: z.string().max(64) }),
    body: saveClassifierBody,
    responses: {
      201: {
        description: { en: 'It is kept', zh: '已保存' },
        content: { 'application/json': classifierSchema },
        headers: { Location: { en: 'the classifier', zh: '该分类器' } },
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
    summary: { en: 'List the saved classifiers', zh: '列出已保存的分类器' },
    scope: 'train',
    responses: {
      200: {
        description: { en: 'All of them', zh: '全部' },
        content: { 'application/json': z.object({ data: z.array(classifierSchema) }) },
      },
    },
    handle: () => ({ data: classifiers.list() }),
  });

  const show = defineRoute({
    method: 'get',
    path: '/api/classifiers/{name}',
    tag,
    summary: { en: 'Show a saved classifier with its card', zh: '查看已保存的分类器及其说明卡' },
    scope: 'train',
    params,
    responses: {
      200: {
        description: { en: 'It', zh: '该分类器' },
        content: {
          'application/json': classifierSchema.extend({
            card: z.string().apply(described, {
              en: 'Markdown; empty where there is none',
              zh: 'Markdown；没有时为空',
            }),
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
    summary: {
      en: 'Check whether a saved classifier fits a table',
      zh: '检查已保存的分类器是否适用于某个表格',
    },
    description: {
      en: `By its header and its first ${LOOKED_AT} rows.`,
      zh: `依据表头和前 ${LOOKED_AT} 行。`,
    },
    scope: 'train',
    params,
    body: checkTableBody,
    responses: {
      200: {
        description: { en: 'What is wrong, and what is odd', zh: '哪里有误，哪里异常' },
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
    summary: { en: 'Take a file of a saved classifier', zh: '下载已保存分类器的文件' },
    description: {
      en: `${CLASSIFIER_FILES.join(', ')}: together, in a folder, they are the classifier.`,
      zh: `${CLASSIFIER_FILES.join('、')}：放在同一个文件夹中，就是该分类器。`,
    },
    scope: 'train',
    params: params.extend({ file: z.string().max(100) }),
    responses: {
      200: {
        description: { en: 'The file', zh: '文件' },
        content: { 'application/octet-stream': z.string() },
      },
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
    summary: { en: 'Remove a saved classifier', zh: '删除已保存的分类器' },
    scope: 'admin',
    params,
    responses: { 204: { description: { en: 'It is gone', zh: '已删除' } } },
    errors: ['not-found'],
    handle: ({ params: { name } }) => {
      classifiers.remove(name);
      return undefined;
    },
  });

  return [save, list, show, check, file, remove];
}
