/** Scores an adapter on questions whose SQL is known: which questions, then the job as it goes on. */
import { useEffect, useState } from 'preact/hooks';
import { sendJson } from '../../parts/api.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ChoiceField, NumberField } from '../../parts/fields.tsx';
import { isOver, type Job, useJob } from '../../parts/job.ts';
import { useText } from '../../parts/language.ts';
import { Link } from '../../parts/link.tsx';
import { Meter } from '../../parts/meter.tsx';
import { ProblemNotice } from '../../parts/notice.tsx';
import { type EvaluationSet, pathOf } from './model-types.ts';
import { text } from './text.ts';

export interface EvaluateButtonProps {
  readonly name: string | null;
  readonly sets: readonly EvaluationSet[];
  readonly onScored: () => void;
}

export function EvaluateButton({ name, sets, onScored }: EvaluateButtonProps) {
  const words = useText(text);
  const [asking, setAsking] = useState(false);
  const [id, setId] = useState<string | null>(null);
  const shown = name ?? words.base;
  if (id !== null) {
    const again = () => setId(null);
    return <Evaluation id={id} name={shown} onScored={onScored} onAgain={again} />;
  }
  return (
    <>
      <button
        class="quiet"
        type="button"
        aria-label={`${words.evaluate} ${shown}`}
        onClick={() => setAsking(true)}
      >
        {words.evaluate}
      </button>
      {asking && (
        <Dialog title={words.evaluateTitle(shown)} onClose={() => setAsking(false)}>
          {sets.length === 0 ? (
            <p>{words.noSets}</p>
          ) : (
            <EvaluateForm
              name={name}
              sets={sets}
              onStarted={(job) => {
                setAsking(false);
                setId(job.id);
              }}
            />
          )}
        </Dialog>
      )}
    </>
  );
}

function EvaluateForm({
  name,
  sets,
  onStarted,
}: {
  readonly name: string | null;
  readonly sets: readonly EvaluationSet[];
  readonly onStarted: (job: Job) => void;
}) {
  const words = useText(text);
  const [set, setSet] = useState(sets[0]?.name ?? '');
  const [limit, setLimit] = useState('');
  const [candidates, setCandidates] = useState('1');
  const [problem, setProblem] = useState<unknown>();
  const start = async (event: Event) => {
    event.preventDefault();
    setProblem(undefined);
    try {
      const body = {
        set,
        candidates: Number(candidates),
        ...(limit !== '' && { limit: Number(limit) }),
      };
      onStarted(await sendJson<Job>('POST', `${pathOf(name)}/evaluate`, body));
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <form class="evaluate-form" onSubmit={start}>
      <ChoiceField label={words.set} value={set} onChange={setSet}>
        {sets.map((one) => (
          <option key={one.name} value={one.name}>
            {one.name} · {words.questions(one.questions)}
          </option>
        ))}
      </ChoiceField>
      <NumberField
        {...{ label: words.limit, help: words.limitHelp, value: limit, onChange: setLimit }}
        min={1}
      />
      <NumberField
        {...{ label: words.drafts, value: candidates, onChange: setCandidates }}
        {...{ min: 1, max: 32, required: true }}
      />
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div class="actions">
        <button class="primary" type="submit">
          {words.start}
        </button>
      </div>
    </form>
  );
}

function Evaluation({
  id,
  name,
  onScored,
  onAgain,
}: {
  readonly id: string;
  readonly name: string;
  readonly onScored: () => void;
  readonly onAgain: () => void;
}) {
  const words = useText(text);
  const { job, problem } = useJob(id);
  const over = job !== undefined && isOver(job);
  useEffect(() => {
    if (!over || job.state === 'failed') return;
    onScored();
    onAgain();
  }, [over]);
  const wrong = problem ?? job?.error?.message;
  if (wrong !== undefined) return <ProblemNotice problem={wrong} onRetry={onAgain} />;
  return (
    <p class="evaluation" aria-live="polite">
      {!over && (
        <Meter label={words.evaluating(name)} share={job?.progress?.fraction ?? null} figure />
      )}
      <Link href={`/train/${id}`}>{words.watch}</Link>
    </p>
  );
}
