/** One job, followed while it goes on: state, curves, log, result, and what can be done with it. */
import { useState } from 'preact/hooks';
import { deleteIt, sendJson } from '../../parts/api.ts';
import { ago, dateTime, duration, number } from '../../parts/format.ts';
import { isOver, type Job, type JobEvent, useJob } from '../../parts/job.ts';
import { useText } from '../../parts/language.ts';
import { Link } from '../../parts/link.tsx';
import { Meter } from '../../parts/meter.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { Facts, PageHead, Panel } from '../../parts/panels.tsx';
import { navigate } from '../../parts/router.ts';
import { ScrollArea } from '../../parts/scroll-area.tsx';
import { jobFacts } from './job-facts.ts';
import { titleOf } from './job-list.tsx';
import { JobStateTag } from './job-state-tag.tsx';
import { KeptStep } from './kept-step.tsx';
import { SearchCurves } from './search-curves.tsx';
import { text } from './text.ts';
import { TrainingCurves } from './training-curves.tsx';

export function JobView({ id }: { readonly id: string }) {
  const words = useText(text);
  const [turn, setTurn] = useState(0);
  const { job, events, problem } = useJob(id, turn);
  return (
    <>
      <p class="crumb">
        <Link href="/train">← {words.back}</Link>
      </p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {job !== undefined && (
        <>
          <PageHead
            title={titleOf(job, words.kinds)}
            lede={
              <>
                <JobStateTag state={job.state} />{' '}
                <span title={dateTime(job.created_at)}>{words.created(ago(job.created_at))}</span>
                {job.started_at !== null && job.finished_at !== null && (
                  <>
                    {' '}
                    ·{' '}
                    {words.took(duration(Date.parse(job.finished_at) - Date.parse(job.started_at)))}
                  </>
                )}
              </>
            }
          >
            <JobActions job={job} onResumed={() => setTurn(turn + 1)} />
          </PageHead>
          <div class="job-progress" aria-live="polite">
            {!isOver(job) && job.progress !== null && (
              <p>
                {job.progress.text}{' '}
                <Meter label={job.progress.text} share={job.progress.fraction} figure />
              </p>
            )}
          </div>
          {isOver(job) && job.state !== 'succeeded' && <KeptStep events={events} />}
          {job.error !== null && <ProblemNotice problem={job.error.message} />}
          {job.kind === 'train' && <TrainingCurves events={events} over={isOver(job)} />}
          {job.kind === 'search' && <SearchCurves job={job} events={events} />}
          {job.result !== null && <ResultPanel job={job} />}
          <Panel title={words.asked}>
            <Facts facts={jobFacts(job.params)} />
            {job.attempts > 1 && <Facts facts={[[words.attempts, number(job.attempts)]]} />}
          </Panel>
          <LogPanel events={events} />
        </>
      )}
    </>
  );
}

function JobActions({ job, onResumed }: { readonly job: Job; readonly onResumed: () => void }) {
  const words = useText(text);
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const act = (work: () => Promise<unknown>) => async () => {
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(error);
    }
  };
  const path = `/api/jobs/${job.id}`;
  const cancel = act(async () => {
    await sendJson('POST', `${path}/cancel`, {});
    setAsked(true);
  });
  const resume = act(async () => {
    await sendJson('POST', `${path}/resume`, {});
    setAsked(false);
    onResumed();
  });
  const forget = act(async () => {
    await deleteIt(path);
    navigate('/train');
  });
  const over = isOver(job);
  return (
    <>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {!over && (
        <button class="danger" type="button" disabled={asked} onClick={cancel}>
          {asked ? words.cancelling : words.cancel}
        </button>
      )}
      {over && job.state !== 'succeeded' && (
        <button class="primary" type="button" onClick={resume}>
          {words.resume}
        </button>
      )}
      {over && (
        <button class="quiet" type="button" onClick={forget}>
          {words.forget}
        </button>
      )}
    </>
  );
}

function ResultPanel({ job }: { readonly job: Job }) {
  const words = useText(text);
  const result = job.result as Readonly<Record<string, unknown>>;
  return (
    <Panel
      title={words.result}
      aside={'adapter' in result && <Link href="/models">{words.toModels}</Link>}
    >
      <Facts facts={jobFacts(result)} />
    </Panel>
  );
}

function LogPanel({ events }: { readonly events: readonly JobEvent[] }) {
  const words = useText(text);
  const lines = events.filter(({ type }) => ['log', 'state', 'checkpoint'].includes(type));
  return (
    <Panel title={words.log}>
      {lines.length === 0 && <p class="fine">{words.noLog}</p>}
      <ScrollArea label={words.logLines} class="log">
        <ol>
          {lines.map(({ seq, at, type, data }) => (
            <li key={seq} class="log-line">
              <time dateTime={at}>{at.slice(11, 19)}</time>
              <span>{lineOf(type, data, words)}</span>
            </li>
          ))}
        </ol>
      </ScrollArea>
    </Panel>
  );
}

function lineOf(
  type: JobEvent['type'],
  data: JobEvent['data'],
  words: (typeof text)['en'],
): string {
  if (type === 'log') return String(data.text);
  if (type === 'checkpoint') return words.checkpoint(number(Number(data.step)));
  const state = words.states[data.state as keyof typeof words.states];
  const attempt = Number(data.attempt ?? 1);
  return attempt > 1 ? `${state} (${words.attempt(number(attempt))})` : state;
}
