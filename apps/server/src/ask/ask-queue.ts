import { ServerError } from '../errors.ts';

/** What a place in the queue is for. */
export interface QueuedWork {
  readonly what: 'question' | 'text' | 'classification' | 'adapter';
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
  /** Called with the number of jobs ahead, at once when there are any and whenever it changes. */
  readonly onWait?: (ahead: number) => void;
  /** Default: a question of nobody in particular. */
  readonly work?: QueuedWork;
}

const UNNAMED: QueuedWork = { what: 'question', client: null };

/** One job at a time, in order of arrival: the model has one set of weights and one thread pool. */
export class AskQueue {
  readonly #maxWaiting: number;
  readonly #waiting: Waiter[] = [];
  #running: QueueEntry | null = null;

  /** @param maxWaiting jobs that may wait beside the one that runs */
  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  get running(): number {
    return this.#running === null ? 0 : 1;
  }

  /** The one that runs, then those that wait, in their order. */
  get entries(): readonly QueueEntry[] {
    const waiting = this.#waiting.map(({ entry }) => entry);
    return this.#running === null ? waiting : [this.#running, ...waiting];
  }

  /**
   * Runs `job` when its turn comes.
   * @throws ServerError 'too-busy' when the queue is full; the signal's reason when it fires first
   */
  async run<T>(job: () => Promise<T>, options: QueueOptions = {}): Promise<T> {
    await this.#turn(options);
    try {
      options.signal?.throwIfAborted();
      return await job();
    } finally {
      this.#running = null;
      this.#waiting.shift()?.start();
      this.#tellPositions();
    }
  }

  /** @throws ServerError 'too-busy' when another job would have to be refused */
  expectRoom(): void {
    if (this.#running === null || this.#waiting.length < this.#maxWaiting) return;
    throw new ServerError(
      'too-busy',
      `Other questions are being answered and ${this.#waiting.length} are waiting. Try again in a moment.`,
      { retryAfter: 5 },
    );
  }

  async #turn({ signal, onWait, work = UNNAMED }: QueueOptions): Promise<void> {
    signal?.throwIfAborted();
    if (this.#running === null) {
      this.#running = entryOf(work, 'running');
      return;
    }
    this.expectRoom();
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        this.#tellPositions();
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        entry: entryOf(work, 'waiting'),
        start: () => {
          signal?.removeEventListener('abort', leave);
          this.#running = entryOf(work, 'running');
          resolve();
        },
        moved: (ahead) => onWait?.(ahead),
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiter);
      waiter.moved(this.#waiting.length);
    });
  }

  #tellPositions(): void {
    for (const [index, waiter] of this.#waiting.entries()) waiter.moved(index + 1);
  }
}

function entryOf({ what, client }: QueuedWork, state: QueueEntry['state']): QueueEntry {
  return { what, client, state, since: new Date().toISOString() };
}
