/** Jobs of the server: what one is, and following one while it goes on. */
import { useEffect, useState } from 'preact/hooks';
import { followEvents, getJson } from './api.ts';
import { isAbort } from './problem.ts';

export type JobState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'interrupted';

export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly params: Readonly<Record<string, unknown>>;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly attempts: number;
  readonly progress: { readonly text: string; readonly fraction: number | null } | null;
  readonly result: unknown;
  readonly error: { readonly code: string; readonly message: string } | null;
}

export interface JobEvent {
  readonly seq: number;
  readonly at: string;
  readonly type: 'state' | 'progress' | 'step' | 'checkpoint' | 'log';
  readonly data: Readonly<Record<string, unknown>>;
}

export interface FollowedJob {
  /** undefined until it is there. */
  readonly job: Job | undefined;
  readonly events: readonly JobEvent[];
  readonly problem: unknown;
}

const OVER: ReadonlySet<JobState> = new Set(['succeeded', 'failed', 'cancelled', 'interrupted']);

export const isOver = ({ state }: Pick<Job, 'state'>) => OVER.has(state);

/** Milliseconds for which events are gathered, so that hundreds at once are drawn once. */
const GATHER = 100;

/**
 * A job and all its events, from the first on, as they come.
 *
 * @param id null follows nothing
 * @param turn follows anew when it changes, e.g. after the job was resumed
 */
export function useJob(id: string | null, turn = 0): FollowedJob {
  const [job, setJob] = useState<Job>();
  const [events, setEvents] = useState<readonly JobEvent[]>([]);
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    setJob(undefined);
    setEvents([]);
    setProblem(undefined);
    if (id === null) return;
    const controller = new AbortController();
    const path = `/api/jobs/${encodeURIComponent(id)}`;
    const look = async () => {
      const now = await getJson<Job>(path, { signal: controller.signal });
      if (!controller.signal.aborted) setJob(now);
    };
    let gathered: JobEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      timer = undefined;
      const more = gathered;
      gathered = [];
      setEvents((before) => [...before, ...more]);
      const progress = more.findLast(({ type }) => type === 'progress')?.data as Job['progress'];
      if (more.some(({ type }) => type === 'state')) void look().catch(() => {});
      else if (progress) setJob((before) => before && { ...before, progress });
    };
    const follow = async () => {
      await look();
      await followEvents(
        `${path}/events`,
        ({ data }) => {
          gathered.push(data as JobEvent);
          timer ??= setTimeout(show, GATHER);
        },
        controller.signal,
      );
      clearTimeout(timer);
      show();
      await look();
    };
    follow().catch((error: unknown) => {
      if (!controller.signal.aborted && !isAbort(error)) setProblem(error);
    });
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [id, turn]);
  return { job, events, problem };
}
