/** One database: its tables, what stands in them, and how they are related. */

import { useState } from 'preact/hooks';
import { deleteIt, getJson, sendJson } from '../../parts/api.ts';
import { DataText } from '../../parts/data-text.tsx';
import { isolated } from '../../parts/direction.ts';
import { bytes } from '../../parts/format.ts';
import { isOver, type Job, useJob } from '../../parts/job.ts';
import { useText } from '../../parts/language.ts';
import { Link } from '../../parts/link.tsx';
import { Meter } from '../../parts/meter.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { PageHead } from '../../parts/panels.tsx';
import { toProblem } from '../../parts/problem.ts';
import { RemoveButton } from '../../parts/remove-button.tsx';
import { navigate, query } from '../../parts/router.ts';
import { Tabs } from '../../parts/tabs.tsx';
import { useLoaded } from '../../parts/use-loaded.ts';
import {
  addressOf,
  apiPath,
  askAddress,
  type DatabaseDetail,
  type DatabaseProfile,
  type DatabaseSummary,
} from './database-types.ts';
import { GoneDescriptions } from './gone-descriptions.tsx';
import { Relations } from './relations.tsx';
import { TableBrowser } from './table-browser.tsx';
import { text } from './text.ts';

/** Of a database that brings hundreds, as many as can be looked through. */
const MOST_QUESTIONS = 60;

const VIEWS = ['tables', 'relations', 'questions'] as const;

export function OneDatabase({ name }: { readonly name: string }) {
  const words = useText(text);
  const { data, problem, reload } = useLoaded(
    async (signal) => {
      const [detail, { data: all }] = await Promise.all([
        getJson<DatabaseDetail>(apiPath(name), { signal }),
        getJson<{ readonly data: readonly DatabaseSummary[] }>('/api/databases', { signal }),
      ]);
      return { detail, summary: all.find((one) => one.name === name) };
    },
    [name],
  );
  const profiled = data?.detail.profiled;
  const profile = useLoaded(
    async (signal) =>
      profiled === true
        ? await getJson<DatabaseProfile>(`${apiPath(name)}/profile`, { signal })
        : undefined,
    [name, profiled],
  );
  const chosen = new URLSearchParams(query.value);
  const view = VIEWS.find((known) => known === chosen.get('view')) ?? 'tables';
  const show = (change: Readonly<Record<string, string>>) => {
    const next = new URLSearchParams({ ...Object.fromEntries(chosen), ...change });
    navigate(`${addressOf(name)}?${next}`, { replace: true });
  };
  if (problem !== undefined) {
    return (
      <>
        <PageHead title={name} />
        <ProblemNotice problem={problem} onRetry={reload}>
          <Link href="/databases">{words.back}</Link>
        </ProblemNotice>
      </>
    );
  }
  const { detail, summary } = data ?? {};
  // A key that may read parts of databases may say nothing of them.
  const describing = profiled === null ? null : { database: name, onDescribed: reload };
  return (
    <>
      <p class="crumb">
        <Link href="/databases">← {words.back}</Link>
      </p>
      <PageHead
        title={name}
        lede={
          summary === undefined || summary.tables === null || summary.rows === null
            ? undefined
            : words.counts(summary.tables, summary.rows, bytes(summary.bytes))
        }
      >
        {summary?.uploaded === true && (
          <RemoveButton
            name={name}
            label={words.remove}
            title={words.removeTitle(isolated(name))}
            text={words.removeText}
            onRemove={async () => {
              await deleteIt(apiPath(name));
              navigate('/databases');
            }}
          />
        )}
        <Link class="primary" href={askAddress(name)}>
          {words.askThis}
        </Link>
      </PageHead>
      {profiled === false && <ProfileOffer name={name} onMade={reload} />}
      {detail !== undefined && describing !== null && (
        <GoneDescriptions descriptions={detail.descriptions} describing={describing} />
      )}
      {detail !== undefined && (
        <Tabs
          label={words.viewLabel}
          tabs={VIEWS.map((one) => ({ name: one, label: words.views[one] }))}
          current={view}
          onChoose={(next) => show({ view: next })}
        >
          {view === 'questions' ? (
            <Questions database={name} questions={detail.examples} />
          ) : view === 'tables' ? (
            <TableBrowser
              database={detail}
              profile={profile.data}
              chosen={chosen.get('table')}
              describing={describing}
              onChoose={(table) => show({ view: 'tables', table })}
            />
          ) : (
            <Relations
              tables={detail.tables}
              onChoose={(table) => show({ view: 'tables', table })}
            />
          )}
        </Tabs>
      )}
    </>
  );
}

function Questions({
  database,
  questions,
}: {
  readonly database: string;
  readonly questions: readonly string[];
}) {
  const words = useText(text);
  return (
    <>
      <p class="fine">{words.questions}</p>
      <ul class="questions">
        {questions.slice(0, MOST_QUESTIONS).map((question) => (
          <li key={question}>
            <Link href={askAddress(database, question)}>
              <DataText>{question}</DataText>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function ProfileOffer({ name, onMade }: { readonly name: string; readonly onMade: () => void }) {
  const words = useText(text);
  const [id, setId] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>();
  const { job } = useJob(id);
  if (job !== undefined && isOver(job) && id !== null) {
    queueMicrotask(() => {
      setId(null);
      if (job.error === null) onMade();
      else setProblem(new Error(job.error.message));
    });
  }
  const make = async () => {
    setProblem(undefined);
    try {
      setId((await sendJson<Job>('POST', `${apiPath(name)}/profile`, {})).id);
    } catch (error) {
      setProblem(toProblem(error));
    }
  };
  return (
    <div class="profile-offer">
      <Notice>
        {words.noProfile}{' '}
        {id === null ? (
          <button class="quiet" type="button" onClick={make}>
            {words.makeProfile}
          </button>
        ) : (
          <Meter label={words.profiling} share={job?.progress?.fraction ?? null} figure />
        )}
      </Notice>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={make} />}
    </div>
  );
}
