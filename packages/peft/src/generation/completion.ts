/** What generation yields, and where a completion ends. */
import type { LanguageModel } from '../model/language-model.ts';
import type { RunningStream } from './running-stream.ts';

/** What generation asks of a model beside its scores. */
export type TextModel = Pick<LanguageModel, 'name' | 'tokenizer' | 'config'>;

/**
 * How a completion ended: by an end token or stop text; for want of tokens; because its filter allowed
 * nothing more, not even an end; or by the signal. All but the first leave a text without its end.
 */
export type Finish = 'stop' | 'length' | 'stuck' | 'aborted';

export interface Generated {
  readonly prompt: number;
  readonly candidate: number;
  /** The generated ids without the end. */
  readonly ids: readonly number[];
  /** Empty when the model has no tokenizer. */
  readonly text: string;
  /**
   * Sum over what was picked, the end token or what ended it included, and over the ids that a filter
   * forced, by the model alone: a filter makes no token likelier. Not over ids forced after the last
   * pick: the model did not read on to score them.
   */
  readonly logProbability: number;
  readonly finish: Finish;
}

/** The completion that a stream has become. */
export function finish(
  model: TextModel,
  stream: RunningStream,
  reason: Generated['finish'],
): Generated {
  const { prompt, candidate, ids, logProbability } = stream;
  return {
    prompt: prompt.index,
    candidate,
    ids,
    text: model.tokenizer?.decode(ids) ?? '',
    logProbability,
    finish: reason,
  };
}

/** The text before the first stop string, or null when there is none yet. */
export function stopText(
  model: TextModel,
  ids: readonly number[],
  stop: readonly string[],
): string | null {
  if (stop.length === 0 || !model.tokenizer) return null;
  const text = model.tokenizer.decode(ids);
  const cuts = stop.map((end) => text.indexOf(end)).filter((at) => at >= 0);
  return cuts.length > 0 ? text.slice(0, Math.min(...cuts)) : null;
}
