/** The adapters of the hub and the base model: what each is, how good, and what can be done with it. */

import { deleteIt } from '../../parts/api.ts';
import { isolated, marked } from '../../parts/direction.ts';
import { bytes, number } from '../../parts/format.ts';
import { useText } from '../../parts/language.ts';
import { Panel, Tag } from '../../parts/panels.tsx';
import { RemoveButton } from '../../parts/remove-button.tsx';
import { ActivateButton } from './activate.tsx';
import { EvaluateButton } from './evaluate.tsx';
import {
  type Adapter,
  answeredDatabases,
  type Candidate,
  candidatesOf,
  type Models,
  ownAnswering,
  pathOf,
} from './model-types.ts';
import { Scores } from './scores.tsx';
import { text } from './text.ts';

export interface AdapterListProps {
  readonly models: Models;
  /** Names that are compared; null: the base model. */
  readonly picked: readonly (string | null)[];
  readonly onPick: (name: string | null) => void;
  readonly onChanged: (sentence: string) => void;
  readonly onScored: () => void;
}

export function AdapterList({ models, picked, onPick, onChanged, onScored }: AdapterListProps) {
  const words = useText(text);
  const candidates = candidatesOf(models);
  const now = candidates.find(({ active }) => active);
  const shared = ownAnswering(models).length > 0;
  return (
    <Panel title={words.adapters} aside={words.selectHint}>
      <ul class="adapters">
        {candidates.map((candidate) => {
          const name = candidate.adapter?.name ?? null;
          const shown = name ?? words.base;
          const usable = (candidate.adapter?.problem ?? null) === null;
          return (
            <li key={shown} data-active={candidate.active}>
              <div class="adapter-head">
                <label class="choice">
                  <input
                    type="checkbox"
                    aria-label={words.select(shown)}
                    checked={picked.includes(name)}
                    onChange={() => onPick(name)}
                  />
                  <strong>{shown}</strong>
                </label>
                <Answers candidate={candidate} shared={shared} />
                {candidate.adapter?.read_only === true && <Tag>{words.shipped}</Tag>}
                {!usable && <Tag kind="bad">{words.broken}</Tag>}
              </div>
              <About candidate={candidate} />
              <Scores scores={candidate.scores} />
              <div class="actions">
                {usable && <EvaluateButton name={name} sets={models.sets} onScored={onScored} />}
                {usable && (!candidate.active || shared) && now !== undefined && (
                  <ActivateButton candidate={candidate} now={now} onChanged={onChanged} />
                )}
                {candidate.adapter !== null &&
                  !candidate.adapter.read_only &&
                  !candidate.active && (
                    <RemoveButton
                      name={shown}
                      label={words.remove}
                      title={words.removeTitle(shown)}
                      text={words.removeText}
                      onRemove={async () => {
                        await deleteIt(pathOf(name));
                        onScored();
                      }}
                    />
                  )}
              </div>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

/** What it answers now; `shared`: databases are answered by adapters of their own. */
function Answers({
  candidate: { adapter, active },
  shared,
}: {
  readonly candidate: Candidate;
  readonly shared: boolean;
}) {
  const words = useText(text);
  const own = adapter === null ? '' : answeredDatabases(adapter, words.newDatabases);
  return (
    <>
      {own !== '' && <Tag kind="good">{words.activeAbout(own)}</Tag>}
      {active && <Tag kind="good">{shared ? words.activeOthers : words.active}</Tag>}
    </>
  );
}

function About({ candidate: { adapter } }: { readonly candidate: Candidate }) {
  const words = useText(text);
  if (adapter === null) return null;
  if (adapter.problem !== null) return <p class="fine">{marked(adapter.problem)}</p>;
  const parts = [
    adapter.type,
    adapter.rank === null ? null : `${words.rank} ${adapter.rank}`,
    bytes(adapter.size_bytes),
    adapter.databases.length > 0 ? words.madeFor(adapter.databases.map(isolated).join(', ')) : null,
    adapter.second ? words.second : null,
    adapter.created?.slice(0, 10) ?? null,
    madeFrom(adapter, words),
  ];
  const cardScores = Object.entries(adapter.card_scores).map(
    ([name, value]) => `${words.scoreNames[name] ?? name.replaceAll('_', ' ')} ${number(value, 2)}`,
  );
  return (
    <div class="adapter-about">
      {adapter.description !== null && <p>{marked(adapter.description)}</p>}
      <p class="fine">{parts.filter((part) => part !== null && part !== '').join(' · ')}</p>
      {cardScores.length > 0 && <p class="fine">{words.cardScores(cardScores.join(' · '))}</p>}
    </div>
  );
}

/** Of what its recipe tells: examples of a training and where it began, or adapters of a composition. */
export function madeFrom({ recipe }: Adapter, words: (typeof text)['en']): string | null {
  if (recipe === null) return null;
  const { adapters, examples, from } = recipe;
  if (Array.isArray(adapters)) return adapters.join(' + ');
  const parts = [
    typeof examples === 'number' ? words.examples(examples) : null,
    typeof from === 'string' ? words.after(from) : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}
