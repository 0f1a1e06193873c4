import type { Answer } from '@quaestor/finsql';
import type { Problem } from '../http-error.ts';

/** An answer and the name under which it is kept. */
export type AskedAnswer = Answer & { readonly id: string };

/** How an answer ended. */
export type Outcome = { readonly answer: AskedAnswer } | { readonly problem: Problem };

/**
 * What happens on the way to an answer; `queued` and `start`, of a stage that begins, have no id, since
 * they are soon outdated.
 */
export interface AskEvent {
  readonly id: string | null;
  readonly event: 'queued' | 'start' | 'stage' | 'answer' | 'error';
  readonly data: unknown;
}

/** Id of the event that ends a stream. */
export const LAST_EVENT = 'end';

/** The events of an answer that was given, numbered as they were when it was on its way. */
export function eventsOf(outcome: Outcome): readonly AskEvent[] {
  const stages = 'answer' in outcome ? outcome.answer.trace : [];
  return [
    ...stages.map((stage, i): AskEvent => ({ id: String(i + 1), event: 'stage', data: stage })),
    lastEvent(outcome),
  ];
}

function lastEvent(outcome: Outcome): AskEvent {
  return 'answer' in outcome
    ? { id: LAST_EVENT, event: 'answer', data: outcome.answer }
    : { id: LAST_EVENT, event: 'error', data: outcome.problem };
}

/** How long an answer that was followed goes on after its last follower has left. */
const ALONE_MS = 10_000;

/** A question that is being answered: its events so far, and a way to follow and to cancel it. */
export class RunningAnswer {
  readonly id: string;
  /** Settles with the outcome; never fails. */
  readonly outcome: Promise<Outcome>;
  #settle: (outcome: Outcome) => void = () => {};
  readonly #events: AskEvent[] = [];
  readonly #controller = new AbortController();
  readonly #listeners = new Set<() => void>();
  #followers = 0;
  #leaving: NodeJS.Timeout | undefined;

  constructor(id: string) {
    this.id = id;
    this.outcome = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get ended(): boolean {
    return this.#events.at(-1)?.id === LAST_EVENT;
  }

  cancel(reason: Error): void {
    this.#controller.abort(reason);
  }

  /** Tells the followers how it ended, which is the last they hear. */
  end(outcome: Outcome): void {
    this.tell(lastEvent(outcome));
    this.#settle(outcome);
  }

  tell(event: AskEvent): void {
    this.#events.push(event);
    for (const listener of this.#listeners) listener();
  }

  /** Events after the one of that id, as they come, until the last; ends early with the signal. */
  async *follow(after: string | null, signal: AbortSignal): AsyncGenerator<AskEvent> {
    let next = after === null ? 0 : this.#events.findLastIndex(({ id }) => id === after) + 1;
    this.#followers++;
    clearTimeout(this.#leaving);
    try {
      while (!signal.aborted) {
        const event = this.#events[next++];
        if (event !== undefined) yield event;
        else if (this.ended) return;
        else {
          next--;
          await this.#change(signal);
        }
      }
    } finally {
      this.#followers--;
      if (this.#followers === 0 && !this.ended) this.#endAlone();
    }
  }

  #endAlone(): void {
    this.#leaving = setTimeout(() => {
      if (this.#followers === 0) this.cancel(new DOMException('Nobody follows.', 'AbortError'));
    }, ALONE_MS);
    this.#leaving.unref();
  }

  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#listeners.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#listeners.add(done);
      signal.addEventListener('abort', done, { once: true });
    });
  }
}
