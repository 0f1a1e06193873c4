import { ServerError } from '../errors.ts';

/** What a place in the queue is for. */
export interface QueuedWork {
  readonly what: 'question' | 'text' | 'classification' | 'adapter' | 'warm-up';
  /** Whose it is, as far as that is known. */
  readonly client: string | null;
}

/** A place in the queue, as operators see it. */
export interface QueueEntry extends QueuedWork {
  readonly state: 'running' | 'waiting';
  /** ISO 8601: when it began to run, or to wait. */
  readonly since: string;
}

interface Waiter {
  readonly entry: QueueEntry;
  readonly start: () => void;
  readonly moved: (ahead: number) => void;
}

export interface QueueOptions {
  /** Gives up the place in the queue; a job that already runs has to watch the signal itself. */
  readonly signal?: AbortSignal;
  /** Called with the number of jobs that run or wait ahead, at once and whenever it changes. */
  readonly onWait?: (ahead: number) => void;
  /** Default: a question of nobody in particular. */
  readonly work?: QueuedWork;
}

const UNNAMED: QueuedWork = { what: 'question', client: null };

/** Work beside which nothing else may run: the model is another one afterwards. */
const ALONE: ReadonlySet<QueuedWork['what']> = new Set(['adapter']);

export interface QueueLimits {
  /** Jobs that may run at the same time: the model writes for them side by side. */
  readonly maxRunning: number;
  /** Jobs that may wait beside those. */
  readonly maxWaiting: number;
}

/** Some jobs at a time, begun in order of arrival. */
export class AskQueue {
  readonly #limits: QueueLimits;
  readonly #waiting: Waiter[] = [];
  readonly #running = new Set<QueueEntry>();

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  get running(): number {
    return this.#running.size;
  }

  /** Those that run, then those that wait, in their order. */
  get entries(): readonly QueueEntry[] {
    return [...this.#running, ...this.#waiting.map(({ entry }) => entry)];
  }

  /**
   * Runs `job` when its turn comes.
   * @throws ServerError 'too-busy' when the queue is full; the signal's reason when it fires first
   */
  async run<T>(job: () => Promise<T>, options: QueueOptions = {}): Promise<T> {
    const entry = await this.#turn(options);
    try {
      options.signal?.throwIfAborted();
      return await job();
    } finally {
      this.#running.delete(entry);
      this.#startNext();
    }
  }

  /** @throws ServerError 'too-busy' when such a job would have to be refused */
  expectRoom(work: QueuedWork = UNNAMED): void {
    if (this.#waiting.length < this.#limits.maxWaiting || this.#mayStart(work)) return;
    throw new ServerError(
      'too-busy',
      `Other questions are being answered and ${this.#waiting.length} are waiting. Try again in a moment.`,
      { retryAfter: 5 },
    );
  }

  async #turn({ signal, onWait, work = UNNAMED }: QueueOptions): Promise<QueueEntry> {
    signal?.throwIfAborted();
    if (this.#mayStart(work)) return this.#start(work);
    this.expectRoom(work);
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(signal?.reason);
        this.#startNext();
      };
      const waiter: Waiter = {
        entry: entryOf(work, 'waiting'),
        start: () => {
          signal?.removeEventListener('abort', leave);
          resolve(this.#start(work));
        },
        moved: (ahead) => onWait?.(ahead),
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiter);
      waiter.moved(this.#running.size + this.#waiting.length - 1);
    });
  }

  /** Whether such a job could begin now: nobody overtakes those who wait. */
  #mayStart(work: QueuedWork): boolean {
    return this.#waiting.length === 0 && this.#hasPlace(work);
  }

  #hasPlace({ what }: QueuedWork): boolean {
    if (this.#running.size === 0) return true;
    if (this.#running.size >= this.#limits.maxRunning) return false;
    return !ALONE.has(what) && ![...this.#running].some((entry) => ALONE.has(entry.what));
  }

  #start(work: QueuedWork): QueueEntry {
    const entry = entryOf(work, 'running');
    this.#running.add(entry);
    return entry;
  }

  /** Begins what has a place now, and tells the others how many are still ahead of them. */
  #startNext(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (!this.#hasPlace(next.entry)) break;
      this.#waiting.shift();
      next.start();
    }
    const running = this.#running.size;
    for (const [index, waiter] of this.#waiting.entries()) waiter.moved(running + index);
  }
}

function entryOf({ what, client }: QueuedWork, state: QueueEntry['state']): QueueEntry {
  return { what, client, state, since: new Date().toISOString() };
}
