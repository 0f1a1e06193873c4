import { cpus, loadavg, totalmem } from 'node:os';
import { Database } from '@quaestor/finsql/sqlite';
import { described, text, textIn } from '@quaestor/peft';
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
    tensorflow: z.string().nullable().apply(described, {
      en: 'its version; null on engines without it',
      zh: '其版本；不使用它的引擎为 null',
    }),
    precision: z.string().apply(described, { en: 'of products', zh: '乘法的精度' }),
    storage: z.string().apply(described, { en: 'how weights are stored', zh: '权重的存储方式' }),
    bytes: z.boolean().apply(described, {
      en: 'whether answers are computed in products of bytes',
      zh: '是否以单字节整数乘法计算回答',
    }),
    fused: z.boolean().apply(described, {
      en: 'whether kernels compiled for this processor are used',
      zh: '是否使用为此处理器编译的内核',
    }),
    speed: z
      .object({
        float32: z.number(),
        bfloat16: z.number(),
        mixed: z.number(),
        bytes: z.number(),
      })
      .nullable()
      .apply(described, {
        en: 'GFLOP/s of a matrix product, where it was measured; mixed: rows in float32, weights in bfloat16; bytes: those rounded to bytes, 0 where the processor has no such product',
        zh: '矩阵乘法的 GFLOP/s，测量过才有；mixed：行为 float32，权重为 bfloat16；bytes：把它们舍入为单字节整数，处理器没有这种乘法时为 0',
      }),
    notes: z.array(text).readonly(),
  }),
  base: z.object({
    name: z.string(),
    layers: z.int(),
    width: z.int(),
    vocabulary: z.int(),
    context: z.int().apply(described, { en: 'tokens', zh: '词元数' }),
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
      load: z.number().apply(described, {
        en: 'processes that ran or waited to, mean of the last minute',
        zh: '正在运行或等待运行的进程数，最近一分钟的平均值',
      }),
    }),
    model: modelReport
      .nullable()
      .apply(described, { en: 'null before the model is loaded', zh: '模型加载之前为 null' }),
    memory: z.object({
      total: bytes,
      available: bytes,
      server: bytes.apply(described, { en: 'held by this process', zh: '本进程占用的内存' }),
      model: bytes.nullable().apply(described, {
        en: 'held by the process of the model, where it is known',
        zh: '模型进程占用的内存，得知时才有',
      }),
    }),
    queue: z.object({
      most_running: z.int(),
      most_waiting: z.int(),
      entries: z.array(
        z.object({
          what: z.enum(['question', 'text', 'classification', 'adapter', 'warm-up']),
          client: z.string().nullable().apply(described, {
            en: 'id of the key it came with, where it is known',
            zh: '请求所用密钥的 id，得知时才有',
          }),
          state: z.enum(['running', 'waiting']),
          since: z.string().apply(described, { en: 'ISO 8601', zh: 'ISO 8601 时间' }),
        }),
      ),
    }),
    jobs: z.array(z.object({ state: jobState, count: z.int() })),
    disk: z.object({
      folders: z.array(z.object({ name: z.string(), bytes })).readonly(),
      held: bytes.apply(described, {
        en: 'by jobs and uploads together',
        zh: '任务和上传的文件共占用',
      }),
      limit: bytes.apply(described, {
        en: 'what these may hold',
        zh: '任务和上传的文件可占用的上限',
      }),
      free: bytes,
    }),
    problems: z.array(text).apply(described, {
      en: 'what somebody should do something about',
      zh: '需要有人处理的问题',
    }),
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
    summary: {
      en: 'Tell what runs, on what, who waits, and what is full',
      zh: '报告正在运行什么、用什么运行、谁在等待、哪里已满',
    },
    scope: 'train',
    responses: {
      200: {
        description: { en: 'Now', zh: '当前状态' },
        content: { 'application/json': systemSchema },
      },
    },
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
