/** The end of a labelling: learn from every label, label every row, take the file and the model. */
import { useEffect, useState } from 'preact/hooks';
import { getJson, sendJson } from '../../parts/api.ts';
import { number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { ImportanceBars } from './importance-list.tsx';
import { JobOutcome } from './job-outcome.tsx';
import { JobProgress } from './job-progress.tsx';
import type { Session } from './session.ts';
import { text } from './text.ts';
import type { Job } from './types.ts';
import { isOver, useJob } from './use-job.ts';

export function Finish({ session }: { readonly session: Session }) {
  const words = useText(text);
  const table = session.table.value;
  const [id, setId] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const { job, problem: lost } = useJob(id);

  // The last run of this table, if the server still has it.
  useEffect(() => {
    const controller = new AbortController();
    getJson<{ data: readonly Job[] }>('/api/jobs?kind=classify&limit=50', {
      signal: controller.signal,
    }).then(
      ({ data }) => {
        const last = data.find(({ params }) => params.labelling === table.id);
        if (last !== undefined) setId((now) => now ?? last.id);
      },
      () => {},
    );
    return () => controller.abort();
  }, [table.id]);

  const run = async () => {
    setProblem(null);
    try {
      const body = { labelling: table.id, target: table.settings?.target, explain: true };
      const made = await sendJson<Job>('POST', '/api/classifications', body);
      setId(made.id);
    } catch (error) {
      const followed = await session.follow(error).catch(() => false);
      if (!followed) setProblem(error);
    }
  };
  const learned = job?.result?.revision;
  const isRunning = job !== null && !isOver(job);
  const noLabels = table.labelled === 0;
  return (
    <div class="panel">
      <p>{words.finishLead(number(table.rows))}</p>
      {noLabels && table.settings?.kind === 'classes' && <Notice>{words.zeroShot}</Notice>}
      {learned !== undefined && learned !== table.revision && <Notice>{words.stale}</Notice>}
      <div class="actions">
        <button
          class="primary"
          type="button"
          disabled={isRunning || !(session.canLearn() || noLabels)}
          onClick={() => void run()}
        >
          {job === null || isRunning ? words.run : words.runAgain}
        </button>
      </div>
      {!session.canLearn() && !noLabels && <p class="fine">{words.needTwo}</p>}
      {problem !== null && <ProblemNotice problem={problem} />}
      {lost !== null && <ProblemNotice problem={lost} />}
      {job !== null && <JobProgress job={job} rows={table.truncated ? null : table.rows} />}
      {job?.state === 'succeeded' && (
        <>
          <JobOutcome key={job.id} job={job} name={table.name.replace(/\.[^.]*$/, '')} />
          {(job.result?.importance?.length ?? 0) > 0 && (
            <section>
              <h2 class="small">{words.tabs.columns}</h2>
              <ImportanceBars list={job.result?.importance ?? []} />
            </section>
          )}
        </>
      )}
    </div>
  );
}
