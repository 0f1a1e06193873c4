import { described } from '@quaestor/peft';
import * as z from 'zod';
import { defineRoute, type Route } from '../api/route.ts';
import { pageFields, pageQuery, piece } from '../api/schemas/page.ts';
import { exampleSchema, exampleState, feedbackSchema } from '../examples/example.ts';
import type { ExampleDesk } from '../examples/example-desk.ts';

const tag = 'examples';
const params = z.strictObject({ id: z.string().max(64) });
const found = {
  200: { description: { en: 'It', zh: '该示例' }, content: { 'application/json': exampleSchema } },
};

const question = z.string().trim().min(1).max(2000);
const sql = z.string().trim().min(1).max(20_000);
const database = z
  .string()
  .min(1)
  .max(200)
  .apply(described, { en: 'name of the database', zh: '数据库名称' });
export const feedbackBody = z
  .strictObject({
    verdict: z.enum(['up', 'down']),
    database,
    question,
    sql: sql
      .optional()
      .apply(described, { en: 'the statement that was answered with', zh: '回答所用的语句' }),
    corrected_sql: sql.optional().apply(described, {
      en: 'what it should have been; becomes a pending example',
      zh: '正确的语句；会成为待审核的示例',
    }),
    comment: z.string().trim().max(2000).optional(),
    answer_id: z.string().max(64).optional(),
  })
  .refine((body) => !(body.verdict === 'up' && body.corrected_sql !== undefined), {
    path: ['corrected_sql'],
    message: 'does not go with a thumb up',
  });

export const newExampleBody = z.strictObject({ database, question, sql });

export const editExampleBody = z.strictObject({ question, sql });

export const reviewBody = z
  .strictObject({
    question: question
      .optional()
      .apply(described, { en: 'the question as it was looked at', zh: '查看时的问题' }),
    sql: sql
      .optional()
      .apply(described, { en: 'the statement as it was looked at', zh: '查看时的语句' }),
  })
  .optional()
  .apply(described, {
    en: 'an example that says something else by now stays as it is',
    zh: '如果示例已被改动，则保持不变',
  });

export const exampleListQuery = z.strictObject({
  state: exampleState.optional(),
  database: database.optional(),
  ...pageQuery(20, 100).shape,
});

const firstRows = z.object({
  columns: z.array(z.string()).readonly(),
  rows: z.array(z.array(z.unknown()).readonly()).readonly(),
  truncated: z.boolean(),
});

const proposed = z
  .object({
    example: exampleSchema,
    preview: firstRows.apply(described, {
      en: 'the first rows of its SQL',
      zh: '其 SQL 查到的前几行',
    }),
  })
  .apply(described, { en: 'an example, to be reviewed', zh: '待审核的示例' });

const mayFail = [
  'no-such-database',
  'database-in-use',
  'refused',
  'sql-error',
  'timeout',
  'out-of-memory',
  'too-busy',
  'disk-full',
] as const;

