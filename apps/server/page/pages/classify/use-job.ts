/** A job from its start to its end, followed by its events. */
import { useEffect, useState } from 'preact/hooks';
import { followEvents, getJson } from '../../parts/api.ts';
import { isAbort } from '../../parts/problem.ts';
import type { Job } from './types.ts';

export interface WatchedJob {
  readonly job: Job | null;
  readonly problem: unknown;
}

/** @param id null: there is none */
export function useJob(id: string | null): WatchedJob {
  const [job, setJob] = useState<Job | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    setJob(null);
    setProblem(null);
    if (id === null) return;
    const controller = new AbortController();
    const { signal } = controller;
    const look = async () => {
      const now = await getJson<Job>(`/api/jobs/${id}`, { signal });
      if (!signal.aborted) setJob(now);
    };
    const follow = async () => {
      await look();
      await followEvents(
        `/api/jobs/${id}/events`,
        ({ event, data }) => {
          if (event === 'progress') {
            const progress = (data as { readonly data: Job['progress'] }).data;
            setJob((before) => before && { ...before, progress });
          } else if (event === 'state') void look().catch(() => {});
        },
        signal,
      );
      await look();
    };
    follow().catch((error: unknown) => {
      if (!isAbort(error)) setProblem(error);
    });
    return () => controller.abort();
  }, [id]);
  return { job, problem };
}

export const isOver = ({ state }: Job) => state !== 'queued' && state !== 'running';
