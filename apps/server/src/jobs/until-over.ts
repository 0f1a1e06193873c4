import { setTimeout as sleep } from 'node:timers/promises';
import { ENDED, type Job } from './job.ts';
import type { JobQueue } from './job-queue.ts';

const INTERVAL = 50;

/** The job when it is over, or as it is after so many milliseconds or when the signal fires. */
export async function untilOver(
  queue: JobQueue,
  id: string,
  milliseconds: number,
  signal: AbortSignal,
): Promise<Job> {
  const end = performance.now() + milliseconds;
  for (;;) {
    const job = queue.get(id);
    if (ENDED.has(job.state) || signal.aborted || performance.now() >= end) return job;
    await sleep(INTERVAL);
  }
}
