/** What a training needs to know: data, method with its settings, where to begin, for how long. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { getJson, sendJson } from '../../parts/api.ts';
import { AdapterNameField } from '../../parts/fields.tsx';
import { number } from '../../parts/format.ts';
import type { Job } from '../../parts/job.ts';
import { language, useText } from '../../parts/language.ts';
import { Link } from '../../parts/link.tsx';
import { Empty, ProblemNotice } from '../../parts/notice.tsx';
import { Field, Panel } from '../../parts/panels.tsx';
import { navigate } from '../../parts/router.ts';
import { useLoaded } from '../../parts/use-loaded.ts';
import { MethodChoice } from './method-choice.tsx';
import { readSettings, settingFields } from './setting-fields.ts';
import { SettingInputs } from './setting-inputs.tsx';
import { text } from './text.ts';
import type { Method, TrainingData } from './train-types.ts';

interface Choices {
  readonly methods: readonly Method[];
  readonly data: TrainingData;
  readonly adapters: readonly {
    readonly name: string;
    readonly type: string;
    readonly active: boolean;
    readonly problem: string | null;
  }[];
}

export function TrainForm() {
  const words = useText(text);
  // The server tells what the settings are for in the reader's language.
  const { data, problem, reload } = useLoaded(loadChoices, [language.value]);
  return (
    <Panel title={words.newTraining}>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={reload} />}
      {data?.data.questions === 0 && (
        <Empty title={words.nothing}>
          <p>{words.nothingText}</p>
          <p>
            <Link href="/examples">{words.toExamples}</Link>
          </p>
        </Empty>
      )}
      {data !== undefined && data.data.questions > 0 && <Form {...data} />}
    </Panel>
  );
}

async function loadChoices(signal: AbortSignal): Promise<Choices> {
  const [methods, data, adapters] = await Promise.all([
    getJson<{ readonly data: Choices['methods'] }>('/api/methods', { signal }),
    getJson<TrainingData>('/api/training-data', { signal }),
    getJson<{ readonly data: Choices['adapters'] }>('/api/adapters', { signal }),
  ]);
  return { methods: methods.data, data, adapters: adapters.data };
}

/** What was typed, by field of the request; empty: the server's own default. */
type Typed = Readonly<Record<string, string>>;

/** Fields of the request that are numbers. */
const NUMBERS = [
  ...['num_train_epochs', 'max_steps', 'batch_size'],
  ...['learning_rate', 'save_steps', 'seed'],
] as const;

const USUAL: Typed = { num_train_epochs: '1', batch_size: '8', save_steps: '20', seed: '1' };

