/** Places that clients share: who wants many of them at once waits for himself, not others for him. */
import { ServerError } from '../errors.ts';

export interface TurnLimits {
  /** Jobs that run at the same time. */
  readonly places: number;
  /** Jobs of one client among them. */
  readonly placesOfOne: number;
  /** Jobs of one client that may wait beside those. */
  readonly waitingOfOne: number;
}

/** Each client's jobs begin in order of arrival; where several clients wait, they take turns. */
export class ClientTurns {
  readonly #limits: TurnLimits;
  readonly #running = new Map<string, number>();
  /** What each client waits with; whose turn comes next stands first. */
  readonly #waiting = new Map<string, (() => void)[]>();
  #taken = 0;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
  }

  /**
   * Runs `job` when the client's turn comes.
   * @param signal gives up the turn; a job that already runs has to watch it itself
   * @throws ServerError 'too-busy' when the client has too much waiting; the signal's reason
   */
  async run<T>(client: string, signal: AbortSignal | undefined, job: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    await this.#turn(client, signal);
    try {
      return await job();
    } finally {
      this.#leave(client);
    }
  }

  #turn(client: string, signal: AbortSignal | undefined): Promise<void> | void {
    const line = this.#waiting.get(client) ?? [];
    // Whoever waits while a place is free has all of his own: this client overtakes nobody.
    if (line.length === 0 && this.#hasPlace(client)) return this.#enter(client);
    if (line.length >= this.#limits.waitingOfOne) throw tooMany(line.length);
    return new Promise((resolve, reject) => {
      const start = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        const own = this.#waiting.get(client) ?? [];
        this.#wait(
          client,
          own.filter((one) => one !== start),
        );
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      this.#wait(client, [...line, start]);
    });
  }

  /** Sets what a client waits with; his place among the others stays. */
  #wait(client: string, line: (() => void)[]): void {
    if (line.length === 0) this.#waiting.delete(client);
    else this.#waiting.set(client, line);
  }

  #hasPlace(client: string): boolean {
    const own = this.#running.get(client) ?? 0;
    return this.#taken < this.#limits.places && own < this.#limits.placesOfOne;
  }

  #enter(client: string): void {
    this.#taken++;
    this.#running.set(client, (this.#running.get(client) ?? 0) + 1);
  }

  #leave(client: string): void {
    this.#taken--;
    const left = (this.#running.get(client) ?? 0) - 1;
    if (left > 0) this.#running.set(client, left);
    else this.#running.delete(client);
    this.#startNext();
  }

  #startNext(): void {
    for (const [client, [start, ...rest]] of [...this.#waiting]) {
      if (start === undefined || !this.#hasPlace(client)) continue;
      this.#waiting.delete(client);
      this.#wait(client, rest);
      this.#enter(client);
      start();
    }
  }
}

function tooMany(waiting: number): ServerError {
  return new ServerError(
    'too-busy',
    {
      en: `${waiting} statements of yours are waiting already. Try again in a moment.`,
      zh: `您已有 ${waiting} 条语句在等待。请稍后再试。`,
    },
    { retryAfter: 5 },
  );
}
