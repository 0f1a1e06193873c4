/** Threads that each have a copy of a model and predict encoded rows, piece by piece. */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Matrix } from '../baseline/matrix.ts';
import { TabLlmError } from '../errors.ts';
import type { EncodedModel } from './encoded-model.ts';

export interface PredictionThreads {
  /** Whether all threads have started; a failure to start counts, and is told by `predict`. */
  readonly ready: boolean;
  /**
   * The same numbers as `predictEncoded`.
   * @param x is given away
   * @throws TabLlmError 'thread-failed'
   */
  predict(x: Matrix): Promise<Float64Array>;
  /** Stops the threads, whatever they are doing. */
  close(): Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  /** In the order in which they were asked, which is the one in which they are answered. */
  readonly waiting: { done(said: Float64Array): void; fail(error: Error): void }[];
  started: boolean;
  failure: TabLlmError | null;
}

export function startPredictionThreads(model: EncodedModel, count: number): PredictionThreads {
  const threads = Array.from({ length: count }, () => startThread(model));
  return {
    get ready() {
      return threads.every(({ started, failure }) => started || failure !== null);
    },
    predict: (x) => {
      const failed = threads.find(({ failure }) => failure !== null);
      if (failed) return Promise.reject(failed.failure);
      const free = threads.reduce((best, one) =>
        one.waiting.length < best.waiting.length ? one : best,
      );
      return new Promise((done, fail) => {
        free.waiting.push({ done, fail });
        free.worker.ref();
        free.worker.postMessage(x, [x.values.buffer as ArrayBuffer]);
      });
    },
    close: async () => {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

/** Of what a thread makes nothing lasts: it needs little room for it. */
const resourceLimits = { maxYoungGenerationSizeMb: 4 };

function startThread(model: EncodedModel): Thread {
  const worker = openWorker(model);
  const thread: Thread = { worker, waiting: [], started: false, failure: null };
  // Only while it is asked for something it keeps the process alive.
  worker.unref();
  const fail = (how: string, cause?: Error) => {
    thread.failure ??= threadFailed(how, cause);
    for (const { fail } of thread.waiting.splice(0)) fail(thread.failure);
  };
  worker
    .on('message', (message: 'ready' | Float64Array) => {
      if (message === 'ready') thread.started = true;
      else thread.waiting.shift()?.done(message);
      if (thread.waiting.length === 0) worker.unref();
    })
    .on('messageerror', (cause) => fail(cause.message, cause))
    .on('error', (cause: Error) => fail(cause.message, cause))
    .on('exit', (code) => fail(`exit code ${code}`));
  return thread;
}

/** The program is TypeScript when this file is; it then needs tsx, which development has. */
function openWorker(model: EncodedModel): Worker {
  const own = import.meta.url;
  if (!own.endsWith('.ts')) {
    return new Worker(new URL('prediction-worker.js', own), { workerData: model, resourceLimits });
  }
  // A thread does not run what `--import` says.
  const tsx = new URL('esm/api/index.mjs', pathToFileURL(createRequire(own).resolve('tsx')));
  const program = `import { register } from '${tsx}'; register(); await import('${new URL('prediction-worker.ts', own)}');`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(program)}`), {
    workerData: model,
    execArgv: ['--conditions=@quaestor/source'],
    resourceLimits,
  });
}

function threadFailed(how: string, cause: Error | undefined): TabLlmError {
  return new TabLlmError(
    'thread-failed',
    {
      en: `A thread that predicts rows stopped (${how}). Go on with one thread alone: threads 1.`,
      zh: `预测各行的线程已停止（${how}）。请只用一个线程继续：threads 1。`,
    },
    { cause },
  );
}
