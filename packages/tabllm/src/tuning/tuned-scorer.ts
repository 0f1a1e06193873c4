/** From labelled rows to a scorer of further rows, in one call. */
import { type Adapter, attachTuner, seededRandom, type TrainStep } from '@quaestor/peft';
import {
  type LanguageScorer,
  type LanguageScorerOptions,
  languageScorer,
} from '../classify/language-scorer.ts';
import { scorerPrompt } from '../scoring/label-scorer.ts';
import { tableExamples } from './table-examples.ts';
import { type TuningEvent, type TuningOptions, tuneOnRows } from './tune-on-rows.ts';
import type { TuningConfig } from './tuning-config.ts';
import { upperLayersOnly } from './upper-layers.ts';

export interface TunedScorerOptions extends LanguageScorerOptions, TuningOptions {
  /** Labelled rows, cells in the schema's order, and the class of each. */
  readonly rows: readonly (readonly string[])[];
  readonly labels: ArrayLike<number>;
  /** Name of a tuning method. */
  readonly method: string;
  /** Fields of its configuration, under HF-PEFT's names. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly config: TuningConfig;
  readonly onEvent?: (event: TuningEvent) => void;
}

export interface TunedScorer {
  readonly score: LanguageScorer;
  /** Attached, and merged where the method can be. */
  readonly adapter: Adapter;
  readonly steps: readonly TrainStep[];
  /** Gives the base back. */
  close(): void;
}

/** @throws TabLlmError 'bad-config' | PeftError as `attachTuner` and the trainer do */
export async function tunedScorer(options: TunedScorerOptions): Promise<TunedScorer> {
  const { model, write, rows, labels, method, settings, config, onEvent } = options;
  const prompt = scorerPrompt(options);
  const notes = rows.map(write);
  const examples = tableExamples(prompt, notes, labels, config.class_weights);
  const upper = upperLayersOnly(model, config.layers, method, settings);
  const adapter = attachTuner(model, method, upper, seededRandom(config.seed));
  try {
    const steps: TrainStep[] = [];
    for await (const event of tuneOnRows(model, adapter, examples, config, options)) {
      if (event.type === 'step') steps.push(event);
      onEvent?.(event);
    }
    adapter.merge?.();
    return { score: languageScorer(options), adapter, steps, close: () => adapter.detach() };
  } catch (error) {
    adapter.detach();
    throw error;
  }
}
