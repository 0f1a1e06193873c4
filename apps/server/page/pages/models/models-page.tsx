import './models.css';
import { useState } from 'preact/hooks';
import { getJson } from '../../parts/api.ts';
import { useText } from '../../parts/language.ts';
import { Link } from '../../parts/link.tsx';
import { Notice, ProblemNotice } from '../../parts/notice.tsx';
import { PageHead } from '../../parts/panels.tsx';
import { useLoaded } from '../../parts/use-loaded.ts';
import { AdapterList } from './adapter-list.tsx';
import { AnsweringPanel } from './answering-panel.tsx';
import { ComparePanel } from './compare-panel.tsx';
import { ComposePanel } from './compose-panel.tsx';
import { candidatesOf, type Models } from './model-types.ts';
import { text } from './text.ts';

export function ModelsPage() {
  const words = useText(text);
  const { data, problem, reload } = useLoaded(loadModels, []);
  const [picked, setPicked] = useState<readonly (string | null)[]>([]);
  const [said, setSaid] = useState<string | null>(null);
  const candidates = data === undefined ? [] : candidatesOf(data);
  const compared = picked.flatMap((name) =>
    candidates.filter(({ adapter }) => (adapter?.name ?? null) === name),
  );
  const [left, right] = compared;
  const changed = (sentence: string) => {
    setSaid(sentence);
    reload();
  };
  return (
    <>
      <PageHead title={words.title} lede={words.lede}>
        <Link class="secondary" href="/train">
          {words.toTrain}
        </Link>
      </PageHead>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={reload} />}
      {said !== null && <Notice kind="success">{said}</Notice>}
      {data !== undefined && (
        <>
          <AnsweringPanel models={data} onChanged={changed} />
          <AdapterList
            models={data}
            picked={picked}
            onPick={(name) =>
              // The third takes the place of the first.
              setPicked(
                picked.includes(name)
                  ? picked.filter((one) => one !== name)
                  : [...picked, name].slice(-2),
              )
            }
            onChanged={changed}
            onScored={reload}
          />
          {left !== undefined && right !== undefined && (
            <ComparePanel left={left} right={right} onStop={() => setPicked([])} />
          )}
          <ComposePanel adapters={data.adapters} onFound={reload} />
        </>
      )}
    </>
  );
}

async function loadModels(signal: AbortSignal): Promise<Models> {
  const [adapters, sets, history] = await Promise.all([
    getJson<{ readonly data: Models['adapters'] }>('/api/adapters', { signal }),
    getJson<{ readonly data: Models['sets'] }>('/api/evaluation-sets', { signal }),
    getJson<{ readonly now: Models['now']; readonly data: Models['history'] }>('/api/activations', {
      signal,
    }),
  ]);
  return { adapters: adapters.data, sets: sets.data, now: history.now, history: history.data };
}
