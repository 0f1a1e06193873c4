import { setTimeout as sleep } from 'node:timers/promises';
import { ENDED, type JobEvent } from './job.ts';
import type { JobStore } from './job-store.ts';

/** Milliseconds between two looks; the job may be another server's, so nothing could tell. */
const INTERVAL = 200;
const PIECE = 500;

/** Events after a number, as they come, until the job is over or the signal fires. */
export async function* followJob(
  store: JobStore,
  id: string,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<JobEvent> {
  for (let last = after; !signal.aborted; ) {
    // First whether it is over, then its events: the last one is not missed.
    const job = store.get(id);
    const events = store.events(id, last, PIECE);
    yield* events;
    last = events.at(-1)?.seq ?? last;
    if (events.length === PIECE) continue;
    if (job === undefined || ENDED.has(job.state)) return;
    await sleep(INTERVAL);
  }
}
