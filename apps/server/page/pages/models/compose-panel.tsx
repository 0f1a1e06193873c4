/** One adapter of several, weighed by a few examples: LoRAHub, watched while it searches. */
import { useEffect, useState } from 'preact/hooks';
import { getJson, sendJson } from '../../parts/api.ts';
import { AdapterNameField, ChoiceField, NumberField } from '../../parts/fields.tsx';
import { fixed } from '../../parts/format.ts';
import { isOver, type Job, useJob } from '../../parts/job.ts';
import { useText } from '../../parts/language.ts';
import { Empty, Notice, ProblemNotice } from '../../parts/notice.tsx';
import { Panel } from '../../parts/panels.tsx';
import { useLoaded } from '../../parts/use-loaded.ts';
import { SearchCurves } from '../train/search-curves.tsx';
import type { TrainingData } from '../train/train-types.ts';
import type { Adapter } from './model-types.ts';
import { text } from './text.ts';

export interface ComposePanelProps {
  readonly adapters: readonly Adapter[];
  readonly onFound: () => void;
}

export function ComposePanel({ adapters, onFound }: ComposePanelProps) {
  const words = useText(text);
  const [id, setId] = useState<string | null>(null);
  const usable = adapters.filter(({ type, problem }) => type === 'LORA' && problem === null);
  useEffect(() => {
    // One that is under way is watched again after the page was left.
    const controller = new AbortController();
    getJson<{ readonly data: readonly Job[] }>('/api/jobs?kind=search&limit=1', {
      signal: controller.signal,
    }).then(
      ({ data: [job] }) => {
        if (job !== undefined && !isOver(job)) setId(job.id);
      },
      () => {},
    );
    return () => controller.abort();
  }, []);
  return (
    <Panel title={words.compose}>
      <p class="compose-lede">{words.composeLede}</p>
      {id !== null ? (
        <Search id={id} onFound={onFound} onAnother={() => setId(null)} />
      ) : usable.length === 0 ? (
        <Empty title={words.noLora} />
      ) : (
        <ComposeForm adapters={usable} onStarted={({ id: started }) => setId(started)} />
      )}
    </Panel>
  );
}

function ComposeForm({
  adapters,
  onStarted,
}: {
  readonly adapters: readonly Adapter[];
  readonly onStarted: (job: Job) => void;
}) {
  const words = useText(text);
  const { data } = useLoaded(
    (signal) => getJson<TrainingData>('/api/training-data', { signal }),
    [],
  );
  const [names, setNames] = useState<readonly string[]>([]);
  const [name, setName] = useState('');
  const [database, setDatabase] = useState('');
  const [shots, setShots] = useState('5');
  const [budget, setBudget] = useState('40');
  const [problem, setProblem] = useState<unknown>();
  const start = async (event: Event) => {
    event.preventDefault();
    setProblem(undefined);
    const body = {
      name: name.trim(),
      adapters: names,
      shots: Number(shots),
      budget: Number(budget),
      ...(database !== '' && { databases: [database] }),
    };
    try {
      onStarted(await sendJson<Job>('POST', '/api/compositions/search', body));
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <form class="compose-form" onSubmit={start}>
      <fieldset>
        <legend class="form-legend">{words.which}</legend>
        <div class="choices">
          {adapters.map((adapter) => (
            <label key={adapter.name}>
              <input
                type="checkbox"
                checked={names.includes(adapter.name)}
                onChange={({ currentTarget }) =>
                  setNames(
                    currentTarget.checked
                      ? [...names, adapter.name]
                      : names.filter((one) => one !== adapter.name),
                  )
                }
              />
              {adapter.name}
            </label>
          ))}
        </div>
      </fieldset>
      <div class="form-grid">
        <AdapterNameField label={words.newName} value={name} onChange={setName} />
        <ChoiceField label={words.examplesFrom} value={database} onChange={setDatabase}>
          <option value="">{words.all}</option>
          {data?.databases.map((one) => (
            <option key={one.name} value={one.name}>
              {one.name} · {words.questions(one.questions)}
            </option>
          ))}
        </ChoiceField>
        <NumberField
          {...{ label: words.shots, value: shots, onChange: setShots }}
          {...{ min: 1, max: 50, required: true }}
        />
        <NumberField
          {...{ label: words.budget, value: budget, onChange: setBudget }}
          {...{ min: 2, max: 500, required: true }}
        />
      </div>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div class="actions">
        <button class="primary" type="submit" disabled={names.length === 0}>
          {words.search}
        </button>
      </div>
    </form>
  );
}

interface Found {
  readonly adapter: string;
  readonly loss?: number;
  readonly base_loss?: number;
}

function Search({
  id,
  onFound,
  onAnother,
}: {
  readonly id: string;
  readonly onFound: () => void;
  readonly onAnother: () => void;
}) {
  const words = useText(text);
  const { job, events, problem } = useJob(id);
  const state = job?.state;
  useEffect(() => {
    if (state === 'succeeded') onFound();
  }, [state]);
  if (job === undefined) return problem === undefined ? null : <ProblemNotice problem={problem} />;
  const found = state === 'succeeded' ? (job.result as Found) : null;
  return (
    <div class="search" aria-live="polite">
      {job.progress !== null && !isOver(job) && events.every(({ type }) => type !== 'step') && (
        <p class="fine">{job.progress.text}</p>
      )}
      <SearchCurves job={job} events={events} />
      {found !== null && (
        <Notice kind="success">
          {words.found(
            found.adapter,
            fixed(found.base_loss ?? Number.NaN, 3),
            fixed(found.loss ?? Number.NaN, 3),
          )}
        </Notice>
      )}
      {job.error !== null && <ProblemNotice problem={job.error.message} />}
      <div class="actions">
        {isOver(job) ? (
          <button class="secondary" type="button" onClick={onAnother}>
            {words.another}
          </button>
        ) : (
          <button
            class="danger"
            type="button"
            onClick={() => sendJson('POST', `/api/jobs/${id}/cancel`, {}).catch(() => {})}
          >
            {words.cancel}
          </button>
        )}
      </div>
    </div>
  );
}
