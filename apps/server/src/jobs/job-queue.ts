/** The queue as the rest of the server uses it: submit, look, cancel, resume, remove. */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Translated } from '@quaestor/peft';
import { ServerError } from '../errors.ts';
import { badInput, badRequest } from '../problem-words/input-problems.ts';
import { schemaProblems } from '../problem-words/schema-problems.ts';
import { removeLeftovers } from '../remove-leftovers.ts';
import { diskProblem, LIMITED_FOLDERS } from './disk-quota.ts';
import { ENDED, type Job } from './job.ts';
import type { JobKind, JobPlace } from './job-kind.ts';
import { JobRunner } from './job-runner.ts';
import { JobStore, newJobId } from './job-store.ts';

export interface JobQueueOptions {
  /** State folder: `jobs.sqlite` and `jobs/` are made in it. */
  readonly home: string;
  readonly kinds: readonly JobKind[];
  /** Jobs that may wait. Default 50. */
  readonly mostQueued?: number;
  /** Bytes that jobs, uploads, labellings and trainings may hold together. Default 20 GB. */
  readonly mostBytes?: number;
  /** Bytes of the disk that stay free. Default 500 MB. */
  readonly keepFree?: number;
  /** Milliseconds between two looks at the processes. Default 250. */
  readonly interval?: number;
  /** Milliseconds that a process has to keep its work when it is stopped. Default 30 s. */
  readonly grace?: number;
  /** Attempts in a row that may be killed before any work was kept. Default 3. */
  readonly mostStalls?: number;
  readonly report?: (error: unknown) => void;
}

export interface SubmitOptions {
  /** Higher ones run first. Default 0. */
  readonly priority?: number | undefined;
  /** Sent again with the same key, a request makes no second job. */
  readonly idempotencyKey?: string | undefined;
}

export class JobQueue {
  readonly store: JobStore;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly #folder: string;
  readonly #runner: JobRunner;
  readonly #mostQueued: number;
  readonly #room: () => Translated | null;