function Form({ methods, data, adapters }: Choices) {
  const words = useText(text);
  const [typed, setTyped] = useState<Typed>(USUAL);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [settings, setSettings] = useState<Typed>({});
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const name = typed.method ?? 'lora';
  const method = methods.find((one) => one.name === name);
  const fields = settingFields(method?.settings ?? {}, method?.defaults ?? {});
  const adaptersOf = (type: string | undefined) =>
    adapters.filter((one) => one.problem === null && one.type === type);
  /**
   * Who adds a few examples wants the model that answers to know more, not one that knows these alone;
   * settings of one's own would hardly fit what that one has.
   */
  const ownSettings = Object.values(settings).some((value) => value !== '');
  const suggested = ownSettings ? undefined : adaptersOf(method?.type).find((one) => one.active);
  const from = typed.from ?? suggested?.name ?? '';
  const chosen = data.databases.filter((one) => !left.has(one.name));
  const set = (field: string) => (event: JSX.TargetedEvent<HTMLInputElement | HTMLSelectElement>) =>
    setTyped({ ...typed, [field]: event.currentTarget.value });

  const start = async (event: Event) => {
    event.preventDefault();
    const read = readSettings(fields, settings);
    if (read.faulty.length > 0) {
      setProblem(new Error(words.faulty(read.faulty.join(', '))));
      return;
    }
    setBusy(true);
    setProblem(undefined);
    const numbers = NUMBERS.filter((field) => (typed[field] ?? '') !== '');
    const body = {
      name: typed.name?.trim() ?? '',
      method: name,
      settings: read.settings,
      ...Object.fromEntries(numbers.map((field) => [field, Number(typed[field])])),
      ...(from !== '' && { from }),
      ...(left.size > 0 && { databases: chosen.map((one) => one.name) }),
    };
    try {
      const job = await sendJson<Job>('POST', '/api/adapters', body);
      navigate(`/train/${job.id}`);
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  const numeric = (field: (typeof NUMBERS)[number], label: string, more: object, help?: string) => (
    <Field label={label} {...(help !== undefined && { help })}>
      {(ids) => (
        <input
          {...ids}
          class="field"
          type="number"
          value={typed[field] ?? ''}
          onInput={set(field)}
          {...more}
        />
      )}
    </Field>
  );
  return (
    <form class="train-form" onSubmit={start}>
      <div class="form-grid">
        <AdapterNameField
          {...{ label: words.name, help: words.nameHelp, value: typed.name ?? '' }}
          onChange={(name) => setTyped({ ...typed, name })}
        />
        <Field label={words.from} help={words.fromHelp}>
          {(ids) => (
            <div class="select">
              <select {...ids} value={from} onChange={set('from')}>
                <option value="">{words.fromNone}</option>
                {adaptersOf(method?.type).map((one) => (
                  <option key={one.name} value={one.name}>
                    {one.name}
                  </option>
                ))}
              </select>
            </div>
          )}
        </Field>
      </div>
      <DataChoice data={data} left={left} onChange={setLeft} />
      <MethodChoice
        methods={methods}
        chosen={name}
        onChoose={(next) => {
          // An adapter of another method is nothing to go on from.
          const { from: _from, ...others } = typed;
          setTyped({ ...others, method: next });
          setSettings({});
        }}
      />
      <div class="form-grid numbers">
        {numeric('num_train_epochs', words.epochs, { min: 0.01, step: 'any' })}
        {numeric('max_steps', words.maxSteps, { min: 1, step: 1 }, words.maxStepsHelp)}
        {numeric('batch_size', words.batch, { min: 1, step: 1 })}
        {numeric(
          'learning_rate',
          words.rate,
          { min: 0, step: 'any' },
          words.rateHelp(number(method?.learning_rate ?? 0, 6)),
        )}
        {numeric('save_steps', words.saveSteps, { min: 1, step: 1 })}
        {numeric('seed', words.seed, { step: 1 })}
      </div>
      <SettingInputs
        fields={fields}
        values={settings}
        onChange={(field, value) => setSettings({ ...settings, [field]: value })}
      />
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div class="actions">
        <button class="primary" type="submit" disabled={busy || chosen.length === 0}>
          {words.start}
        </button>
      </div>
    </form>
  );
}

function DataChoice({
  data,
  left,
  onChange,
}: {
  readonly data: TrainingData;
  readonly left: ReadonlySet<string>;
  readonly onChange: (left: ReadonlySet<string>) => void;
}) {
  const words = useText(text);
  const toggle = (name: string, on: boolean) =>
    onChange(new Set(on ? [...left].filter((one) => one !== name) : [...left, name]));
  return (
    <fieldset>
      <legend class="form-legend">{words.data}</legend>
      <div class="choices">
        {data.databases.map(({ name, questions }) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={!left.has(name)}
              onChange={({ currentTarget }) => toggle(name, currentTarget.checked)}
            />
            {name} <span class="fine">{number(questions)}</span>
          </label>
        ))}
      </div>
      <p class="fine">
        {words.dataSum(data.questions, number(data.questions), number(data.approved))}
        {data.held_out > 0 && ` · ${words.heldOut(number(data.held_out))}`}
      </p>
    </fieldset>
  );
}
