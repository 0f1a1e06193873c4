/** Adapters whose parameters are chosen entries: all the methods differ in is how they choose. */
import type { LanguageModel } from '../../model/language-model.ts';
import type { Adapter, TrainingRun } from '../tuner.ts';
import { type NamedParameter, type ParameterRule, parameterPool } from './base-parameters.ts';
import { type CountRule, countToKeep, type Scores, selectEntries } from './selection.ts';
import { SparseWeights } from './sparse-weights.ts';

type SavedConfig = Readonly<Record<string, unknown>> & {
  readonly base_model_name_or_path: string | null;
};

/** An adapter over entries. @param own what the method itself does while training */
export function sparseAdapter(
  _model: LanguageModel,
  config: SavedConfig,
  weights: SparseWeights,
  own: Pick<Adapter, 'begin' | 'onStep'> = {},
): Adapter {
  return {
    config,
    training: false,
    parameters: () => weights.variables(),
    state: () => weights.state(),
    load: (state) => weights.load(state),
    merge: () => weights.freeze(true),
    unmerge: () => weights.freeze(false),
    detach: () => weights.detach(),
    progress: weights.progress,
    ...own,
  };
}

/**
 * An adapter whose entries are chosen once, by scores at the start of a run; before that it has no
 * parameters. Entries that were loaded stay chosen.
 * @throws PeftError 'bad-config' when no parameter or no entry is left to choose
 */
export function scoredAdapter<Config extends SavedConfig & ParameterRule & CountRule>(
  model: LanguageModel,
  config: Config,
  score: (run: TrainingRun, pool: readonly NamedParameter[]) => Scores | Promise<Scores>,
  best: 'largest' | 'smallest' = 'largest',
): Adapter {
  const pool = parameterPool(model, config);
  const count = countToKeep(pool, config);
  const weights = new SparseWeights(model);
  return sparseAdapter(model, config, weights, {
    begin: async (run) => {
      if (weights.chosen) return;
      weights.choose(selectEntries(pool, await score(run, pool), count, best));
    },
  });
}
