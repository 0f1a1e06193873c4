import { described, text } from '@quaestor/peft';
import * as z from 'zod';
import { type Client, clientOf } from '../access/client.ts';
import { component } from '../api/component.ts';
import { defineRoute, type Route } from '../api/route.ts';
import type { AskQueue } from '../ask/ask-queue.ts';
import { ServerError } from '../errors.ts';
import type { Metrics } from '../metrics.ts';
import type { ModelLoader, ModelState } from '../model-loader.ts';

const modelState = component(
  'ModelState',
  z.union([
    z.object({
      state: z.literal('loading'),
      step: text,
      progress: z.number().min(0).max(1).nullable(),
    }),
    z.object({
      state: z.literal('ready'),
      name: z.string(),
      note: text.optional().apply(described, {
        en: 'that another adapter answers than the one that was chosen',
        zh: '说明回答所用的并非所选的适配器',
      }),
    }),
    z.object({
      state: z.literal('failed'),
      detail: text,
      retried: z.boolean().apply(described, {
        en: 'whether the next question loads it once more',
        zh: '下一个问题是否会重新加载它',
      }),
    }),
  ]),
);

const health = component(
  'Health',
  z.object({
    status: z.literal('ok'),
    model: modelState,
    queue: z.object({ running: z.int(), waiting: z.int() }),
    uptime_seconds: z.int(),
  }),
);

const alive = z.object({ status: z.literal('ok') });
const ready = z.object({ status: z.literal('ready'), model: z.string() });
const tag = 'operation';

/** For people (/api/health), for orchestrators (/healthz, /readyz) and for Prometheus (/metrics). */
export function healthRoutes(
  model: ModelLoader,
  queue: AskQueue,
  { registry }: Metrics,
): readonly Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/health',
      tag,
      summary: {
        en: 'Tell how far the model is, and how long the queue',
        zh: '报告模型的加载进度和队列的长度',
      },
      scope: null,
      responses: {
        200: {
          description: { en: 'Always', zh: '任何时候' },
          content: { 'application/json': health },
        },
      },
      handle: ({ response }) => ({
        status: 'ok',
        model: stateFor(clientOf(response), model),
        queue: { running: queue.running, waiting: queue.waiting },
        uptime_seconds: Math.round(process.uptime()),
      }),
    }),
    defineRoute({
      method: 'get',
      path: '/healthz',
      tag,
      summary: { en: 'Tell that the process is alive', zh: '报告进程存活' },
      scope: null,
      responses: {
        200: {
          description: { en: 'It is', zh: '进程存活' },
          content: { 'application/json': alive },
        },
      },
      handle: () => ({ status: 'ok' }),
    }),
    defineRoute({
      method: 'get',
      path: '/readyz',
      tag,
      summary: { en: 'Tell whether questions can be answered', zh: '报告能否回答问题' },
      scope: null,
      responses: {
        200: {
          description: { en: 'They can', zh: '能够回答' },
          content: { 'application/json': ready },
        },
      },
      errors: ['model-loading', 'model-failed'],
      handle: ({ response }) => {
        const state = stateFor(clientOf(response), model);
        if (state.state === 'ready') return { status: 'ready', model: state.name };
        throw state.state === 'failed'
          ? new ServerError('model-failed', 'The model could not be loaded.')
          : new ServerError('model-loading', 'The model is still loading.', { retryAfter: 2 });
      },
    }),
    defineRoute({
      method: 'get',
      path: '/metrics',
      tag,
      summary: { en: 'Tell figures in the format of Prometheus', zh: '以 Prometheus 格式给出指标' },
      scope: 'read',
      responses: {
        200: { description: { en: 'Figures', zh: '指标' }, content: { 'text/plain': z.string() } },
      },
      handle: async ({ response }) => {
        response.set('Content-Type', registry.contentType).set('Cache-Control', 'no-store');
        response.end(await registry.metrics());
      },
    }),
  ];
}

/**
 * The state of the model as a client may see it. Names of adapters may be those of databases, and why
 * loading failed may tell paths, so who may not read whole databases sees neither.
 */
function stateFor(client: Client | null, model: ModelLoader): ModelState {
  const { state } = model;
  if (client?.allow === null) return state;
  if (state.state === 'ready') {
    return { state: 'ready', name: model.report?.base.name ?? 'language model' };
  }
  if (state.state === 'failed') {
    return { ...state, detail: { en: 'It could not be loaded.', zh: '模型未能加载。' } };
  }
  return { ...state, step: { en: 'under way', zh: '进行中' } };
}
