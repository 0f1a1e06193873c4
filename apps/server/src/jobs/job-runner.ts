/**
 * Starts, watches and ends the processes of jobs. Everything that matters is in `jobs.sqlite` and in
 * the jobs' folders: this can be killed at any moment, and the next one goes on from what it finds.
 * A server looks after the jobs that it started and after those whose server is gone.
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { identify, isAlive, type ProcessIdentity } from '@quaestor/peft';
import { chineseOf } from '../problem-words/chinese-of.ts';
import { inRepository } from '../repository.ts';
import { writtenBytes } from '../system/written-bytes.ts';
import { type DiskQuota, diskProblem } from './disk-quota.ts';
import type { Job, JobError } from './job.ts';
import { toEvents } from './job-events.ts';
import { type JobKind, type JobPlace, LANES } from './job-kind.ts';
import type { JobStore, RunningJob } from './job-store.ts';
import { readAttemptEnd, readWorkerLog } from './worker-log.ts';
import { logOf, outputOf, signalWorker, startWorker } from './worker-process.ts';

export interface RunnerOptions {
  readonly store: JobStore;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly place: (id: string) => JobPlace;
  readonly home: string;
  readonly quota: DiskQuota;
  /** Milliseconds between two looks at the processes. */
  readonly interval: number;
  /** Milliseconds that a process has to keep its work before it is killed. */
  readonly grace: number;
  /** Attempts in a row that may be killed before any work was kept. */
  readonly mostStalls: number;
  /** Told of faults of the queue itself. */
  readonly report: (error: unknown) => void;
}

/** Looks at the processes for each one at the disk. */
const LOOKS_AT_THE_DISK = 20;
const FILE_GONE: JobError = {
  code: 'failed',
  message:
    'A file of the job (its log, its output or what it works on) is gone, so it cannot be finished. Start it as a new job.',
  chinese: '任务的文件（日志、输出或它要处理的内容）已不存在，任务无法完成。请重新提交一个任务。',
};
const KILLED = 'The process was killed, perhaps for lack of memory';

