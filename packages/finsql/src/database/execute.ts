/**
 * Runs one read-only statement in a child process, within limits. Children are kept between
 * statements; one that passes its deadline is killed and replaced by the next call.
 */
import { resolve } from 'node:path';
import { schemaProblems } from '@quaestor/peft';
import * as z from 'zod';
import { FinSqlError } from '../errors.ts';
import type { AllowList } from './allow-list.ts';
import type { QueryRows } from './execute-protocol.ts';
import {
  askWorker,
  cancelled,
  isAlive,
  restWorker,
  startWorker,
  untilReady,
  type Worker,
  wakeWorker,
} from './execute-worker.ts';
import { timeout } from './timeout.ts';

export const executorConfig = z.strictObject({
  workers: z.int().positive().default(2).describe('statements that run at the same time'),
  maxRows: z.int().positive().default(1000).describe('rows of an answer'),
  maxBytes: z.int().positive().default(16_000_000).describe('bytes of an answer, about'),
  timeoutMs: timeout.default(5000).describe('milliseconds until a statement is killed'),
  memoryBytes: z.int().positive().default(256_000_000).describe('memory that SQLite may take'),
});

const executeLimits = z.strictObject({
  maxRows: z.int().positive().optional(),
  maxBytes: z.int().positive().optional(),
  timeoutMs: timeout.optional(),
  signal: z.unknown().optional(),
  allow: z.unknown().optional(),
  dryRun: z.boolean().optional(),
});

export interface ExecuteOptions {
  readonly maxRows?: number | undefined;
  readonly maxBytes?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** What may be read; everything without one. */
  readonly allow?: AllowList | undefined;
  /** Whether the statement is only checked, and gives no rows; default false. */
  readonly dryRun?: boolean | undefined;
}

export interface QueryResult extends QueryRows {
  /** Of the statement alone, without the start of a process. */
  readonly milliseconds: number;
}

export interface SqlExecutor {
  /**
   * @throws FinSqlError `bad-config`, `sql-error`, `timeout`, `refused`, `out-of-memory`, `aborted`,
   * `no-such-database`, `not-a-database` or `database-in-use`
   */
  execute(file: string, sql: string, options?: ExecuteOptions): Promise<QueryResult>;
  /** Starts a child process now, so that the first statement need not wait for it. */
  warm(): void;
  /** Ends the child processes; what still runs fails with `aborted`. */
  close(): void;
}

/** A caller that no process is free for. */
interface Waiting {
  readonly next: () => void;
  readonly fail: (error: FinSqlError) => void;
}

/**
 * A pool of child processes, started when first needed.
 * @throws FinSqlError `bad-config`
 */
export function createSqlExecutor(options: z.input<typeof executorConfig> = {}): SqlExecutor {
  const parsed = executorConfig.safeParse(options);
  if (!parsed.success) {
    throw new FinSqlError(
      'bad-config',
      { en: 'The executor options are not valid.', zh: '执行器的选项无效。' },
      { problems: schemaProblems(executorConfig, options, parsed.error) },
    );
  }
  const config = parsed.data;
  const idle: Worker[] = [];
  const busy = new Set<Worker>();
  const waiting = new Set<Waiting>();
  let taken = 0;
  let closed = false;

  /** Until another statement gives up its place. */
  const untilFree = (signal: AbortSignal | undefined): Promise<void> =>
    new Promise((done, fail) => {
      const end = (finish: () => void) => {
        waiting.delete(caller);
        signal?.removeEventListener('abort', onAbort);
        finish();
      };
      const caller: Waiting = { next: () => end(done), fail: (error) => end(() => fail(error)) };
      const onAbort = () => caller.fail(cancelled());
      waiting.add(caller);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  const acquire = async (signal: AbortSignal | undefined): Promise<Worker> => {
    if (closed) throw closedEarly();
    if (signal?.aborted) throw cancelled();
    if (taken === config.workers) await untilFree(signal);
    else taken++;
    if (closed) throw closedEarly();
    let worker = idle.pop();
    while (worker !== undefined && !isAlive(worker)) worker = idle.pop();
    worker ??= startWorker(config.memoryBytes);
    busy.add(worker);
    return worker;
  };
  const release = (worker: Worker): void => {
    busy.delete(worker);
    if (isAlive(worker) && !closed) {
      restWorker(worker);
      idle.push(worker);
    } else {
      worker.child.kill('SIGKILL');
    }
    const [caller] = waiting;
    if (caller === undefined) taken--;
    else caller.next();
  };

  return {
    async execute(file, sql, limits = {}) {
      expectLimits(limits);
      const worker = await acquire(limits.signal);
      try {
        wakeWorker(worker);
        const job = {
          file: resolve(file),
          sql,
          maxRows: limits.maxRows ?? config.maxRows,
          maxBytes: limits.maxBytes ?? config.maxBytes,
          allow: limits.allow,
          dryRun: limits.dryRun,
        };
        await untilReady(worker, limits.signal);
        const began = performance.now();
        const timeoutMs = limits.timeoutMs ?? config.timeoutMs;
        const rows = await askWorker(worker, job, timeoutMs, limits.signal);
        return { ...rows, milliseconds: performance.now() - began };
      } catch (error) {
        throw closed ? closedEarly(error) : error;
      } finally {
        release(worker);
      }
    },
    warm() {
      if (closed || taken + idle.length > 0) return;
      const worker = startWorker(config.memoryBytes);
      restWorker(worker);
      idle.push(worker);
    },
    close() {
      closed = true;
      for (const caller of waiting) caller.fail(closedEarly());
      for (const { child } of [...idle, ...busy]) child.kill('SIGKILL');
    },
  };
}

/** @throws FinSqlError `bad-config` with every problem */
function expectLimits(limits: ExecuteOptions): void {
  const parsed = executeLimits.safeParse(limits);
  if (parsed.success) return;
  throw new FinSqlError(
    'bad-config',
    { en: 'The limits of the statement are not valid.', zh: '语句的限制无效。' },
    { problems: schemaProblems(executeLimits, limits, parsed.error) },
  );
}

function closedEarly(cause?: unknown): FinSqlError {
  return new FinSqlError(
    'aborted',
    { en: 'The executor is closed.', zh: '执行器已关闭。' },
    { cause },
  );
}
