/** How far a labelling of all rows is, with a way to stop it. */
import { sendJson } from '../../parts/api.ts';
import { useText } from '../../parts/language.ts';
import { Meter } from '../../parts/meter.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { text } from './text.ts';
import type { Job } from './types.ts';
import { isOver } from './use-job.ts';

export interface JobProgressProps {
  readonly job: Job;
  /** Rows to label; null when nobody knows. */
  readonly rows: number | null;
}

export function JobProgress({ job, rows }: JobProgressProps) {
  const words = useText(text);
  const said = job.progress?.text ?? '';
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
