/** Few-shot tuning: an adapter learns to say the right label after each labelled row. */
import {
  type Adapter,
  type LanguageModel,
  type StepLoss,
  type TrainEvent,
  TrunkCache,
  train,
} from '@quaestor/peft';
import type { ChoiceExample } from './choice-example.ts';
import { choiceLoss } from './choice-loss.ts';
import { epochMeans, hasSettled } from './plateau.ts';
import { readChoices } from './read-choices.ts';
import type { TuningConfig } from './tuning-config.ts';

/** The trainer's events; 'settled' is the last where a run stops before its last epoch. */
export type TuningEvent =
  | TrainEvent
  | { readonly type: 'settled'; readonly step: number; readonly loss: number };

export interface TuningOptions {
  /** Folder for checkpoints; a run finds its last one there and goes on from it. */
  readonly checkpoints?: string;
  /** Stops after the step in progress, with a checkpoint. */
  readonly signal?: AbortSignal;
}

/** Share by which an epoch must be better to count. */
const PROGRESS = 0.01;

/**
 * Trains the adapter that is attached to the model on rows of one table or of several. Frozen blocks
 * below the lowest trained one are run once for each row.
 * @throws PeftError as the trainer does
 */
export async function* tuneOnRows(
  model: LanguageModel,
  adapter: Adapter,
  examples: readonly ChoiceExample[],
  config: TuningConfig,
  { checkpoints, signal }: TuningOptions = {},
): AsyncGenerator<TuningEvent> {
  const trunk = new TrunkCache(model, () => adapter.parameters());
  const weights = {
    lm: config.lm_weight,
    ln: config.ln_weight,
    ul: config.ul_weight,
    lengthNorm: config.length_norm,
  };
  const loss: StepLoss<ChoiceExample> = (_, pass, step) =>
    choiceLoss(readChoices(model, pass, trunk), pass, step, weights);
  const stepsPerEpoch = Math.ceil(examples.length / config.batch_size);
  let losses: number[] = [];
  const options = { loss, ...(checkpoints && { checkpoints }), ...(signal && { signal }) };
  try {
    for await (const event of train(model, adapter, examples, config, options)) {
      if (event.type === 'resumed') losses = [...event.losses];
      if (event.type === 'step') losses.push(event.loss);
      yield event;
      if (event.type === 'checkpoint' || event.step % stepsPerEpoch > 0) continue;
      const means = epochMeans(losses, stepsPerEpoch);
      if (
        hasSettled(means, {
          learned: config.learned_loss,
          patience: config.patience,
          progress: PROGRESS,
        })
      ) {
        yield { type: 'settled', step: event.step, loss: means.at(-1) as number };
        return;
      }
    }
  } finally {
    trunk.dispose();
  }
}
