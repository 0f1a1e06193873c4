/** A search for weights as it goes on: the objective of each trial, the best so far, its weights. */
import { fixed, number } from '../../parts/format.ts';
import type { Job, JobEvent } from '../../parts/job.ts';
import { useText } from '../../parts/language.ts';
import { LinePlot } from '../../parts/line-plot.tsx';
import { Panel } from '../../parts/panels.tsx';
import { WeightBars } from '../../parts/weight-bars.tsx';
import { text } from './text.ts';

interface Trial {
  readonly step: number;
  readonly totalSteps: number;
  readonly objective: number;
  readonly loss: number;
  readonly weights: readonly number[];
}

export interface SearchCurvesProps {
  readonly job: Job;
  readonly events: readonly JobEvent[];
}

export function SearchCurves({ job, events }: SearchCurvesProps) {
  const words = useText(text);
  const trials = trialsOf(events);
  const last = trials.at(-1);
  if (last === undefined) return null;
  let low = Number.POSITIVE_INFINITY;
  const lowest = trials.map(({ step, objective }) => {
    low = Math.min(low, objective);
    return { x: step, y: low };
  });
  const best = trials.reduce((a, b) => (b.objective < a.objective ? b : a));
  const names = (job.params.adapters ?? []) as readonly string[];
  return (
    <Panel title={words.about} aside={`${number(last.step)} / ${number(last.totalSteps)}`}>
      <div class="curves">
        <LinePlot
          label={words.objective}
          end={last.totalSteps}
          format={(value) => fixed(value, 3)}
          curves={[
            {
              name: words.eachStep,
              points: trials.map(({ step, objective }) => ({ x: step, y: objective })),
              kind: 'pale',
              dots: true,
            },
            { name: words.best, points: lowest },
          ]}
        />
        <WeightBars
          label={words.weights}
          names={names}
          weights={best.weights}
          bound={Number(job.params.bounds ?? 1.5)}
        />
      </div>
    </Panel>
  );
}

/** Of the last attempt: one that was killed began anew. */
function trialsOf(events: readonly JobEvent[]): readonly Trial[] {
  const trials = events.flatMap(({ type, data }) =>
    type === 'step' ? [data as unknown as Trial] : [],
  );
  const start = trials.findLastIndex(({ step }) => step === 1);
  return trials.slice(Math.max(0, start));
}
