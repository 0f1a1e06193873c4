/** A training run for people: a progress bar, what happened on the way, and the curve of the loss. */
import type { TrainEvent, TrainStep } from '@quaestor/peft';
import type { TuningEvent } from '@quaestor/tabllm';
import type { Progress } from '../progress.ts';
import { sparkline } from './sparkline.ts';

/** Runs to the end. @returns the steps of this run; those before it was resumed are not among them */
export async function followTraining(
  events: AsyncIterable<TrainEvent | TuningEvent>,
  progress: Progress,
  signal: AbortSignal,
): Promise<readonly TrainStep[]> {
  const steps: TrainStep[] = [];
  const began = performance.now();
  for await (const event of events) {
    progress.record(event);
    if (event.type === 'resumed') progress.line(`going on after step ${event.step}`);
    if (event.type === 'settled') {
      progress.line(`the loss has settled at ${event.loss.toFixed(3)}; stopped`);
    }
    if (event.type === 'checkpoint' && signal.aborted) {
      progress.line(`step ${event.step} is kept; the same command goes on from there`);
    }
    if (event.type !== 'step') continue;
    steps.push(event);
    const each = (performance.now() - began) / steps.length / 1000;
    const left = each * (event.totalSteps - event.step);
    progress.update(
      [
        `step ${event.step}/${event.totalSteps}`,
        `loss ${event.loss.toFixed(3)}`,
        `${event.tokensPerSecond.toFixed(0)} tokens/s`,
        `${(event.memory / 1e9).toFixed(1)} GB`,
        `${Math.ceil(left / 60)} min left`,
      ].join(' · '),
      event.step / event.totalSteps,
    );
  }
  const losses = steps.map(({ loss }) => loss);
  if (losses.length > 1) {
    const [first, last] = [losses[0] as number, losses.at(-1) as number];
    progress.line(`loss ${first.toFixed(3)} ${sparkline(losses)} ${last.toFixed(3)}`);
  }
  return steps;
}
