/** Where a classification begins: a file, a table that comes along, or what was begun before. */

import { useState } from 'preact/hooks';
import { deleteIt, getJson, sendJson, upload } from '../../parts/api.ts';
import { DataText } from '../../parts/data-text.tsx';
import { isolated } from '../../parts/direction.ts';
import { ago, bytes, number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Link } from '../../parts/link.tsx';
import { Meter } from '../../parts/meter.tsx';
import { Empty, ProblemNotice } from '../../parts/notice.tsx';
import { tellRemoved } from '../../parts/removed.ts';
import { navigate } from '../../parts/router.ts';
import { useLoaded } from '../../parts/use-loaded.ts';
import { AskFirst } from './ask-first.tsx';
import { DropZone } from './drop-zone.tsx';
import { SavedModels } from './saved-models.tsx';
import { text } from './text.ts';
import type { LabelledTable, Sample, TableSummary, Upload } from './types.ts';

export function Start() {
  const words = useText(text);
  const [sent, setSent] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const samples = useLoaded(
    (signal) => getJson<{ data: readonly Sample[] }>('/api/sample-tables', { signal }),
    [],
  );

  const begin = async (source: object) => {
    const made = await sendJson<LabelledTable>('POST', '/api/labellings', source);
    navigate(`/classify?table=${made.id}`);
  };
  const attempt = (work: () => Promise<void>) => {
    setProblem(null);
    work().catch((error: unknown) => {
      setProblem(error);
      setSent(null);
    });
  };
  const take = (file: File) =>
    attempt(async () => {
      setSent(0);
      const path = `/api/uploads?name=${encodeURIComponent(file.name.slice(0, 200))}`;
      const { id } = await upload<Upload>(path, file, { onProgress: setSent });
      setSent(1);
      try {
        await begin({ upload: id });
      } finally {
        // The table has been copied, or is of no use.
        await deleteIt(`/api/uploads/${id}`).catch(() => {});
      }
    });

  return (
    <>
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      {problem !== null && <ProblemNotice problem={problem} />}
      <DropZone onFile={take} busy={sent !== null}>
        {sent !== null && (
          <span role="status">
            {sent < 1 ? words.sending : words.reading}{' '}
            <Meter label={words.sending} share={sent < 1 ? sent : null} figure />
          </span>
        )}
      </DropZone>
      {(samples.data?.data.length ?? 0) > 0 && (
        <section class="samples" aria-labelledby="samples-title">
          <h2 id="samples-title">{words.samples}</h2>
          <ul>
            {samples.data?.data.map(({ name, title, about, bytes: size }) => (
              <li key={name}>
                <button
                  class="sample"
                  type="button"
                  title={about}
                  disabled={sent !== null}
                  onClick={() =>
                    attempt(async () => {
                      setSent(1);
                      await begin({ sample: name });
                    })
                  }
                >
                  <strong>{words.sampleWords[name]?.[0] ?? title}</strong>
                  <span class="fine">{words.sampleWords[name]?.[1] ?? firstSentence(about)}</span>
                  <span class="fine">{bytes(size)}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div class="two">
        <Tables />
        <SavedModels />
      </div>
    </>
  );
}

function Tables() {
  const words = useText(text);
  const [removing, setRemoving] = useState<TableSummary | null>(null);
  const { data, problem, reload } = useLoaded(
    (signal) => getJson<{ data: readonly TableSummary[] }>('/api/labellings', { signal }),
    [],
  );
  return (
    <section class="card" aria-labelledby="tables-title">
      <h2 id="tables-title">{words.tables}</h2>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={reload} />}
      {data?.data.length === 0 && <Empty title={words.noTables}>{words.noTablesHint}</Empty>}
      <ul class="entries">
        {data?.data.map((table) => (
          <li key={table.id}>
            <div class="entry">
              <Link href={`/classify?table=${table.id}`}>
                <DataText>{table.name}</DataText>
              </Link>
              <span class="fine">
                {[
                  words.rows(number(table.rows)),
                  table.target === null
                    ? words.notChosen
                    : `${words.predicts} ${isolated(table.target)}`,
                  ...(table.given > 0 ? [words.given(number(table.given))] : []),
                  ago(table.created_at),
                ].join(' · ')}
              </span>
            </div>
            <button
              class="icon"
              type="button"
              aria-label={words.removeTable(isolated(table.name))}
              onClick={() => setRemoving(table)}
            >
              ✕
            </button>
          </li>
        ))}
      </ul>
      {removing !== null && (
        <AskFirst
          title={removing.name}
          question={words.sureRemove}
          onNo={() => setRemoving(null)}
          onYes={async () => {
            await deleteIt(`/api/labellings/${removing.id}`);
            setRemoving(null);
            tellRemoved(removing.name);
            reload();
          }}
        />
      )}
    </section>
  );
}

function firstSentence(about: string): string {
  const plain = about.replaceAll('`', '');
  const end = plain.search(/[.:(]\s|\(/);
  return end < 0 ? plain : plain.slice(0, end).trim();
}
