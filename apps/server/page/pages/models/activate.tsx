/** Makes another model answer; where the server refuses, shows both scores and leaves it to people. */
import { useState } from 'preact/hooks';
import { sendJson } from '../../parts/api.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { useText } from '../../parts/language.ts';
import { refreshModel } from '../../parts/model.ts';
import { ProblemNotice } from '../../parts/notice.tsx';
import { type Problem, toProblem } from '../../parts/problem.ts';
import { type Candidate, pathOf } from './model-types.ts';
import { Scores } from './scores.tsx';
import { text } from './text.ts';

export interface ActivateButtonProps {
  readonly candidate: Candidate;
  /** What answers now. */
  readonly now: Candidate;
  readonly onChanged: (sentence: string) => void;
}

const REFUSALS: ReadonlySet<string> = new Set(['scores-lower', 'not-compared']);

export function ActivateButton({ candidate, now, onChanged }: ActivateButtonProps) {
  const words = useText(text);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const name = candidate.adapter?.name ?? null;
  const shown = name ?? words.base;
  const activate = async (force: boolean) => {
    setBusy(true);
    setProblem(null);
    try {
      await sendJson('POST', `${pathOf(name)}/activate`, { force });
      await refreshModel();
      onChanged(words.changed(shown));
    } catch (error) {
      setProblem(toProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button
        class="secondary"
        type="button"
        disabled={busy}
        aria-label={`${words.activate} ${shown}`}
        onClick={() => activate(false)}
      >
        {words.activate}
      </button>
      {problem !== null && (
        <Dialog title={words.activateTitle(shown)} onClose={() => setProblem(null)}>
          {REFUSALS.has(problem.code) ? (
            <Refusal
              problem={problem}
              candidate={candidate}
              now={now}
              onKeep={() => setProblem(null)}
              onForce={() => activate(true)}
            />
          ) : (
            <ProblemNotice problem={problem} />
          )}
        </Dialog>
      )}
    </>
  );
}

function Refusal({
  problem,
  candidate,
  now,
  onKeep,
  onForce,
}: {
  readonly problem: Problem;
  readonly candidate: Candidate;
  readonly now: Candidate;
  readonly onKeep: () => void;
  readonly onForce: () => void;
}) {
  const words = useText(text);
  const nameOf = ({ adapter }: Candidate) => adapter?.name ?? words.base;
  return (
    <div class="stack refusal">
      <p class="refusal-why">{problem.code === 'scores-lower' ? words.lower : words.notCompared}</p>
      <div class="refusal-scores">
        {[now, candidate].map((one) => (
          <section key={nameOf(one)} aria-label={nameOf(one)}>
            <h3>
              {nameOf(one)} {one === now && <span class="fine">{words.active}</span>}
            </h3>
            <Scores scores={one.scores} />
          </section>
        ))}
      </div>
      <p class="fine">{problem.detail}</p>
      <div class="actions">
        <button class="primary" type="button" onClick={onKeep}>
          {words.keep(nameOf(now))}
        </button>
        <button class="danger" type="button" onClick={onForce}>
          {words.force}
        </button>
      </div>
    </div>
  );
}
