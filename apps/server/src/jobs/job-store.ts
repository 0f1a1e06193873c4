/** Jobs and their events in SQLite. Every change is one transaction, so a kill leaves none half-made. */
import { randomBytes } from 'node:crypto';
import type { Database } from '@quaestor/finsql/sqlite';
import type { ProcessIdentity } from '@quaestor/peft';
import { pieceOfRows } from '../numbered-rows.ts';
import { ENDED, type Job, type JobEvent, type JobState, type NewEvent } from './job.ts';
import { type Row, toJob } from './job-row.ts';
import { openJobDatabase } from './job-schema.ts';

export interface NewJob {
  readonly id: string;
  readonly kind: string;
  /** Of the jobs in one lane, one runs at a time. */
  readonly lane: string;
  readonly params: object;
  readonly priority: number;
  readonly idempotency?: { readonly key: string; readonly hash: string } | undefined;
}

/** A job that runs, with what only the queue needs to know. */
export interface RunningJob {
  readonly job: Job;
  readonly stalls: number;
  readonly owner: ProcessIdentity | null;
  /** null until the process is known; it has then not begun. */
  readonly worker: ProcessIdentity | null;
  readonly logOffset: number;
  readonly cancelRequested: boolean;
}

/** What a change of state brings with it; what is left out stays as it was. */
export interface Transition {
  readonly state: JobState;
  readonly result?: unknown;
  readonly error?: Job['error'];
  readonly stalls?: number;
}

export interface JobPage {
  readonly jobs: readonly Job[];
  /** Before which place the next page begins; null at the end. */
  readonly next: number | null;
}

/** A new name for a job. */
export function newJobId(): string {
  return `job_${randomBytes(9).toString('hex')}`;
}

export class JobStore {
  readonly #database: Database;

  constructor(path: string) {
    this.#database = openJobDatabase(path);
  }

  close(): void {
    this.#database.close();
  }

