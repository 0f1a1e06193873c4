import './examples.css';
import { useState } from 'preact/hooks';
import { getJson } from '../../parts/api.ts';
import { useText } from '../../parts/language.ts';
import { Link } from '../../parts/link.tsx';
import { Empty, ProblemNotice } from '../../parts/notice.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { useLoaded } from '../../parts/use-loaded.ts';
import { AddExample } from './add-example.tsx';
import { ExampleCard } from './example-card.tsx';
import { text } from './text.ts';
import type { Example, ExamplePiece, State } from './types.ts';

const STATES = ['pending', 'approved', 'rejected'] as const;
const PIECE = 20;

/** What people brought: reviewed, approved, taken back. */
export function ExamplesPage() {
  const words = useText(text);
  const [state, setState] = useState<State>('pending');
  const [adding, setAdding] = useState(false);
  const [told, setTold] = useState('');
  /** Counts what was added, so that the list is read again. */
  const [added, setAdded] = useState(0);
  return (
    <>
      <header class="examples-head">
        <h1>{words.title}</h1>
        <div class="actions">
          <button class="secondary" type="button" onClick={() => setAdding(true)}>
            {words.add}
          </button>
          <Link class="primary" href="/train">
            {words.train}
          </Link>
        </div>
      </header>
      <p class="lead">{words.lead}</p>
      <Tabs
        label={words.tabsLabel}
        tabs={STATES.map((name) => ({ name, label: words.tabs[name] }))}
        current={state}
        onChoose={(next) => {
          setTold('');
          setState(next);
        }}
      >
        <p class="told" role="status">
          {told}
        </p>
        <ExampleList key={`${state} ${added}`} state={state} onTold={setTold} />
      </Tabs>
      {adding && (
        <AddExample
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            setState('pending');
            setTold(words.added);
            setAdded(added + 1);
          }}
        />
      )}
    </>
  );
}

function ExampleList({
  state,
  onTold,
}: {
  readonly state: State;
  readonly onTold: (told: string) => void;
}) {
  const words = useText(text);
  const [more, setMore] = useState<readonly Example[]>([]);
  const [next, setNext] = useState<string | null | undefined>();
  const [changed, setChanged] = useState<ReadonlyMap<string, Example>>(new Map());
  const [failed, setFailed] = useState<unknown>(null);
  const read = (signal: AbortSignal | undefined, after?: string) =>
    getJson<ExamplePiece>(
      `/api/examples?state=${state}&limit=${PIECE}${after === undefined ? '' : `&after=${after}`}`,
      { signal },
    );
  const { data, problem, reload } = useLoaded((signal) => read(signal), [state]);
  if (problem !== undefined) return <ProblemNotice problem={problem} onRetry={reload} />;
  if (data === undefined) return null;
  const list = [...data.data, ...more]
    .map((example) => changed.get(example.id) ?? example)
    .filter((example) => example.state === state);
  const last = next === undefined ? data.next : next;
  if (list.length === 0) {
    return <Empty title={words.none[state]}>{words.noneHint[state]}</Empty>;
  }
  return (
    <>
      <ul class="example-list">
        {list.map((example) => (
          <li key={example.id}>
            <ExampleCard
              example={example}
              onChanged={(now, word) => {
                setChanged(new Map(changed).set(now.id, now));
                onTold(word);
              }}
            />
          </li>
        ))}
      </ul>
      {failed !== null && <ProblemNotice problem={failed} />}
      {last !== null && (
        <button
          class="secondary"
          type="button"
          onClick={() =>
            void read(undefined, last).then((piece) => {
              setMore([...more, ...piece.data]);
              setNext(piece.next);
            }, setFailed)
          }
        >
          {words.more}
        </button>
      )}
    </>
  );
}
