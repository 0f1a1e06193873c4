/** The process that learns from labels, as the rest of the server sees it: one call after the other. */

import type { ChildProcess } from 'node:child_process';
import { forkProgram } from '@quaestor/finsql';
import { ServerError } from '../errors.ts';
import { receivedError } from '../model-process/protocol.ts';
import type { FromLearning, LearningCall, LearningCalls, ToLearning } from './learning-protocol.ts';

/** Longest time of one call; wide tables take long. */
const MOST_MS = 120_000;
/** A process that nobody asks anything for so long ends, with the memory that it holds. */
const IDLE_MS = 600_000;

export class LearningProcess {
  #child: ChildProcess | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;
  #calls = 0;
  #closed = false;

  /**
   * One call at a time. A call whose signal fires before its turn is left out.
   * @throws what the work throws there; ServerError 'timeout', or 'model-failed' when the process dies
   */
  call<Name extends LearningCall>(
    name: Name,
    input: LearningCalls[Name]['in'],
    signal?: AbortSignal,
  ): Promise<LearningCalls[Name]['out']> {
    const turn = this.#last.then(() => {
      signal?.throwIfAborted();
      return this.#ask(name, input);
    });
    this.#last = turn.catch(() => {});
    return turn;
  }

  close(): void {
    this.#closed = true;
    this.#end();
  }

  #ask<Name extends LearningCall>(
    name: Name,
    input: LearningCalls[Name]['in'],
  ): Promise<LearningCalls[Name]['out']> {
    if (this.#closed) return Promise.reject(new DOMException('The server ends.', 'AbortError'));
    clearTimeout(this.#idle);
    this.#child ??= this.#start();
    const child = this.#child;
    const id = ++this.#calls;
    return new Promise<LearningCalls[Name]['out']>((done, fail) => {
      const late = setTimeout(() => {
        over();
        this.#end();
        fail(new ServerError('timeout', 'Learning from these labels takes too long here.'));
      }, MOST_MS);
      const onMessage = (message: FromLearning) => {
        if (message.id !== id) return;
        over();
        if ('error' in message) fail(receivedError(message.error));
        else done(message.output as LearningCalls[Name]['out']);
      };
      const onEnd = () => {
        over();
        fail(
          this.#closed
            ? new DOMException('The server ends.', 'AbortError')
            : new ServerError('model-failed', 'The process that learns ended; try again.'),
        );
      };
      const over = () => {
        clearTimeout(late);
        child.off('message', onMessage).off('exit', onEnd).off('error', onEnd);
        this.#idle = setTimeout(() => this.#end(), IDLE_MS);
        this.#idle.unref();
      };
      child.on('message', onMessage).once('exit', onEnd).once('error', onEnd);
      const message: ToLearning = { id, name, input };
      child.send(message);
    });
  }

  #start(): ChildProcess {
    const child = forkProgram('learning-program', import.meta.url);
    child.once('exit', () => {
      if (this.#child === child) this.#child = undefined;
    });
    return child;
  }

  #end(): void {
    clearTimeout(this.#idle);
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }
}