  add({ id, kind, lane, params, priority, idempotency }: NewJob): Job {
    return this.#change(() => {
      this.#database
        .prepare(
          `INSERT INTO job (id, kind, lane, params, priority, state, created_at, idempotency_key, request_hash)
           VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?)`,
        )
        .run(
          id,
          kind,
          lane,
          JSON.stringify(params),
          priority,
          now(),
          idempotency?.key ?? null,
          idempotency?.hash ?? null,
        );
      this.#tell(id, [{ type: 'state', data: { state: 'queued' } }]);
      return this.get(id) as Job;
    });
  }

  get(id: string): Job | undefined {
    const row = this.#row(id);
    return row && toJob(row);
  }

  /** The job that was made under this key, and the hash of what was asked. */
  byIdempotencyKey(key: string): { readonly job: Job; readonly hash: string } | undefined {
    const row = this.#database
      .prepare<[string], Row>('SELECT * FROM job WHERE idempotency_key = ?')
      .get(key);
    return row && { job: toJob(row), hash: row.request_hash ?? '' };
  }

  /** Newest first. @param before what an earlier page gave as `next` */
  list(
    filter: { readonly state?: JobState | undefined; readonly kind?: string | undefined },
    limit: number,
    before = Number.MAX_SAFE_INTEGER,
  ): JobPage {
    const rows = this.#database
      .prepare<unknown[], Row>(
        `SELECT * FROM job WHERE number < ?
         AND state = coalesce(?, state) AND kind = coalesce(?, kind)
         ORDER BY number DESC LIMIT ?`,
      )
      .all(before, filter.state ?? null, filter.kind ?? null, limit + 1);
    const { rows: shown, next } = pieceOfRows(rows, limit);
    return { jobs: shown.map(toJob), next };
  }

  count(state: JobState): number {
    return this.#database
      .prepare<[string], number>('SELECT count(*) FROM job WHERE state = ?')
      .pluck()
      .get(state) as number;
  }

  /** Takes the next queued job of a lane, if none of the lane runs. */
  claim(lane: string, owner: ProcessIdentity): Job | undefined {
    return this.#change(() => {
      const id = this.#database
        .prepare<[string, string], string>(
          `SELECT id FROM job WHERE state = 'queued' AND lane = ?
           AND NOT EXISTS (SELECT 1 FROM job WHERE state = 'running' AND lane = ?)
           ORDER BY priority DESC, number LIMIT 1`,
        )
        .pluck()
        .get(lane, lane);
      if (id === undefined) return undefined;
      this.#database
        .prepare(
          `UPDATE job SET state = 'running', owner = ?, worker = NULL, attempts = attempts + 1, log_offset = 0,
           started_at = coalesce(started_at, ?) WHERE id = ?`,
        )
        .run(JSON.stringify(owner), now(), id);
      const job = this.get(id) as Job;
      this.#tell(id, [{ type: 'state', data: { state: 'running', attempt: job.attempts } }]);
      return job;
    });
  }

  running(): readonly RunningJob[] {
    return this.#database
      .prepare<[], Row>("SELECT * FROM job WHERE state = 'running' ORDER BY number")
      .all()
      .map((row) => ({
        job: toJob(row),
        stalls: row.stalls,
        owner: row.owner === null ? null : JSON.parse(row.owner),
        worker: row.worker === null ? null : JSON.parse(row.worker),
        logOffset: row.log_offset,
        cancelRequested: row.cancel_requested === 1,
      }));
  }

  setOwner(id: string, owner: ProcessIdentity, worker?: ProcessIdentity): void {
    this.#database
      .prepare('UPDATE job SET owner = ?, worker = coalesce(?, worker) WHERE id = ?')
      .run(JSON.stringify(owner), worker === undefined ? null : JSON.stringify(worker), id);
  }

  requestCancel(id: string): void {
    this.#database.prepare('UPDATE job SET cancel_requested = 1 WHERE id = ?').run(id);
  }

  /** Puts what a worker said into the job's events; both or neither is kept. */
  ingest(
    id: string,
    events: readonly NewEvent[],
    logOffset: number,
    progress?: NonNullable<Job['progress']>,
  ): void {
    this.#change(() => {
      this.#tell(id, events);
      this.#database.prepare('UPDATE job SET log_offset = ? WHERE id = ?').run(logOffset, id);
      if (progress === undefined) return;
      const { text, fraction } = progress;
      const [en, zh] = typeof text === 'string' ? [text, null] : [text.en, text.zh];
      this.#database
        .prepare(
          `UPDATE job SET progress_text = ?, progress_chinese = ?, progress_fraction = ?
           WHERE id = ?`,
        )
        .run(en, zh, fraction, id);
    });
  }

  /** @returns false when the job was not in one of the states `from` any more */
  move(id: string, from: readonly JobState[], to: Transition): boolean {
    return this.#change(() => {
      const row = this.#row(id);
      if (row === undefined || !from.includes(row.state)) return false;
      const ended = ENDED.has(to.state);
      const error = to.error ?? null;
      this.#database
        .prepare(
          `UPDATE job SET state = ?, result = ?, error_code = ?, error_message = ?,
           error_chinese = ?, stalls = ?, finished_at = ?, worker = NULL, owner = NULL, cancel_requested = 0 WHERE id = ?`,
        )
        .run(
          to.state,
          to.result === undefined ? null : JSON.stringify(to.result),
          error?.code ?? null,
          error?.message ?? null,
          error?.chinese ?? null,
          to.stalls ?? 0,
          ended ? now() : null,
          id,
        );
      this.#tell(id, [{ type: 'state', data: { state: to.state, ...(error && { error }) } }]);
      return true;
    });
  }

  /** @returns false when the job has not ended */
  remove(id: string): boolean {
    return this.#change(() => {
      const row = this.#row(id);
      if (row === undefined || !ENDED.has(row.state)) return false;
      this.#database.prepare('DELETE FROM job WHERE id = ?').run(id);
      return true;
    });
  }

  /** Events after a number, oldest first. */
  events(id: string, after: number, limit: number): readonly JobEvent[] {
    return this.#database
      .prepare<unknown[], Omit<JobEvent, 'data'> & { readonly data: string }>(
        `SELECT seq, at, type, event.data FROM event JOIN job ON job.number = event.job
         WHERE job.id = ? AND seq > ? ORDER BY seq LIMIT ?`,
      )
      .all(id, after, limit)
      .map((row) => ({ ...row, data: JSON.parse(row.data) }));
  }

  #tell(id: string, events: readonly NewEvent[]): void {
    const insert = this.#database.prepare(
      `INSERT INTO event (job, seq, at, type, data)
       SELECT number, coalesce((SELECT max(seq) FROM event WHERE job = number), 0) + 1, ?, ?, ?
       FROM job WHERE id = ?`,
    );
    const at = now();
    for (const { type, data } of events) insert.run(at, type, JSON.stringify(data), id);
  }

  #row(id: string): Row | undefined {
    return this.#database.prepare<[string], Row>('SELECT * FROM job WHERE id = ?').get(id);
  }

  /** The lock is taken at the beginning: nobody else's change comes between reading and writing. */
  #change<T>(work: () => T): T {
    return this.#database.transaction(work).immediate();
  }
}

function now(): string {
  return new Date().toISOString();
}