  constructor(options: JobQueueOptions) {
    const { home, mostQueued = 50, interval = 250, grace = 30_000, mostStalls = 3 } = options;
    const { mostBytes = 20e9, keepFree = 500e6, report = () => {} } = options;
    this.#folder = join(home, 'jobs');
    mkdirSync(this.#folder, { recursive: true });
    this.store = new JobStore(join(home, 'jobs.sqlite'));
    this.kinds = new Map(options.kinds.map((kind) => [kind.name, kind]));
    this.#mostQueued = mostQueued;
    const quota = {
      folders: LIMITED_FOLDERS.map((name) => join(home, name)),
      most: mostBytes,
      keepFree,
    };
    this.#room = () => diskProblem(quota);
    this.#runner = new JobRunner({
      store: this.store,
      kinds: this.kinds,
      place: (id) => this.place(id),
      home,
      quota,
      interval,
      grace,
      mostStalls,
      report,
    });
  }

  start(): void {
    // Folders of requests that were cut off before their job was queued.
    removeLeftovers(this.#folder, (id) => this.store.get(id) !== undefined);
    this.#runner.start();
  }

  /** Lets running jobs keep their work; they go on when the queue is started again. */
  async close(): Promise<void> {
    await this.#runner.close();
    this.store.close();
  }

  /** Why nothing more can be kept; null while there is room. */
  get roomProblem(): Translated | null {
    return this.#room();
  }

  /** @throws ServerError 'disk-full' when jobs and uploads hold all that they may */
  expectRoom(): void {
    const full = this.roomProblem;
    if (full !== null) throw new ServerError('disk-full', full);
  }

  /**
   * Queues a job.
   * @throws ServerError 'bad-request' with every problem, 'key-reused', 'too-busy', 'disk-full'; what
   *   the kind says against the parameters
   */
  async submit(
    kindName: string,
    given: unknown,
    { priority = 0, idempotencyKey }: SubmitOptions = {},
  ): Promise<Job> {
    const kind = this.kinds.get(kindName);
    if (kind === undefined) {
      throw badInput([{ code: 'no-such-kind', kind: kindName, kinds: [...this.kinds.keys()] }]);
    }
    const params = this.#parse(kind, given);
    const hash = hashOf([kindName, params, priority]);
    const before = this.#submittedBefore(idempotencyKey, hash);
    if (before !== undefined) return before;
    if (this.store.count('queued') >= this.#mostQueued) {
      throw new ServerError('too-busy', `${this.#mostQueued} jobs are waiting already.`, {
        retryAfter: 30,
      });
    }
    this.expectRoom();
    const place = this.place(newJobId());
    mkdirSync(place.folder, { recursive: true });
    try {
      await kind.prepare?.(params, place);
      const idempotency = idempotencyKey === undefined ? undefined : { key: idempotencyKey, hash };
      const job = this.store.add({
        id: place.id,
        kind: kind.name,
        lane: typeof kind.lane === 'function' ? kind.lane(params, place) : kind.lane,
        params,
        priority,
        idempotency,
      });
      this.#runner.wake();
      return job;
    } catch (error) {
      rmSync(place.folder, { recursive: true, force: true });
      // The same request, sent twice at once: the other was quicker.
      const other = this.#submittedBefore(idempotencyKey, hash);
      if (other !== undefined) return other;
      throw error;
    }
  }

  /** @throws ServerError 'not-found' */
  get(id: string): Job {
    const job = this.store.get(id);
    if (job === undefined)
      throw new ServerError('not-found', {
        en: `There is no job ${id.slice(0, 80)}.`,
        zh: '没有这个任务，或已被删除。',
      });
    return job;
  }

  /** A job that has ended stays as it is. @throws ServerError 'not-found' */
  cancel(id: string): Job {
    const job = this.get(id);
    if (!this.store.move(id, ['queued', 'interrupted'], { state: 'cancelled' })) {
      if (!ENDED.has(job.state)) this.store.requestCancel(id);
      this.#runner.wake();
    }
    return this.get(id);
  }

  /**
   * Queues a job again that was interrupted, failed or cancelled; what it had kept is not done again.
   * @throws ServerError 'not-found', 'conflict' for one in another state; what the kind says against it
   */
  resume(id: string): Job {
    const job = this.get(id);
    const resumable = ['interrupted', 'failed', 'cancelled'] as const;
    if (resumable.some((state) => state === job.state)) this.#expectResumable(job);
    if (!this.store.move(id, resumable, { state: 'queued' })) {
      throw new ServerError('conflict', {
        en: `Job ${id} is ${this.get(id).state}; it needs no resuming.`,
        zh: `任务 ${id} 无需继续：只有已中断、失败或取消的任务才能继续。`,
      });
    }
    this.#runner.wake();
    return this.get(id);
  }

  /** Forgets a job and its files. @throws ServerError 'not-found', 'conflict' while it is not over */
  remove(id: string): void {
    const { state } = this.get(id);
    if (!this.store.remove(id)) {
      throw new ServerError('conflict', {
        en: `Job ${id} is ${state}: cancel it first.`,
        zh: `任务 ${id} 尚未结束（${state}），请先取消它。`,
      });
    }
    rmSync(this.place(id).folder, { recursive: true, force: true });
  }

  place(id: string): JobPlace {
    return { id, folder: join(this.#folder, id) };
  }

  #parse(kind: JobKind, given: unknown): object {
    const parsed = kind.params.safeParse(given ?? {});
    if (parsed.success) return parsed.data;
    const at = { under: ['params'], whole: 'params' };
    throw badRequest(schemaProblems(kind.params, given ?? {}, parsed.error, at));
  }

  /** What a job had made before it was stopped stands in nobody's way. @throws as the kind does */
  #expectResumable({ id, kind: name, params }: Job): void {
    const kind = this.kinds.get(name);
    const place = this.place(id);
    if (kind?.mayResume === undefined || kind.finished?.(params, place) !== undefined) return;
    kind.mayResume(params, place);
  }

  #submittedBefore(key: string | undefined, hash: string): Job | undefined {
    const known = key === undefined ? undefined : this.store.byIdempotencyKey(key);
    if (known === undefined || known.hash === hash) return known?.job;
    throw new ServerError(
      'key-reused',
      'This Idempotency-Key came with another request before. Use a new key for each request.',
    );
  }
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
