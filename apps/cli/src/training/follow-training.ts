/** A training run for people: a progress bar, what happened on the way, and the curve of the loss. */
import type { TrainEvent, TrainStep, Translated } from '@quaestor/peft';
import type { TuningEvent } from '@quaestor/tabllm';
import type { Progress } from '../progress.ts';
import { sparkline } from './sparkline.ts';

export interface FinishedTraining {
  /** Of this run; those before it was resumed are not among them. */
  readonly steps: readonly TrainStep[];
  /** The last step, this run's or that of the checkpoint it went on from; 0 without any. */
  readonly lastStep: number;
  /** Of the last step; null where it is not known. */
  readonly lastLoss: number | null;
}

/** Runs to the end. */
export async function followTraining(
  events: AsyncIterable<TrainEvent | TuningEvent>,
  progress: Progress,
  signal: AbortSignal,
): Promise<FinishedTraining> {
  const steps: TrainStep[] = [];
  let [lastStep, lastLoss]: [number, number | null] = [0, null];
  const began = performance.now();
  for await (const event of events) {
    if (event.type === 'resumed') {
      const { type, step, losses } = event;
      progress.record({ type, step });
      [lastStep, lastLoss] = [step, losses.at(-1) ?? null];
      progress.line({
        en: `going on after step ${event.step}`,
        zh: `从第 ${event.step} 步之后继续`,
      });
    } else progress.record(event);
    if (event.type === 'settled') {
      const loss = event.loss.toFixed(3);
      progress.line({
        en: `the loss has settled at ${loss}; stopped`,
        zh: `损失已稳定在 ${loss}，训练结束`,
      });
    }
    if (event.type === 'checkpoint' && signal.aborted) {
      progress.line({
        en: `step ${event.step} is kept; the same command goes on from there`,
        zh: `第 ${event.step} 步已保存，可以从这里继续`,
      });
    }
    if (event.type !== 'step') continue;
    steps.push(event);
    [lastStep, lastLoss] = [event.step, event.loss];
    const each = (performance.now() - began) / steps.length / 1000;
    const left = each * (event.totalSteps - event.step);
    progress.update(describeStep(event, Math.ceil(left / 60)), event.step / event.totalSteps);
  }
  const losses = steps.map(({ loss }) => loss);
  if (losses.length > 1) {
    const [first, last] = [losses[0] as number, losses.at(-1) as number];
    const curve = `${first.toFixed(3)} ${sparkline(losses)} ${last.toFixed(3)}`;
    progress.line({ en: `loss ${curve}`, zh: `损失 ${curve}` });
  }
  return { steps, lastStep, lastLoss };
}

function describeStep(
  { step, totalSteps, loss, tokensPerSecond, memory }: TrainStep,
  minutesLeft: number,
): Translated {
  const [of, value] = [`${step}/${totalSteps}`, loss.toFixed(3)];
  const [speed, held] = [tokensPerSecond.toFixed(0), `${(memory / 1e9).toFixed(1)} GB`];
  const parts = [
    { en: `step ${of}`, zh: `第 ${of} 步` },
    { en: `loss ${value}`, zh: `损失 ${value}` },
    { en: `${speed} tokens/s`, zh: `每秒 ${speed} 个词元` },
    { en: held, zh: held },
    { en: `${minutesLeft} min left`, zh: `还需约 ${minutesLeft} 分钟` },
  ];
  return {
    en: parts.map(({ en }) => en).join(' · '),
    zh: parts.map(({ zh }) => zh).join(' · '),
  };
}
