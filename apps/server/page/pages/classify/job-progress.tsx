/** How far a labelling of all rows is, with a way to stop it. */
import { useEffect, useState } from 'preact/hooks';
import { sendJson } from '../../parts/api.ts';
import { useText } from '../../parts/language.ts';
import { Meter } from '../../parts/meter.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { text } from './text.ts';
import type { Job } from './types.ts';
import { isOver } from './use-job.ts';

/** Without any progress for so long, it is said why. */
const STILL_MS = 60_000;

export interface JobProgressProps {
  readonly job: Job;
  /** Rows to label; null when nobody knows. */
  readonly rows: number | null;
}

export function JobProgress({ job, rows }: JobProgressProps) {
  const words = useText(text);
  const said = job.progress?.text ?? '';
  const still = useStill(`${job.id} ${job.state} ${said} ${job.progress?.fraction}`);
  const done = /^(\d+) rows/.exec(said)?.[1];
  const share =
    job.progress?.fraction ?? (done !== undefined && rows !== null ? Number(done) / rows : null);
  if (job.state === 'failed' || job.state === 'interrupted') {
    return <ProblemNotice problem={`${words.failed}${job.error?.message ?? job.state}`} />;
  }
  if (job.state === 'cancelled') return <p role="status">{words.stopped}</p>;
  if (isOver(job)) return null;
  return (
    <div class="working">
      <span role="status">{job.state === 'queued' ? words.waiting : words.working}</span>
      <Meter label={words.working} share={share} figure />
      <span class="fine">{said}</span>
      <span class="fine" role="status">
        {job.state === 'running' && still && words.yields}
      </span>
      <button
        class="quiet"
        type="button"
        onClick={() => void sendJson('POST', `/api/jobs/${job.id}/cancel`, {}).catch(() => {})}
      >
        {words.stop}
      </button>
    </div>
  );
}

/** Whether something has stayed the same for a while. */
function useStill(what: string): boolean {
  const [still, setStill] = useState(false);
  useEffect(() => {
    setStill(false);
    const timer = setTimeout(() => setStill(true), STILL_MS);
    return () => clearTimeout(timer);
  }, [what]);
  return still;
}