/** Feedback and corrections; what is approved guides answers at once and is what is trained on. */
export function exampleRoutes(desk: ExampleDesk): readonly Route[] {
  const { store } = desk;

  const judge = defineRoute({
    method: 'post',
    path: '/api/feedback',
    tag,
    summary: { en: 'Judge an answer, and correct it', zh: '评价回答并更正' },
    description: {
      en: 'A correction, and a statement with a thumb up, become an example that waits for review, once the SQL has passed the guard and run.',
      zh: '更正后的语句和获得点赞的语句，在 SQL 通过检查并成功运行后，成为待审核的示例。',
    },
    scope: 'read',
    body: feedbackBody,
    idempotent: true,
    responses: {
      201: {
        description: { en: 'It is kept', zh: '已保存' },
        content: {
          'application/json': z.object({
            feedback: feedbackSchema,
            ...proposed.partial().shape,
          }),
        },
      },
    },
    errors: mayFail,
    handle: async ({ body, client }) => {
      const { verdict, corrected_sql, comment, answer_id, ...asked } = body;
      const known = verdict === 'up' ? asked.sql : corrected_sql;
      const made =
        known === undefined
          ? undefined
          : await desk.propose({
              database: asked.database,
              question: asked.question,
              sql: known,
              source: verdict === 'up' ? 'confirmation' : 'correction',
              author: client.id,
            });
      const feedback = store.addFeedback({
        verdict,
        database: asked.database,
        question: asked.question,
        sql: asked.sql ?? null,
        comment: comment ?? null,
        answer_id: answer_id ?? null,
        author: client.id,
        example_id: made?.example.id ?? null,
      });
      return { feedback, ...(made && { example: made.example, preview: preview(made.rows) }) };
    },
  });

  const judged = defineRoute({
    method: 'get',
    path: '/api/feedback',
    tag,
    summary: {
      en: 'List what was said of answers, newest first',
      zh: '列出对回答的评价，最新的在前',
    },
    scope: 'train',
    query: pageQuery(20, 100),
    responses: {
      200: {
        description: { en: 'A piece', zh: '一页' },
        content: { 'application/json': z.object({ data: z.array(feedbackSchema), ...pageFields }) },
      },
    },
    handle: ({ query: { limit, after } }) => {
      const { items, next } = store.feedback(limit, after);
      return piece(items, next);
    },
  });

  const create = defineRoute({
    method: 'post',
    path: '/api/examples',
    tag,
    summary: {
      en: 'Bring a question with known SQL, to be reviewed',
      zh: '提交一个已知 SQL 的问题，等待审核',
    },
    scope: 'read',
    body: newExampleBody,
    idempotent: true,
    responses: {
      201: {
        description: { en: 'It waits', zh: '等待审核' },
        content: { 'application/json': proposed },
      },
    },
    errors: mayFail,
    handle: async ({ body, client }) => {
      const { example, rows } = await desk.propose({
        ...body,
        source: 'entered',
        author: client.id,
      });
      return { example, preview: preview(rows) };
    },
  });

  const list = defineRoute({
    method: 'get',
    path: '/api/examples',
    tag,
    summary: { en: 'List the examples, newest first', zh: '列出示例，最新的在前' },
    scope: 'read',
    query: exampleListQuery,
    responses: {
      200: {
        description: { en: 'A piece', zh: '一页' },
        content: { 'application/json': z.object({ data: z.array(exampleSchema), ...pageFields }) },
      },
    },
    handle: ({ query: { state, database: name, limit, after } }) => {
      const { items, next } = store.list({ state, database: name }, limit, after);
      const data = items.map((item) => desk.describe(item));
      return piece(data, next);
    },
  });

  const show = defineRoute({
    method: 'get',
    path: '/api/examples/{id}',
    tag,
    summary: { en: 'Show an example', zh: '查看一个示例' },
    scope: 'read',
    params,
    responses: found,
    errors: ['not-found'],
    handle: ({ params: { id } }) => desk.get(id),
  });

  const approve = defineRoute({
    method: 'post',
    path: '/api/examples/{id}/approve',
    tag,
    summary: { en: 'Approve an example', zh: '批准示例' },
    description: {
      en: 'From the next question on it guides answers, in place of one that answers the same; the next training learns from it.',
      zh: '从下一个问题起，它用于指导回答，并取代回答同一问题的示例；下一次训练会学习它。',
    },
    scope: 'train',
    params,
    body: reviewBody,
    responses: found,
    errors: ['not-found', 'conflict', ...mayFail],
    handle: ({ params: { id }, body: seen = {}, client }) =>
      desk.review(id, 'approved', { reviewer: client.id, seen }),
  });

  const reject = defineRoute({
    method: 'post',
    path: '/api/examples/{id}/reject',
    tag,
    summary: {
      en: 'Reject an example, or take an approved one back',
      zh: '拒绝示例，或撤回已批准的示例',
    },
    scope: 'train',
    params,
    responses: found,
    errors: ['not-found', 'conflict'],
    handle: ({ params: { id }, client }) => desk.review(id, 'rejected', { reviewer: client.id }),
  });

  const edit = defineRoute({
    method: 'post',
    path: '/api/examples/{id}/edit',
    tag,
    summary: { en: 'Change an example that waits for review', zh: '修改待审核的示例' },
    scope: 'train',
    params,
    body: editExampleBody,
    responses: {
      200: {
        description: { en: 'It waits', zh: '等待审核' },
        content: { 'application/json': proposed },
      },
    },
    errors: ['not-found', 'conflict', ...mayFail],
    handle: async ({ params: { id }, body, client }) => {
      const { example, rows } = await desk.edit(id, body, client.id);
      return { example, preview: preview(rows) };
    },
  });

  return [judge, judged, create, list, show, edit, approve, reject];
}

function preview({ columns, rows, truncated }: z.output<typeof firstRows>) {
  return { columns, rows, truncated };
}
