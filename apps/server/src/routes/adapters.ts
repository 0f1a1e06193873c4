import * as z from 'zod';
import { adapterSchema } from '../adapters/adapter-card.ts';
import type { AdapterDesk } from '../adapters/adapter-desk.ts';
import {
  APPROVED_EXAMPLES,
  activationSchema,
  BASE_MODEL,
  scoreSchema,
} from '../adapters/adapter-records.ts';
import { defineRoute, type Route } from '../api/route.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import { composeParams } from '../jobs/kinds/compose.ts';
import { evaluateParams, type SetsNow } from '../jobs/kinds/evaluate.ts';
import { searchParams } from '../jobs/kinds/search.ts';
import { trainParams } from '../jobs/kinds/train.ts';
import { jobCreated, priorityField, queueJob } from './job-created.ts';

const tag = 'adapters';
const params = z.strictObject({ name: z.string().max(100) });

export const activateBody = z.strictObject({
  force: z
    .boolean()
    .default(false)
    .describe('even if it scores lower than the one that answers, or was not scored'),
});

const changed = z.object({
  active: z.string().nullable().describe('what answers now; null: the base model alone'),
  before: z.string().nullable(),
  compared: z
    .array(z.object({ set: z.string(), candidate: z.number(), active: z.number() }))
    .readonly(),
});
const change = { 200: { description: 'Done', content: { 'application/json': changed } } };
const queued = ['too-busy', 'disk-full', 'conflict', 'key-reused', 'not-found'] as const;

export interface AdapterRouteTools {
  readonly desk: AdapterDesk;
  readonly queue: JobQueue;
  readonly sets: SetsNow;
}

