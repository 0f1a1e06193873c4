import { cpus, loadavg, totalmem } from 'node:os';
import { Database } from '@quaestor/finsql/sqlite';
import { text, textIn } from '@quaestor/peft';
import * as z from 'zod';
import { component } from '../api/component.ts';
import { defineRoute, type Route } from '../api/route.ts';
import type { AskQueue } from '../ask/ask-queue.ts';
import type { ServerConfig } from '../config.ts';
import { jobState } from '../jobs/job.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import type { ModelLoader } from '../model-loader.ts';
import { diskUse } from '../system/disk-use.ts';
import { residentMemory } from '../system/resident-memory.ts';
import { VERSION } from '../version.ts';

const bytes = z.int().min(0);

const modelReport = z.object({
  engine: z.object({
    name: z.string(),
    tensorflow: z.string().nullable().describe('its version; null on engines without it'),
    precision: z.string().describe('how weights are stored'),
    fused: z.boolean().describe('whether kernels compiled for this processor are used'),
    speed: z
      .object({ float32: z.number(), bfloat16: z.number() })
      .nullable()
      .describe('GFLOP/s of a matrix product, where it was measured'),
    notes: z.array(text).readonly(),
  }),
  base: z.object({
    name: z.string(),
    layers: z.int(),
    width: z.int(),
    vocabulary: z.int(),
    context: z.int().describe('tokens'),
  }),
});

const systemSchema = component(
  'System',
  z.object({
    versions: z.object({ server: z.string(), node: z.string(), sqlite: z.string() }),
    processor: z.object({
      name: z.string(),
      cores: z.int(),
      platform: z.string(),
      load: z.number().describe('processes that ran or waited to, mean of the last minute'),
    }),
    model: modelReport.nullable().describe('null before the model is loaded'),
    memory: z.object({
      total: bytes,
      available: bytes,
      server: bytes.describe('held by this process'),
      model: bytes.nullable().describe('held by the process of the model, where it is known'),
    }),
    queue: z.object({
      most_running: z.int(),
      most_waiting: z.int(),
      entries: z.array(
        z.object({
          what: z.enum(['question', 'text', 'classification', 'adapter']),
          client: z.string().nullable().describe('id of the key it came with, where it is known'),
          state: z.enum(['running', 'waiting']),
          since: z.string().describe('ISO 8601'),
        }),
      ),
    }),
    jobs: z.array(z.object({ state: jobState, count: z.int() })),
    disk: z.object({
      folders: z.array(z.object({ name: z.string(), bytes })).readonly(),
      held: bytes.describe('by jobs and uploads together'),
      limit: bytes.describe('what these may hold'),
      free: bytes,
    }),
    problems: z.array(text).describe('what somebody should do something about'),
    uptime_seconds: z.int(),
  }),
);

export interface SystemRouteTools {
  readonly config: ServerConfig;
  readonly model: ModelLoader;
  readonly queue: AskQueue;
  readonly jobs: JobQueue;
}

/** What an operator wants to see at a glance. */
export function systemRoute({ config, model, queue, jobs }: SystemRouteTools): Route {
  const disk = diskUse(config.home);
  const sqlite = sqliteVersion();
  return defineRoute({
    method: 'get',
    path: '/api/system',
    tag: 'operation',
    summary: 'Tell what runs, on what, who waits, and what is full',
    scope: 'train',
    responses: { 200: { description: 'Now', content: { 'application/json': systemSchema } } },
    handle: () => {
      const { report, state } = model;
      const [processor, ...others] = cpus();
      const full = jobs.roomProblem;
      return {
        versions: { server: VERSION, node: process.versions.node, sqlite },
        processor: {
          name: processor?.model.trim() ?? 'unknown',
          cores: others.length + 1,
          platform: `${process.platform} ${process.arch}`,
          load: loadavg()[0] ?? 0,
        },
        model: report === null ? null : { engine: report.engine, base: report.base },
        memory: {
          total: totalmem(),
          available: process.availableMemory(),
          server: process.memoryUsage.rss(),
          // Where the server holds the model itself, there is no other process.
          model: report === null ? null : residentMemory(report.pid),
        },
        queue: {
          most_running: config.maxRunning,
          most_waiting: config.maxWaiting,
          entries: [...queue.entries],
        },
        jobs: jobState.options.map((one) => ({ state: one, count: jobs.store.count(one) })),
        disk: { ...disk(), limit: config.jobBytes },
        problems: [
          ...(state.state === 'failed'
            ? [
                {
                  en: `The model could not be loaded. ${textIn(state.detail, 'en')}`,
                  zh: `模型未能加载。${textIn(state.detail, 'zh')}`,
                },
              ]
            : []),
          ...(full === null ? [] : [full]),
        ],
        uptime_seconds: Math.round(process.uptime()),
      };
    },
  });
}

function sqliteVersion(): string {
  const database = new Database(':memory:');
  const version = database.prepare<[], string>('SELECT sqlite_version()').pluck().get() ?? '';
  database.close();
  return version;
}
