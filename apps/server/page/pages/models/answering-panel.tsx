/** Which model answers now, which did before, and the way back. */
import { useState } from 'preact/hooks';
import { sendJson } from '../../parts/api.ts';
import { dateTime } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { model, refreshModel } from '../../parts/model.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { Panel, Tag } from '../../parts/panels.tsx';
import type { Models } from './model-types.ts';
import { Scores } from './scores.tsx';
import { text } from './text.ts';

export interface AnsweringPanelProps {
  readonly models: Models;
  readonly onChanged: (sentence: string) => void;
}

export function AnsweringPanel({ models, onChanged }: AnsweringPanelProps) {
  const words = useText(text);
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const { adapters, sets, history } = models;
  const active = adapters.find((one) => one.active);
  const before = history.find(({ adapter }) => adapter !== (active?.name ?? null));
  const now = model.value;
  const rollBack = async () => {
    setProblem(undefined);
    setBusy(true);
    try {
      const done = await sendJson<{ readonly active: string | null }>(
        'POST',
        '/api/activations/roll-back',
        {},
      );
      await refreshModel();
      onChanged(words.changed(done.active ?? words.base));
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Panel title={words.answering}>
      <div class="answering">
        <div>
          <p class="answering-name">{active?.name ?? words.base}</p>
          <p class="fine">{now.state === 'ready' ? now.name : ''}</p>
        </div>
        <Scores scores={active?.scores ?? sets.flatMap(({ base_model }) => base_model)} />
        {before !== undefined && (
          <button class="secondary" type="button" disabled={busy} onClick={rollBack}>
            {words.rollBack}: {before.adapter ?? words.base}
          </button>
        )}
      </div>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {history.length > 0 && (
        <details class="history">
          <summary>
            {words.history} ({history.length})
          </summary>
          <ol>
            {history.map(({ adapter, forced, author, at }) => (
              <li key={`${at} ${adapter}`}>
                <span>{adapter ?? words.base}</span>
                {forced && <Tag kind="busy">{words.forced}</Tag>}
                <span class="fine">
                  {dateTime(at)} · {words.by(author)}
                </span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </Panel>
  );
}