export class JobRunner {
  readonly #options: RunnerOptions;
  readonly #me: ProcessIdentity;
  /** Where adapters and databases lie is no client's business. */
  readonly #hidden: readonly string[];
  /** When a process was first asked to stop. */
  readonly #askedToStop = new Map<string, number>();
  /** Jobs that are to fail rather than go on, and why. */
  readonly #condemned = new Map<string, JobError>();
  #stopping = false;
  #quotaLookedAt = 0;
  #wake = () => {};
  #loop: Promise<void> | undefined;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#hidden = [options.home, inRepository('')];
    const me = identify(process.pid);
    if (me === null) throw new Error('this process cannot find itself');
    this.#me = me;
  }

  start(): void {
    this.#loop ??= this.#run();
  }

  /** Looks at once instead of at the next interval. */
  wake(): void {
    this.#wake();
  }

  /** Asks the processes to keep their work and waits for them; their jobs go on at the next start. */
  async close(): Promise<void> {
    this.#stopping = true;
    this.#wake();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!(this.#stopping && this.#mine().length === 0)) {
      try {
        await this.#look();
      } catch (error) {
        this.#options.report(error);
      }
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await Promise.race([
        sleep(this.#options.interval, undefined, { ref: this.#stopping }),
        woken,
      ]);
    }
  }

  async #look(): Promise<void> {
    const { store } = this.#options;
    for (const running of this.#mine()) await this.#tend(running);
    this.#watchDisk();
    if (this.#stopping) return;
    for (const lane of LANES) {
      const job = store.claim(lane, this.#me);
      if (job !== undefined) await this.#begin(job);
    }
  }

  /** The running jobs that no other living server looks after; those left behind are taken over. */
  #mine(): readonly RunningJob[] {
    return this.#options.store.running().filter(({ job, owner }) => {
      if (owner?.pid === this.#me.pid && owner.started === this.#me.started) return true;
      if (owner !== null && isAlive(owner)) return false;
      this.#options.store.setOwner(job.id, this.#me);
      return true;
    });
  }

  async #begin(job: Job): Promise<void> {
    const { store, home } = this.#options;
    try {
      const kind = this.#kind(job);
      const place = this.#options.place(job.id);
      const done = job.attempts > 1 ? kind.finished?.(job.params, place) : undefined;
      if (done !== undefined) {
        store.move(job.id, ['running'], { state: 'succeeded', result: done });
        return;
      }
      const [program, ...words] = kind.command(job.params, place);
      const worker = startWorker({
        program,
        words,
        folder: place.folder,
        attempt: job.attempts,
        home,
      });
      // Known before it begins: whoever comes after a kill finds the process, or none that works.
      store.setOwner(job.id, this.#me, worker.identity);
      void worker.gone.then(() => this.#wake());
      worker.begin();
    } catch (error) {
      this.#fail(job, error);
    }
  }

  async #tend(running: RunningJob): Promise<void> {
    const { store, grace } = this.#options;
    const { job, worker } = running;
    if (worker === null) {
      const state = running.cancelRequested ? 'cancelled' : 'queued';
      store.move(job.id, ['running'], { state, stalls: running.stalls });
      return;
    }
    // First whether it lives, then what it said: nothing can be said between the two and be missed.
    const alive = isAlive(worker);
    let over = !alive;
    try {
      this.#ingest(running);
      if (over) await this.#end(running);
    } catch (error) {
      if (!isMissing(error)) throw error;
      this.#giveUp(running, error);
      over = true;
    }
    if (over) {
      this.#askedToStop.delete(job.id);
      this.#condemned.delete(job.id);
      return;
    }
    if (!(this.#stopping || running.cancelRequested || this.#condemned.has(job.id))) return;
    const since = this.#askedToStop.get(job.id);
    if (since === undefined) {
      this.#askedToStop.set(job.id, performance.now());
      signalWorker(worker, 'SIGTERM');
    } else if (performance.now() - since > grace) signalWorker(worker, 'SIGKILL');
  }

  #ingest({ job, logOffset }: RunningJob): void {
    const path = logOf(this.#options.place(job.id).folder, job.attempts);
    for (let offset = logOffset; ; ) {
      const { records, next } = readWorkerLog(path, offset, this.#hidden);
      if (next === offset) return;
      const { events, progress } = toEvents(records);
      this.#options.store.ingest(job.id, events, next, progress);
      offset = next;
    }
  }

  async #end({ job, worker, stalls, cancelRequested }: RunningJob): Promise<void> {
    const { store, mostStalls } = this.#options;
    const { folder } = this.#options.place(job.id);
    // What it started itself goes with it, unless its number belongs to somebody else by now.
    if (worker !== null && identify(worker.pid) === null) signalWorker(worker, 'SIGKILL');
    const { exitCode, error, keptWork } = readAttemptEnd(logOf(folder, job.attempts), this.#hidden);
    const condemned = this.#condemned.get(job.id);
    if (exitCode === 0) {
      await this.#succeed(job, readFileSync(outputOf(folder, job.attempts), 'utf8'));
    } else if (cancelRequested) {
      store.move(job.id, ['running'], { state: 'cancelled' });
    } else if (condemned !== undefined) {
      store.move(job.id, ['running'], { state: 'failed', error: condemned });
    } else if (exitCode !== null && !STOPPED.has(exitCode)) {
      store.move(job.id, ['running'], { state: 'failed', error });
    } else {
      const inARow = keptWork || this.#stopping ? 0 : stalls + 1;
      const message = `${KILLED} before it had kept any work, ${inARow} times in a row. Resume it when there is more.`;
      store.move(
        job.id,
        ['running'],
        inARow > mostStalls
          ? { state: 'interrupted', error: { code: 'interrupted', message } }
          : { state: 'queued', stalls: inARow },
      );
    }
  }

  /** Of a job whose log or output is gone nothing can be known any more. */
  #giveUp({ job, worker, cancelRequested }: RunningJob, error: unknown): void {
    if (worker !== null && isAlive(worker)) signalWorker(worker, 'SIGKILL');
    if (cancelRequested) this.#options.store.move(job.id, ['running'], { state: 'cancelled' });
    else this.#fail(job, error);
  }

  async #succeed(job: Job, printed: string): Promise<void> {
    try {
      const output: unknown = JSON.parse(printed);
      const kind = this.#kind(job);
      const result = kind.result
        ? await kind.result(output, job.params, this.#options.place(job.id))
        : output;
      this.#options.store.move(job.id, ['running'], { state: 'succeeded', result });
    } catch (error) {
      this.#fail(job, error);
    }
  }

  #fail(job: Job, error: unknown): void {
    const missing = isMissing(error);
    const known = error instanceof Error && 'code' in error && typeof error.code === 'string';
    if (missing || !known) this.#options.report(error);
    this.#options.store.move(job.id, ['running'], {
      state: 'failed',
      error: missing
        ? FILE_GONE
        : known
          ? {
              code: String(error.code),
              message: error.message,
              chinese: chineseOf(error).chinese,
            }
          : { code: 'internal', message: 'Something went wrong in the server; its log has more.' },
    });
  }

  /**
   * Training writes checkpoints: what would fill the disk is stopped before it does. Of the jobs that
   * run, it is the one that has written most; the others go on until it has ended.
   */
  #watchDisk(): void {
    const { interval, quota } = this.#options;
    if (performance.now() - this.#quotaLookedAt < interval * LOOKS_AT_THE_DISK) return;
    this.#quotaLookedAt = performance.now();
    const running = this.#mine();
    if (running.length === 0 || running.some(({ job }) => this.#condemned.has(job.id))) return;
    const full = diskProblem(quota);
    if (full === null) return;
    const written = ({ worker }: RunningJob) => (worker && writtenBytes(worker.pid)) ?? 0;
    const [most] = running.toSorted((a, b) => written(b) - written(a));
    const error = { code: 'disk-full', message: full.en, chinese: full.zh };
    if (most !== undefined) this.#condemned.set(most.job.id, error);
  }

  #kind(job: Job): JobKind {
    const kind = this.#options.kinds.get(job.kind);
    if (kind !== undefined) return kind;
    throw new Error(`a job is of the kind ${job.kind}, which this server does not know`);
  }
}

/** Whether a file of the job is not there. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** Exit codes of a program that was asked to stop and did. */
const STOPPED: ReadonlySet<number> = new Set([130, 143]);
