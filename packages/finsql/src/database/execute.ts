/**
 * Runs one read-only statement in a child process, within limits. Children are kept between
 * statements; one that passes its deadline is killed and replaced by the next call.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { FinSqlError } from '../errors.ts';
import type { ExecuteJob, ExecuteReply, QueryRows } from './execute-protocol.ts';

export const executorConfig = z.object({
  workers: z.int().positive().default(2).describe('statements that run at the same time'),
  maxRows: z.int().positive().default(1000).describe('rows of an answer'),
  maxBytes: z.int().positive().default(16_000_000).describe('bytes of an answer, about'),
  timeoutMs: z.int().positive().default(5000).describe('milliseconds until a statement is killed'),
  memoryBytes: z.int().positive().default(256_000_000).describe('memory that SQLite may take'),
});

export interface ExecuteOptions {
  readonly maxRows?: number | undefined;
  readonly maxBytes?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface QueryResult extends QueryRows {
  /** Of the statement alone, without the start of a process. */
  readonly milliseconds: number;
}

export interface SqlExecutor {
  /**
   * @throws FinSqlError `sql-error`, `timeout`, `refused`, `out-of-memory`, `aborted`,
   * `no-such-database` or `not-a-database`
   */
  execute(file: string, sql: string, options?: ExecuteOptions): Promise<QueryResult>;
  /** Ends the child processes; what still runs fails with `aborted`. */
  close(): void;
}

/**
 * A pool of child processes, started when first needed.
 * @throws FinSqlError `bad-config`
 */
export function createSqlExecutor(options: z.input<typeof executorConfig> = {}): SqlExecutor {
  const parsed = executorConfig.safeParse(options);
  if (!parsed.success) {
    throw new FinSqlError('bad-config', 'The executor options are not valid.', {
      problems: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    });
  }
  const config = parsed.data;
  const idle: ChildProcess[] = [];
  const busy = new Set<ChildProcess>();
  const waiting: (() => void)[] = [];
  let taken = 0;
  let closed = false;

  const acquire = async (): Promise<ChildProcess> => {
    if (taken === config.workers) await new Promise<void>((next) => waiting.push(next));
    else taken++;
    const child = idle.pop() ?? start(config.memoryBytes);
    busy.add(child);
    return child;
  };
  const release = (child: ChildProcess): void => {
    busy.delete(child);
    if (child.connected && child.exitCode === null && !child.killed && !closed) {
      rest(child);
      idle.push(child);
    } else {
      child.kill('SIGKILL');
    }
    const next = waiting.shift();
    if (next === undefined) taken--;
    else next();
  };

  return {
    async execute(file, sql, limits = {}) {
      const child = await acquire();
      try {
        if (closed) throw new FinSqlError('aborted', 'The executor is closed.');
        const job = {
          file: resolve(file),
          sql,
          maxRows: limits.maxRows ?? config.maxRows,
          maxBytes: limits.maxBytes ?? config.maxBytes,
        };
        return await ask(child, job, limits.timeoutMs ?? config.timeoutMs, limits.signal);
      } catch (error) {
        if (closed) throw new FinSqlError('aborted', 'The executor was closed.', { cause: error });
        throw error;
      } finally {
        release(child);
      }
    },
    close() {
      closed = true;
      for (const child of [...idle, ...busy]) child.kill('SIGKILL');
    },
  };
}

/** Children that have reported for work. */
const READY = new WeakSet<ChildProcess>();

/** The child is TypeScript when this file is; it then needs tsx, which development has. */
function start(memoryBytes: number): ChildProcess {
  const own = fileURLToPath(import.meta.url);
  const fromSource = own.endsWith('.ts');
  const file = resolve(dirname(own), fromSource ? 'execute-child.ts' : 'execute-child.js');
  return fork(file, [String(memoryBytes)], {
    cwd: dirname(own),
    execArgv: fromSource ? ['--conditions=@quaestor/source', '--import', 'tsx'] : [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
}

/** An idle child must not keep the process alive. */
function rest(child: ChildProcess): void {
  child.unref();
  child.channel?.unref?.();
}

function ask(
  child: ChildProcess,
  job: ExecuteJob,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<QueryResult> {
  if (signal?.aborted === true) {
    return Promise.reject(new FinSqlError('aborted', 'The query was cancelled.'));
  }
  child.ref();
  child.channel?.ref?.();
  return new Promise((done, fail) => {
    let began = performance.now();
    let timer: NodeJS.Timeout | undefined;
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      signal?.removeEventListener('abort', onAbort);
      finish();
    };
    const kill = (error: FinSqlError) => {
      child.kill('SIGKILL');
      settle(() => fail(error));
    };
    const onAbort = () => kill(new FinSqlError('aborted', 'The query was cancelled.'));
    const onError = (cause: Error) =>
      kill(new FinSqlError('sql-error', `The query process failed: ${cause.message}.`, { cause }));
    const onExit = (code: number | null, name: string | null) =>
      settle(() => fail(diedEarly(READY.has(child), name ?? `exit code ${code}`)));
    const begin = () => {
      READY.add(child);
      began = performance.now();
      timer = setTimeout(
        () =>
          kill(
            new FinSqlError(
              'timeout',
              `The query ran longer than ${timeoutMs} ms and was stopped. Narrow it down with a condition or a LIMIT.`,
            ),
          ),
        timeoutMs,
      );
      child.send(job);
    };
    const onMessage = (reply: ExecuteReply) => {
      if (reply.kind === 'ready') begin();
      else if (reply.kind === 'error')
        settle(() => fail(new FinSqlError(reply.code, reply.message)));
      else {
        const milliseconds = performance.now() - began;
        settle(() => done({ ...reply.result, milliseconds }));
      }
    };
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    signal?.addEventListener('abort', onAbort, { once: true });
    if (READY.has(child)) begin();
  });
}

function diedEarly(wasReady: boolean, how: string): FinSqlError {
  return wasReady
    ? new FinSqlError(
        'out-of-memory',
        `The query process ended (${how}) before it answered; the statement probably needs too much memory. Ask for fewer rows or narrower text.`,
      )
    : new FinSqlError(
        'sql-error',
        `The query process could not start (${how}). Check that better-sqlite3 is installed for this version of Node.`,
      );
}
