/** Loss and memory of a training as they come, with how fast it is and how long it will take. */
import { bytes, duration, fixed, number } from '../../parts/format.ts';
import type { JobEvent } from '../../parts/job.ts';
import { useText } from '../../parts/language.ts';
import { LinePlot, type Point } from '../../parts/line-plot.tsx';
import { Facts, Panel } from '../../parts/panels.tsx';
import { text } from './text.ts';
import type { TrainStep } from './train-types.ts';

/** Of the mean of the losses before, at each step. */
const MEMORY_OF_MEAN = 0.9;
/** Steps from whose times the time left is told. */
const RECENT = 20;

export interface TrainingCurvesProps {
  readonly events: readonly JobEvent[];
  readonly over: boolean;
}

interface TimedStep extends TrainStep {
  readonly at: number;
}

export function TrainingCurves({ events, over }: TrainingCurvesProps) {
  const words = useText(text);
  const steps = stepsOf(events);
  const last = steps.at(-1);
  if (last === undefined) return null;
  const losses = steps.map(({ step, loss }) => ({ x: step, y: loss }));
  const left = over ? null : timeLeft(steps);
  return (
    <Panel title={words.about}>
      <Facts
        facts={[
          [words.step, `${number(last.step)} / ${number(last.totalSteps)}`],
          [words.lastLoss, fixed(last.loss, 3)],
          [words.speed, words.tokensPerSecond(number(last.tokensPerSecond))],
          [words.memory, bytes(last.memory)],
          [words.left, left === null ? null : duration(left)],
        ]}
      />
      <div class="curves">
        <LinePlot
          label={words.loss}
          end={last.totalSteps}
          format={(value) => fixed(value, 2)}
          curves={[
            { name: words.eachStep, points: losses, kind: 'pale' },
            { name: words.smoothed, points: smooth(losses) },
          ]}
        />
        <LinePlot
          label={words.memory}
          end={last.totalSteps}
          fromZero
          format={bytes}
          curves={[
            {
              name: words.memory,
              points: steps.map(({ step, memory }) => ({ x: step, y: memory })),
            },
          ]}
        />
      </div>
    </Panel>
  );
}

/** Each step once: one that was done again after a kill counts as it was done last. */
function stepsOf(events: readonly JobEvent[]): readonly TimedStep[] {
  const steps = new Map<number, TimedStep>();
  for (const { type, at, data } of events) {
    if (type !== 'step') continue;
    const step = data as unknown as TrainStep;
    steps.set(step.step, { ...step, at: Date.parse(at) });
  }
  return [...steps.values()].sort((a, b) => a.step - b.step);
}

function timeLeft(steps: readonly TimedStep[]): number | null {
  const recent = steps.slice(-RECENT);
  const [first, last] = [recent[0], recent.at(-1)];
  if (first === undefined || last === undefined || last.step === first.step) return null;
  const each = (last.at - first.at) / (last.step - first.step);
  return each * (last.totalSteps - last.step);
}

/** Mean that forgets, without the pull of where it begins. */
function smooth(points: readonly Point[]): readonly Point[] {
  let mean = 0;
  return points.map(({ x, y }, i) => {
    mean = MEMORY_OF_MEAN * mean + (1 - MEMORY_OF_MEAN) * y;
    return { x, y: mean / (1 - MEMORY_OF_MEAN ** (i + 1)) };
  });
}
