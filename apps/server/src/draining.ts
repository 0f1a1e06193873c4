import type { RequestHandler } from 'express';
import { ServerError } from './errors.ts';

/** Counts requests that are being answered, so that a server can end without cutting one off. */
export class Draining {
  #open = 0;
  #stopping = false;
  #empty: (() => void) | undefined;

  /** Lets requests in until `stop`; afterwards fails with ServerError 'stopping'. */
  handler(): RequestHandler {
    return (_request, response, next) => {
      if (this.#stopping) {
        response.set('Connection', 'close');
        throw new ServerError('stopping', 'The server is about to end.', { retryAfter: 5 });
      }
      this.#open++;
      response.on('close', () => {
        this.#open--;
        if (this.#open === 0) this.#empty?.();
      });
      next();
    };
  }

  /** Lets nobody in any more, and waits for those inside, but no longer than that. */
  async stop(seconds: number): Promise<void> {
    this.#stopping = true;
    if (this.#open === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.#empty = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
