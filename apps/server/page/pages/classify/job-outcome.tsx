/** What came of a labelling of all rows: figures, first rows, files, and the model to keep. */

import { useRef, useState } from 'preact/hooks';
import { getBlob, getJson, sendJson } from '../../parts/api.ts';
import { marked } from '../../parts/direction.ts';
import { download } from '../../parts/download.ts';
import { fixed, number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { useLoaded } from '../../parts/use-loaded.ts';
import { ReportTable } from './report-table.tsx';
import { ScrollBox } from './scroll-box.tsx';
import { text } from './text.ts';
import type { Classifier, Job } from './types.ts';
import { Warnings } from './warnings.tsx';

export interface JobOutcomeProps {
  readonly job: Job;
  /** Name of the table, without its ending. */
  readonly name: string;
}

const FIRST = 10;

export function JobOutcome({ job, name }: JobOutcomeProps) {
  const words = useText(text);
  const [problem, setProblem] = useState<unknown>(null);
  const result = job.state === 'succeeded' ? job.result : null;
  const base = `/api/classifications/${job.id}`;
  const rows = useLoaded(
    async (signal) =>
      getJson<{
        columns: readonly string[];
        data: readonly (readonly string[])[];
      }>(`${base}/rows?limit=${FIRST}`, { signal }),
    [job.id],
  );
  if (result === null) return null;
  const take = async (kind: 'table' | 'predictions', file: string) => {
    setProblem(null);
    try {
      const headers = { Accept: 'text/csv' };
      const blob = await getBlob(`${base}/result?with=${kind}`, { headers });
      // Predictions alone come without the byte order mark that spreadsheets know UTF-8 by.
      download(file, kind === 'predictions' ? new Blob(['\uFEFF', blob]) : blob, blob.type);
    } catch (error) {
      setProblem(error);
    }
  };
  const warnings = result.warnings ?? [];
  return (
    <>
      <Notice kind="success">{words.finished(number(result.rows ?? 0))}</Notice>
      <div class="actions">
        <button
          class="primary"
          type="button"
          onClick={() => void take('table', `${name}-labelled.csv`)}
        >
          {words.downloadTable}
        </button>
        <button
          class="secondary"
          type="button"
          onClick={() => void take('predictions', `${name}-predictions.csv`)}
        >
          {words.downloadOnly}
        </button>
      </div>
      {problem !== null && <ProblemNotice problem={problem} />}
      {result.saved && job.params.labelling !== undefined && <KeepModel job={job} name={name} />}
      <Warnings title={words.warnings} texts={warnings} />
      {rows.data !== undefined && (
        <section>
          <h2 class="small">{words.firstRows}</h2>
          <ScrollBox label={words.firstRows}>
            <table>
              <thead>
                <tr>
                  {rows.data.columns.map((column) => (
                    <th key={column}>{marked(column)}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.data.data.map((cells) => (
                  <tr key={cells[0]}>
                    {cells.map((cell, i) => (
                      <td key={rows.data?.columns[i]}>{marked(short(cell))}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
        </section>
      )}
      {result.report !== null && (
        <section>
          <h2 class="small">{words.testedTitle}</h2>
          <ReportTable report={result.report} classes={result.classes ?? []} />
        </section>
      )}
      {result.held !== null && (
        <section>
          <h2 class="small">{words.heldTitle}</h2>
          <ReportTable report={result.held} classes={result.classes ?? []} />
        </section>
      )}
    </>
  );
}

function KeepModel({ job, name }: JobOutcomeProps) {
  const words = useText(text);
  const input = useRef<HTMLInputElement>(null);
  const replace = useRef<HTMLInputElement>(null);
  const [kept, setKept] = useState<Classifier | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const keep = async (event: Event) => {
    event.preventDefault();
    setProblem(null);
    try {
      setKept(
        await sendJson<Classifier>('POST', `/api/classifications/${job.id}/save`, {
          name: input.current?.value.trim() ?? '',
          replace: replace.current?.checked ?? false,
        }),
      );
    } catch (error) {
      setProblem(error);
    }
  };
  if (kept !== null) {
    return (
      <Notice kind="success">
        {words.savedAs(kept.name)}
        <code>quaestor classify FILE.csv --model {kept.name}</code>
      </Notice>
    );
  }
  return (
    <form class="keep" onSubmit={keep}>
      <label>
        <span class="eyebrow">{words.modelName}</span>
        <input class="field" ref={input} required maxLength={80} defaultValue={modelName(name)} />
      </label>
      <label class="check">
        <input type="checkbox" ref={replace} /> {words.replace}
      </label>
      <button class="secondary" type="submit">
        {words.saveModel}
      </button>
      {problem !== null && <ProblemNotice problem={problem} />}
    </form>
  );
}

/** A name that the server takes, of the table's. */
function modelName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-._]+/, '') || 'model';
}

/** Long decimals are for programs; the file has them in full. */
function short(cell: string): string {
  return /^-?\d+\.\d{4,}$/.test(cell) ? fixed(Number(cell), 3) : cell;
}
