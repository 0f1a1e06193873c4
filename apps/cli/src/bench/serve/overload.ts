/** More questions than may wait: how long a refusal takes while the model is at work. */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { timesOf } from './quantiles.ts';
import { type Asked, type Reply, ServerUnderTest } from './server-under-test.ts';

/** Questions that are answered at the same time, and that may wait, as by default. */
const RUNNING = 8;
const WAITING = 8;

/** Milliseconds that a refusal may take. */
const LIMIT = 50;

export interface OverloadOptions {
  readonly questions: readonly Asked[];
  /** Refusals that are timed one after the other, and as many in bursts. */
  readonly refusals: number;
  readonly signal: AbortSignal;
  readonly report: (text: string, fraction?: number) => void;
}

export async function overload({ questions, refusals, signal, report }: OverloadOptions) {
  const server = new ServerUnderTest({
    QUAESTOR_MAX_RUNNING: String(RUNNING),
    QUAESTOR_MAX_WAITING: String(WAITING),
  });
  const stop = new AbortController();
  setMaxListeners(RUNNING + WAITING + 4, stop.signal);
  try {
    report('starting the server');
    await server.start(false);
    const loading: Reply[] = [];
    // Until the model is there, every question is refused.
    for (;;) {
      signal.throwIfAborted();
      const { status, body } = await server.get('/readyz');
      if (status === 200) break;
      if (body.code === 'model-failed') throw new Error(`No model: ${server.said}`);
      const reply = await server.ask(questions[0] as Asked);
      if (reply.status === 503) loading.push(reply);
      await sleep(20);
    }
    // The queue stays full: a question that is answered is asked again.
    const busy = Array.from({ length: RUNNING + WAITING + 4 }, async (_, number) => {
      while (!stop.signal.aborted) {
        const reply = await server.ask(questions[number % questions.length] as Asked, stop.signal);
        if (reply.status === 429) await sleep(50);
      }
    });
    const alone: Reply[] = [];
    const burst: Reply[] = [];
    const other: number[] = [];
    const keep = (kept: Reply[], reply: Reply) => {
      if (reply.status === 429) kept.push(reply);
      else other.push(reply.status);
    };
    while (alone.length < refusals) {
      signal.throwIfAborted();
      keep(alone, await server.ask(questions[0] as Asked));
      report(`${alone.length} refusals`, alone.length / refusals / 2);
    }
    while (burst.length < refusals) {
      signal.throwIfAborted();
      const replies = await Promise.all(
        Array.from({ length: 32 }, () => server.ask(questions[0] as Asked)),
      );
      for (const reply of replies) keep(burst, reply);
      report(`${burst.length} refusals in bursts`, 0.5 + burst.length / refusals / 2);
    }
    stop.abort();
    await Promise.all(busy);
    const shown = (replies: readonly Reply[]) => ({
      ...timesOf(replies.map(({ milliseconds }) => milliseconds)),
      within50ms: replies.filter(({ milliseconds }) => milliseconds <= LIMIT).length,
    });
    const figures = { alone: shown(alone), burstOf32: shown(burst), loading503: shown(loading) };
    return {
      running: RUNNING,
      waiting: WAITING,
      ...figures,
      otherStatuses: other,
      crashes: server.crashes,
      passed: server.crashes === 0 && figures.alone.p95 <= LIMIT,
    };
  } finally {
    stop.abort();
    await server.remove();
  }
}
