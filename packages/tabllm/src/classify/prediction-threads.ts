/** Threads that each have a copy of a model and predict the rows of a table, piece by piece. */
import { Worker } from 'node:worker_threads';
import type { EncodedColumn } from '../baseline/encoder.ts';
import type { RecordPiece } from '../csv/records-of.ts';
import { TabLlmError } from '../errors.ts';
import type { RowIdentity } from '../schema/row-identity.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import type { AskedBlock } from './ask-block.ts';
import type { EncodedModel } from './encoded-model.ts';
import { bundleOf } from './source-bundle.ts';
import type { BlockPlan } from './table-blocks.ts';

/** What a thread is started with; plain data. */
export interface ThreadProgram {
  readonly plan: BlockPlan;
  /** Whether reasons are wanted. */
  readonly explain: boolean;
  readonly schema: TableSchema;
  /** By which rows that were learned from are found again. */
  readonly identity: RowIdentity;
  readonly encoding: readonly EncodedColumn[];
  readonly model: EncodedModel;
}

export interface Question {
  readonly piece: RecordPiece;
  /** Rows of the piece that are passed over. */
  readonly skip: number;
}

export interface PredictionThreads {
  /** Whether all threads have started; a failure to start counts, and is told by `predict`. */
  readonly ready: boolean;
  /** The same as `askBlock` of each block. @throws TabLlmError 'thread-failed' */
  predict(question: Question): Promise<readonly AskedBlock[]>;
  /** Stops the threads, whatever they are doing. */
  close(): Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  /** In the order in which they were asked, which is the one in which they are answered. */
  readonly waiting: { done(blocks: readonly AskedBlock[]): void; fail(error: Error): void }[];
  started: boolean;
  failure: TabLlmError | null;
}

export function startPredictionThreads(program: ThreadProgram, count: number): PredictionThreads {
  const threads = Array.from({ length: count }, () => startThread(program));
  return {
    get ready() {
      return threads.every(({ started, failure }) => started || failure !== null);
    },
    predict: ({ piece, skip }) => {
      const failed = threads.find(({ failure }) => failure !== null);
      if (failed) return Promise.reject(failed.failure);
      const free = threads.reduce((best, one) =>
        one.waiting.length < best.waiting.length ? one : best,
      );
      return new Promise((done, fail) => {
        free.waiting.push({ done, fail });
        free.worker.ref();
        // What has been read to find where records end is cheaper read again than sent.
        const sent = piece.text === null ? piece : { text: piece.text, records: null };
        free.worker.postMessage({ piece: sent, skip } satisfies Question);
      });
    },
    close: async () => {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

/** Of what a thread makes nothing lasts: it needs little room for it. */
const resourceLimits = { maxYoungGenerationSizeMb: 4 };

function startThread(program: ThreadProgram): Thread {
  const worker = openWorker(program);
  const thread: Thread = { worker, waiting: [], started: false, failure: null };
  // Only while it is asked for something it keeps the process alive.
  worker.unref();
  const fail = (how: string, cause?: Error) => {
    thread.failure ??= threadFailed(how, cause);
    for (const { fail } of thread.waiting.splice(0)) fail(thread.failure);
  };
  worker
    .on('message', (message: 'ready' | readonly AskedBlock[]) => {
      if (message === 'ready') thread.started = true;
      else thread.waiting.shift()?.done(message);
      if (thread.waiting.length === 0) worker.unref();
    })
    .on('messageerror', (cause) => fail(cause.message, cause))
    .on('error', (cause: Error) => fail(cause.message, cause))
    .on('exit', (code) => fail(`exit code ${code}`));
  return thread;
}

function openWorker(workerData: ThreadProgram): Worker {
  const own = import.meta.url;
  if (own.endsWith('.ts')) {
    const program = bundleOf(new URL('prediction-worker.ts', own));
    return new Worker(program, { eval: true, workerData, execArgv: [], resourceLimits });
  }
  return new Worker(new URL('prediction-worker.js', own), { workerData, resourceLimits });
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
