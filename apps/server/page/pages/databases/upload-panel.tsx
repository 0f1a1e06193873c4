/** A file → a database: chosen or dropped, sent, read by a job, then ready or refused with the reason. */

import { useRef, useState } from 'preact/hooks';
import { upload } from '../../parts/api.ts';
import { DataText } from '../../parts/data-text.tsx';
import { isolated, marked } from '../../parts/direction.ts';
import { bytes } from '../../parts/format.ts';
import { isOver, type Job, useJob } from '../../parts/job.ts';
import { useText } from '../../parts/language.ts';
import { Link } from '../../parts/link.tsx';
import { Meter } from '../../parts/meter.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { Field, Panel } from '../../parts/panels.tsx';
import { isAbort, toProblem } from '../../parts/problem.ts';
import { addressOf, askAddress } from './database-types.ts';
import { text } from './text.ts';

type Stage =
  | { readonly name: 'idle' }
  | { readonly name: 'sending'; readonly share: number; readonly stop: () => void }
  | { readonly name: 'reading'; readonly job: string }
  | { readonly name: 'added'; readonly database: string; readonly warnings: readonly string[] }
  | { readonly name: 'failed'; readonly problem: unknown };

/** Seconds after which the page follows the job instead of waiting for the answer. */
const PATIENCE = 1;

export function UploadPanel({ onAdded }: { readonly onAdded: () => void }) {
  const words = useText(text);
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const [replace, setReplace] = useState(false);
  const [stage, setStage] = useState<Stage>({ name: 'idle' });

  const choose = (chosen: File | undefined) => {
    if (chosen === undefined) return;
    setFile(chosen);
    setName(nameFor(chosen.name));
    setReplace(false);
    setStage({ name: 'idle' });
  };
  const finish = (job: Job) => {
    if (job.state !== 'succeeded') {
      setStage({ name: 'failed', problem: new Error(job.error?.message ?? job.state) });
      return;
    }
    const { warnings = [] } = job.result as { readonly warnings?: readonly string[] };
    setStage({ name: 'added', database: String(job.params.database), warnings });
    setFile(null);
    onAdded();
  };
  const send = async (event: Event) => {
    event.preventDefault();
    if (file === null) return;
    const controller = new AbortController();
    const stop = () => controller.abort();
    setStage({ name: 'sending', share: 0, stop });
    const query = new URLSearchParams({
      name: name.trim(),
      wait: String(PATIENCE),
      ...(replace && { replace: 'true' }),
    });
    try {
      const job = await upload<Job>(`/api/databases?${query}`, file, {
        signal: controller.signal,
        headers: { 'Content-Type': 'application/octet-stream' },
        onProgress: (share) => setStage({ name: 'sending', share, stop }),
      });
      if (isOver(job)) finish(job);
      else setStage({ name: 'reading', job: job.id });
    } catch (problem) {
      setStage(isAbort(problem) ? { name: 'idle' } : { name: 'failed', problem });
    }
  };
  const taken = stage.name === 'failed' && toProblem(stage.problem).code === 'conflict';
  return (
    <Panel title={words.add} aside={words.addLede}>
      <form class="upload" onSubmit={send}>
        <DropZone file={file} onChoose={choose} />
        {file !== null && (
          <div class="upload-name">
            <Field label={words.name} help={words.nameHelp}>
              {(ids) => (
                <input
                  {...ids}
                  class="field"
                  value={name}
                  required
                  maxLength={64}
                  onInput={({ currentTarget }) => setName(currentTarget.value)}
                />
              )}
            </Field>
            <button
              class="primary"
              type="submit"
              disabled={stage.name === 'sending' || stage.name === 'reading'}
            >
              {words.upload}
            </button>
          </div>
        )}
        {(taken || replace) && file !== null && (
          <label class="choice">
            <input
              type="checkbox"
              checked={replace}
              onChange={({ currentTarget }) => setReplace(currentTarget.checked)}
            />
            {words.replace}
          </label>
        )}
      </form>
      <div class="upload-stage" aria-live="polite">
        {stage.name === 'sending' && (
          <p class="upload-progress">
            <span>{words.uploading(isolated(file?.name ?? ''))}</span>
            <Meter label={words.uploading(isolated(file?.name ?? ''))} share={stage.share} figure />
            <button class="quiet" type="button" onClick={stage.stop}>
              {words.cancel}
            </button>
          </p>
        )}
        {stage.name === 'reading' && <Reading id={stage.job} onOver={finish} />}
        {stage.name === 'failed' && <ProblemNotice problem={stage.problem} />}
        {stage.name === 'added' && <Added {...stage} />}
      </div>
    </Panel>
  );
}

function DropZone({
  file,
  onChoose,
}: {
  readonly file: File | null;
  readonly onChoose: (file: File | undefined) => void;
}) {
  const words = useText(text);
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onChoose(event.dataTransfer?.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button does the same as dropping
    <div
      class="drop-zone"
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {file === null ? (
        <span>{words.drop}</span>
      ) : (
        <span class="drop-file">
          <DataText>{file.name}</DataText> <span class="fine">{bytes(file.size)}</span>
        </span>
      )}
      <button class="secondary" type="button" onClick={() => input.current?.click()}>
        {words.choose}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={words.choose}
        onChange={({ currentTarget }) => {
          onChoose(currentTarget.files?.[0]);
          // The same file can be chosen again after it was changed.
          currentTarget.value = '';
        }}
      />
    </div>
  );
}

function Reading({ id, onOver }: { readonly id: string; readonly onOver: (job: Job) => void }) {
  const words = useText(text);
  const { job, problem } = useJob(id);
  const told = useRef(false);
  if (job !== undefined && isOver(job) && !told.current) {
    told.current = true;
    queueMicrotask(() => onOver(job));
  }
  if (problem !== undefined) return <ProblemNotice problem={problem} />;
  return (
    <p class="upload-progress">
      <span>{job?.progress?.text ?? words.reading}</span>
      <Meter label={words.reading} share={job?.progress?.fraction ?? null} figure />
    </p>
  );
}

function Added({
  database,
  warnings,
}: {
  readonly database: string;
  readonly warnings: readonly string[];
}) {
  const words = useText(text);
  return (
    <Notice kind="success">
      <p>{words.added(isolated(database))}</p>
      {warnings.length > 0 && (
        <details>
          <summary>
            {words.warnings} ({warnings.length})
          </summary>
          <ul class="warnings">
            {warnings.map((warning) => (
              <li key={warning}>{marked(warning)}</li>
            ))}
          </ul>
        </details>
      )}
      <p class="actions">
        <Link href={addressOf(database)}>{words.show}</Link>
        <Link href={askAddress(database)}>{words.askThis}</Link>
      </p>
    </Notice>
  );
}

/** A name for the database of a file: its own without ending, of signs that names may have. */
function nameFor(file: string): string {
  const stem = file.replace(/\.[^.]*$/, '').replaceAll(/[^\p{L}\p{N} _.-]/gu, '_');
  return (
    stem
      .replace(/^[^\p{L}\p{N}_]+/u, '')
      .slice(0, 64)
      .replace(/[. ]+$/, '') || 'database'
  );
}
