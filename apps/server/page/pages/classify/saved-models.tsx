/** Models that were kept: what they are, how good, and their use on another file. */

import { useState } from 'preact/hooks';
import { deleteIt, getBlob, getJson } from '../../parts/api.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { isolated, marked } from '../../parts/direction.ts';
import { download } from '../../parts/download.ts';
import { dateTime, number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Empty, ProblemNotice } from '../../parts/notice.tsx';
import { tellRemoved } from '../../parts/removed.ts';
import { useLoaded } from '../../parts/use-loaded.ts';
import { ApplyModel } from './apply-model.tsx';
import { AskFirst } from './ask-first.tsx';
import { text } from './text.ts';
import type { Classifier, ShownClassifier } from './types.ts';

type Doing = { readonly what: 'use' | 'card' | 'remove'; readonly model: Classifier };

export function SavedModels() {
  const words = useText(text);
  const [doing, setDoing] = useState<Doing | null>(null);
  const { data, problem, reload } = useLoaded(
    (signal) => getJson<{ data: readonly Classifier[] }>('/api/classifiers', { signal }),
    [],
  );
  const done = () => setDoing(null);
  return (
    <section class="card" aria-labelledby="models-title">
      <h2 id="models-title">{words.models}</h2>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={reload} />}
      {data?.data.length === 0 && <Empty title={words.noModels}>{words.noModelsHint}</Empty>}
      <ul class="entries">
        {data?.data.map((model) => (
          <li key={model.name}>
            <div class="entry">
              <strong>{marked(model.name)}</strong>
              <span class="fine">
                {[
                  `${words.predicts} ${isolated(model.target)}`,
                  words.learnedFrom(number(model.labelled)),
                  dateTime(model.made_at),
                ].join(' · ')}
              </span>
            </div>
            <div class="actions">
              <button class="quiet" type="button" onClick={() => setDoing({ what: 'use', model })}>
                {words.useModel}
              </button>
              <button class="quiet" type="button" onClick={() => setDoing({ what: 'card', model })}>
                {words.card}
              </button>
              <button
                class="icon"
                type="button"
                aria-label={`${words.remove} ${isolated(model.name)}`}
                onClick={() => setDoing({ what: 'remove', model })}
              >
                ✕
              </button>
            </div>
          </li>
        ))}
      </ul>
      {doing?.what === 'use' && <ApplyModel model={doing.model} onClose={done} />}
      {doing?.what === 'card' && <Card name={doing.model.name} onClose={done} />}
      {doing?.what === 'remove' && (
        <AskFirst
          title={doing.model.name}
          question={words.sureRemoveModel}
          onNo={done}
          onYes={async () => {
            await deleteIt(`/api/classifiers/${encodeURIComponent(doing.model.name)}`);
            done();
            tellRemoved(doing.model.name);
            reload();
          }}
        />
      )}
    </section>
  );
}

function Card({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const words = useText(text);
  const [failed, setFailed] = useState<unknown>(null);
  const base = `/api/classifiers/${encodeURIComponent(name)}`;
  const { data, problem } = useLoaded(
    (signal) => getJson<ShownClassifier>(base, { signal }),
    [name],
  );
  const take = (file: string) =>
    getBlob(`${base}/files/${file}`).then(
      (blob) => download(`${name}-${file}`, blob, blob.type),
      setFailed,
    );
  return (
    <Dialog title={words.cardOf(isolated(name))} onClose={onClose}>
      {(problem ?? failed) !== undefined && (problem ?? failed) !== null && (
        <ProblemNotice problem={problem ?? failed} />
      )}
      {data !== undefined && (
        <div class="stack">
          <pre class="model-card">{marked(data.card)}</pre>
          <div class="actions">
            <span class="eyebrow">{words.files}</span>
            {data.files.map((file) => (
              <button key={file} class="quiet" type="button" onClick={() => void take(file)}>
                {file}
              </button>
            ))}
          </div>
        </div>
      )}
    </Dialog>
  );
}
