/** Jobs of all kinds, newest first, kept up to date. */

import { useState } from 'preact/hooks';
import { getJson } from '../../parts/api.ts';
import { isolated, marked } from '../../parts/direction.ts';
import { ago, duration } from '../../parts/format.ts';
import type { Job } from '../../parts/job.ts';
import { useText } from '../../parts/language.ts';
import { Link } from '../../parts/link.tsx';
import { Meter } from '../../parts/meter.tsx';
import { Empty, ProblemNotice } from '../../parts/notice.tsx';
import { Panel } from '../../parts/panels.tsx';
import { usePolled } from '../../parts/use-polled.ts';
import { JobStateTag } from './job-state-tag.tsx';
import { text } from './text.ts';

const EVERY_MS = 2000;
const PIECE = 15;
const MOST = 100;

export interface JobListProps {
  /** Only jobs of this kind; empty: all. */
  readonly kind: string;
  readonly onKind: (kind: string) => void;
}

interface Jobs {
  readonly data: readonly Job[];
  readonly has_more: boolean;
}

export function JobList({ kind, onKind }: JobListProps) {
  const words = useText(text);
  const [limit, setLimit] = useState(PIECE);
  const query = new URLSearchParams({ limit: String(limit), ...(kind !== '' && { kind }) });
  const { data, problem, reload } = usePolled(
    (signal) => getJson<Jobs>(`/api/jobs?${query}`, { signal }),
    [kind, limit],
    EVERY_MS,
  );
  return (
    <Panel
      title={words.jobs}
      aside={
        <div class="select small">
          <select
            aria-label={words.kind}
            value={kind}
            onChange={({ currentTarget }) => onKind(currentTarget.value)}
          >
            <option value="">{words.allKinds}</option>
            {Object.entries(words.kinds).map(([name, label]) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </select>
        </div>
      }
    >
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={reload} />}
      {data?.data.length === 0 && <Empty title={words.noJobs} />}
      <ul class="job-list">
        {data?.data.map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </ul>
      {data?.has_more === true && limit < MOST && (
        <button class="quiet" type="button" onClick={() => setLimit(MOST)}>
          {words.more}
        </button>
      )}
    </Panel>
  );
}

function JobRow({ job }: { readonly job: Job }) {
  const words = useText(text);
  const { id, state, progress, error, created_at, started_at, finished_at } = job;
  const took =
    started_at !== null && finished_at !== null
      ? words.took(duration(Date.parse(finished_at) - Date.parse(started_at)))
      : null;
  return (
    <li>
      <Link href={`/train/${id}`} class="job-name">
        {titleOf(job, words.kinds)}
      </Link>
      <JobStateTag state={state} />
      <span class="fine job-about">
        {state === 'running' && progress !== null ? (
          <>
            {progress.text}{' '}
            <Meter label={titleOf(job, words.kinds)} share={progress.fraction} figure />
          </>
        ) : (
          [words.created(ago(created_at)), took, error && marked(error.message)]
            .filter((part) => part !== null && part !== undefined)
            .join(' · ')
        )}
      </span>
    </li>
  );
}

/** Its kind, and what it is about. */
export function titleOf({ kind, params }: Job, kinds: Readonly<Record<string, string>>): string {
  const subject = params.name ?? params.adapter ?? params.database ?? params.target;
  return [kinds[kind] ?? kind, typeof subject === 'string' ? isolated(subject) : null]
    .filter((part) => part !== null)
    .join(' · ');
}