/** Adapters: what there is and how good, new ones, and which one answers. */
export function adapterRoutes({ desk, queue, sets }: AdapterRouteTools): readonly Route[] {
  const list = defineRoute({
    method: 'get',
    path: '/api/adapters',
    tag,
    summary: 'List the adapters with their scores',
    scope: 'read',
    responses: {
      200: {
        description: 'All of them, by name',
        content: { 'application/json': z.object({ data: z.array(adapterSchema) }) },
      },
    },
    handle: () => ({ data: desk.list() }),
  });

  const show = defineRoute({
    method: 'get',
    path: '/api/adapters/{name}',
    tag,
    summary: 'Show an adapter',
    scope: 'read',
    params,
    responses: { 200: { description: 'It', content: { 'application/json': adapterSchema } } },
    errors: ['not-found'],
    handle: ({ params: { name } }) => desk.show(name),
  });

  const train = defineRoute({
    method: 'post',
    path: '/api/adapters',
    tag,
    summary: 'Train an adapter',
    description: 'On approved examples and the questions that came with the server.',
    scope: 'train',
    body: trainParams.extend({ priority: priorityField }),
    idempotent: true,
    responses: jobCreated.responses,
    errors: [...queued, 'no-such-database'],
    handle: ({ body: { priority, ...given }, ...call }) =>
      queueJob(queue, 'train', given, call, priority),
  });

  const compose = defineRoute({
    method: 'post',
    path: '/api/compositions',
    tag,
    summary: 'Make one adapter of several',
    scope: 'train',
    body: composeParams,
    idempotent: true,
    responses: jobCreated.responses,
    errors: [...queued, 'bad-file'],
    handle: ({ body, ...call }) => queueJob(queue, 'compose', body, call),
  });

  const search = defineRoute({
    method: 'post',
    path: '/api/compositions/search',
    tag,
    summary: 'Find the weights of adapters that suit a few examples',
    description:
      'LoRAHub: the events of the job tell each composition that was tried, with its weights and its loss.',
    scope: 'train',
    body: searchParams,
    idempotent: true,
    responses: jobCreated.responses,
    errors: [...queued, 'bad-file', 'no-such-database'],
    handle: ({ body, ...call }) => queueJob(queue, 'search', body, call),
  });

  const evaluate = defineRoute({
    method: 'post',
    path: '/api/adapters/{name}/evaluate',
    tag,
    summary: 'Score an adapter on questions with known SQL',
    description: `The score is kept with the adapter. ${BASE_MODEL} is the base model alone.`,
    scope: 'train',
    params,
    body: evaluateParams.omit({ adapter: true }).extend({ priority: priorityField }),
    idempotent: true,
    responses: jobCreated.responses,
    errors: [...queued, 'bad-file', 'no-such-database'],
    handle: ({ params: { name }, body: { priority, ...given }, ...call }) => {
      if (name !== BASE_MODEL) desk.show(name);
      return queueJob(queue, 'evaluate', { adapter: name, ...given }, call, priority);
    },
  });

  const activate = defineRoute({
    method: 'post',
    path: '/api/adapters/{name}/activate',
    tag,
    summary: 'Answer with this adapter from the next question on',
    description: `Refused, unless forced, for one that scores lower than the one that answers. ${BASE_MODEL} is the base model alone.`,
    scope: 'admin',
    params,
    body: activateBody,
    responses: change,
    errors: [
      ...(['not-found', 'scores-lower', 'not-compared', 'mismatch', 'bad-file'] as const),
      ...(['model-loading', 'model-failed', 'too-busy', 'conflict'] as const),
    ],
    handle: ({ params: { name }, body: { force }, client }) =>
      desk.activate(name === BASE_MODEL ? null : name, { force, author: client.id }),
  });

  const rollBack = defineRoute({
    method: 'post',
    path: '/api/activations/roll-back',
    tag,
    summary: 'Answer with the adapter that answered before',
    scope: 'admin',
    responses: change,
    errors: ['conflict', 'mismatch', 'bad-file', 'model-loading', 'model-failed', 'too-busy'],
    handle: ({ client }) => desk.rollBack(client.id),
  });

  const history = defineRoute({
    method: 'get',
    path: '/api/activations',
    tag,
    summary: 'List which adapters have answered, newest first',
    scope: 'read',
    responses: {
      200: {
        description: 'The last hundred',
        content: { 'application/json': z.object({ data: z.array(activationSchema) }) },
      },
    },
    handle: () => ({
      data: desk.history().map(({ fingerprint: _own, ...shown }) => shown),
    }),
  });

  const evaluationSets = defineRoute({
    method: 'get',
    path: '/api/evaluation-sets',
    tag,
    summary: 'List the questions that measure accuracy, and how the base model alone does',
    description: `Beside those of the server, “${APPROVED_EXAMPLES}”: a score on them tells how much of what it was taught an adapter knows, not how it does on new questions.`,
    scope: 'read',
    responses: {
      200: {
        description: 'All of them',
        content: {
          'application/json': z.object({
            data: z.array(
              z.object({
                name: z.string(),
                questions: z.int(),
                databases: z.array(z.string()),
                base_model: z.array(scoreSchema).readonly(),
              }),
            ),
          }),
        },
      },
    },
    handle: async () => ({
      data: [...(await sets())].map(([name, items]) => ({
        name,
        questions: items.length,
        databases: [...new Set(items.map(({ db }) => db))],
        base_model: desk.scores(null).filter(({ set }) => set === name),
      })),
    }),
  });

  const remove = defineRoute({
    method: 'delete',
    path: '/api/adapters/{name}',
    tag,
    summary: 'Remove an adapter',
    scope: 'admin',
    params,
    responses: { 204: { description: 'It is gone' } },
    errors: ['not-found', 'conflict', 'unsupported'],
    handle: ({ params: { name } }) => {
      desk.remove(name);
      return undefined;
    },
  });

  return [
    list,
    train,
    compose,
    search,
    rollBack,
    show,
    evaluate,
    activate,
    remove,
    history,
    evaluationSets,
  ];
}
