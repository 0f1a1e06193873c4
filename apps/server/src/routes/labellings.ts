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
const it = { 200: { description: 'It', content: { 'application/json': labellingSchema } } };
const learning = ['not-found', 'conflict', 'bad-data', 'timeout', 'model-failed'] as const;
const MOST_ROWS = 200;

export const newLabellingBody = z
  .strictObject({
    upload: uploadId.optional().describe('CSV file that was uploaded'),
    sample: z.string().min(1).max(80).optional().describe('table that comes with the server'),
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
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(50).describe('rows of a piece'),
  after: z.coerce.number().int().min(0).max(1e9).default(0).describe('rows to pass over'),
  show: z.enum(SHOWN).default('all').describe('which rows'),
  rows: rowNumbers.optional().describe('only these, in this order: numbers with commas'),
});

export const opinionsQuery = z.strictObject({
  rows: rowNumbers.describe(`numbers of rows with commas, at most ${MOST_ROWS}`),
  reasons: z.enum(['true', 'false']).default('false').describe('whether to tell why'),
});

/** Tables whose rows are labelled in place, with a model that follows each label. */
export function labellingRoutes(desk: LabellingDesk, queue: JobQueue): readonly Route[] {
  const samples = defineRoute({
    method: 'get',
    path: '/api/sample-tables',
    tag,
    summary: 'List the tables that come with the server',
    scope: 'train',
    responses: {
      200: {
        description: 'All of them',
        content: { 'application/json': z.object({ data: z.array(sampleTableSchema) }) },
      },
    },
    handle: () => ({ data: sampleTables() }),
  });

  const create = defineRoute({
    method: 'post',
    path: '/api/labellings',
    tag,
    summary: 'Begin to label a table',
    description: 'The table is copied and described: kinds of columns, faults of rows.',
    scope: 'train',
    body: newLabellingBody,
    responses: {
      201: {
        description: 'It can be labelled',
        content: { 'application/json': labellingSchema },
        headers: { Location: 'the labelling' },
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
    summary: 'List the tables that are being labelled, newest first',
    scope: 'train',
    responses: {
      200: {
        description: 'All of them',
        content: { 'application/json': z.object({ data: z.array(labellingSummary) }) },
      },
    },
    handle: () => ({ data: desk.list() }),
  });

  const show = defineRoute({
    method: 'get',
    path: '/api/labellings/{id}',
    tag,
    summary: 'Show a table that is being labelled',
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
    summary: 'Remove a table and its labels',
    scope: 'train',
    params,
    responses: { 204: { description: 'It is gone' } },
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
    summary: 'Choose what to predict, and from which columns',
    description: 'Labels that were given for another target are kept, should it be chosen again.',
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
    summary: 'Read rows with their labels by pieces',
    scope: 'train',
    params,
    query: labellingRowsQuery,
    responses: {
      200: {
        description: 'A piece',
        content: {
          'application/json': z.object({
            data: z.array(labellingRow),
            total: z.int().describe('rows of that kind'),
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
    summary: 'Label rows, all of them or none',
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
    summary: 'Learn from the labels so far: how good it is, and what to label next',
    description:
      'A quick look at up to 200 labelled rows, without the language model. It waits until it is done.',
    scope: 'train',
    params,
    responses: { 200: { description: 'It', content: { 'application/json': fitSchema } } },
    errors: learning,
    handle: ({ params: { id }, response }) => desk.fit(id, clientGone(response)),
  });

  const opinions = defineRoute({
    method: 'get',
    path: '/api/labellings/{id}/opinions',
    tag,
    summary: 'Ask what the labels so far say of some rows, and why',
    scope: 'train',
    params,
    query: opinionsQuery,
    responses: {
      200: {
        description: 'In the order asked for; rows that there are not are left out',
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
    summary: 'Show which columns the labels so far lean on',
    description: 'Permutation importance on the labelled rows that were learned from.',
    scope: 'train',
    params,
    responses: {
      200: {
        description: 'The most important first',
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
