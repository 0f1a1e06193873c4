/** Which model answers now, which did before, and the ways back. */

import { useState } from 'preact/hooks';
import { sendJson } from '../../parts/api.ts';
import { dateTime } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { model, refreshModel } from '../../parts/model.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { Panel, Tag } from '../../parts/panels.tsx';
import {
  type Answering,
  answeredBefore,
  answeredDatabases,
  type Models,
  ownAnswering,
} from './model-types.ts';
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
  const own = ownAnswering(models);
  const before = answeredBefore(models);
  const now = model.value;
  const goBack = async (path: string) => {
    setProblem(undefined);
    setBusy(true);
    try {
      const done = await sendJson<Answering>('POST', path, {});
      await refreshModel();
      const name = done.active ?? words.base;
      onChanged(done.by_hand ? words.changed(name) : words.released(name));
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
          {models.now.by_hand && <p class="fine">{words.byHand}</p>}
          {own.length > 0 && <p class="fine">{words.forOthers}</p>}
          {own.map((adapter) => (
            <p key={adapter.name}>
              {words.ownAnswer(answeredDatabases(adapter, words.newDatabases), adapter.name)}
            </p>
          ))}
        </div>
        <Scores scores={active?.scores ?? sets.flatMap(({ base_model }) => base_model)} />
        <div class="actions">
          {models.now.by_hand && (
            <button
              class="secondary"
              type="button"
              disabled={busy}
              onClick={() => goBack('/api/activations/release')}
            >
              {words.release}
            </button>
          )}
          {before?.by_hand === true && (
            <button
              class="secondary"
              type="button"
              disabled={busy}
              onClick={() => goBack('/api/activations/roll-back')}
            >
              {words.rollBack(before.adapter ?? words.base)}
            </button>
          )}
        </div>
      </div>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {history.length > 0 && (
        <details class="history">
          <summary>
            {words.history} ({history.length})
          </summary>
          <ol>
            {history.map((one) => (
              <li key={`${one.at} ${one.adapter}`}>
                <span>{one.by_hand ? (one.adapter ?? words.base) : words.eachItsOwn}</span>
                {one.forced && <Tag kind="busy">{words.forced}</Tag>}
                <span class="fine">
                  {dateTime(one.at)} · {words.by(one.author)}
                </span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </Panel>
  );
}
