/** One child process of the executor: its start, its jobs, its end. */
import type { ChildProcess } from 'node:child_process';
import { reasonOf, type Translated } from '@quaestor/peft';
import { FinSqlError, refuse } from '../errors.ts';
import { forkProgram, silent } from '../fork-program.ts';
import type { ExecuteJob, ExecuteReply, QueryRows } from './execute-protocol.ts';

export interface Worker {
  readonly child: ChildProcess;
  /** Settles when the child has reported for work, or could not. */
  readonly ready: Promise<void>;
}

export function startWorker(memoryBytes: number): Worker {
  const child = forkProgram('execute-child', import.meta.url, [String(memoryBytes)], silent());
  const ready = new Promise<void>((done, fail) => {
    child.once('message', () => done());
    child.once('exit', (code, signal) => fail(couldNotStart(ended(code, signal))));
    child.once('error', (cause) => fail(couldNotStart(reasonOf(cause))));
  });
  // Who waits for it hears of the failure; nobody may be waiting.
  ready.catch(() => {});
  return { child, ready };
}

/** Whether it can take another job. */
export function isAlive({ child }: Worker): boolean {
  return child.connected && child.exitCode === null && !child.killed;
}

/** An idle child must not keep the process alive. */
export function restWorker({ child }: Worker): void {
  child.unref();
  child.channel?.unref?.();
}

/** The opposite of `restWorker`. */
export function wakeWorker({ child }: Worker): void {
  child.ref();
  child.channel?.ref?.();
}

/**
 * Waits until the child has reported, but not longer than the caller wants.
 * @throws FinSqlError `aborted`, or why the child could not start
 */
export function untilReady({ ready }: Worker, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return ready;
  return new Promise((done, fail) => {
    const onAbort = () => fail(cancelled());
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    ready.then(done, fail).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/**
 * Gives a job to a child that is ready; one that passes the deadline, or whose caller goes, is killed.
 * @throws FinSqlError as `SqlExecutor.execute`
 */
export function askWorker(
  { child }: Worker,
  job: ExecuteJob,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<QueryRows> {
  return new Promise((done, fail) => {
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
    const timer = setTimeout(() => kill(tookTooLong(timeoutMs)), timeoutMs);
    const onAbort = () => kill(cancelled());
    const onError = (cause: Error) => kill(diedEarly(reasonOf(cause)));
    const onExit = (code: number | null, name: string | null) =>
      settle(() => fail(diedEarly(ended(code, name))));
    const onMessage = (reply: ExecuteReply) =>
      settle(() => {
        if (reply.kind === 'error') fail(errorOf(reply));
        if (reply.kind === 'rows') done(reply.result);
      });
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    signal?.addEventListener('abort', onAbort, { once: true });
    child.send(job);
  });
}

function errorOf({ code, message, refused }: Extract<ExecuteReply, { kind: 'error' }>) {
  return refused === undefined ? new FinSqlError(code, message) : refuse(refused);
}

/** Of a caller that does not wait any longer. */
export function cancelled(): FinSqlError {
  return new FinSqlError('aborted', { en: 'The query was cancelled.', zh: '查询已取消。' });
}

function tookTooLong(timeoutMs: number): FinSqlError {
  return new FinSqlError('timeout', {
    en: `The query ran longer than ${timeoutMs} ms and was stopped. Narrow it down with a condition or a LIMIT.`,
    zh: `查询超过 ${timeoutMs} 毫秒，已停止。请加上条件或 LIMIT 缩小范围。`,
  });
}

function ended(code: number | null, signal: string | null): Translated {
  return { en: signal ?? `exit code ${code}`, zh: signal ?? `退出码 ${code}` };
}

function diedEarly(how: Translated): FinSqlError {
  return new FinSqlError('out-of-memory', {
    en: `The query process ended (${how.en}) before it answered; the statement probably needs too much memory. Ask for fewer rows or narrower text.`,
    zh: `查询进程没有返回结果就退出了（${how.zh}），语句可能占用了过多内存。请减少返回的行数或文本的长度。`,
  });
}

function couldNotStart(how: Translated): FinSqlError {
  return new FinSqlError('sql-error', {
    en: `The query process could not start (${how.en}). Check that better-sqlite3 is installed for this version of Node.`,
    zh: `查询进程无法启动（${how.zh}）。请检查是否已为当前版本的 Node 安装 better-sqlite3。`,
  });
}
