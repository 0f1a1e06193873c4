/** What a classifier of tables has learned, as data, and how it is applied. */
import { type EncodedColumn, encoderOf, readsMeanings } from '../baseline/encoder.ts';
import { correctPrior } from '../calibration/prior.ts';
import { TabLlmError } from '../errors.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import { meanBias, removeBias } from '../scoring/label-bias.ts';
import { labelProbabilities } from '../scoring/normalise.ts';
import type { TextStates } from '../scoring/text-states.ts';
import { type Calibration, calibrate } from './calibrate.ts';
import { type PredictionSteps, predictInSteps } from './encoded-model.ts';
import { askLanguage, type LanguageScorer } from './language-scorer.ts';
import type { LanguageEvidence } from './language-weight.ts';
import { poolOpinions } from './pool-opinions.ts';
import { predictTabular, type TabularModel } from './tabular-model.ts';

/** All that was learned, as data. */
export interface ClassifierState {
  readonly schema: TableSchema;
  readonly classes: number;
  /** null: there were no labels. */
  readonly tabular: {
    readonly encoding: readonly EncodedColumn[];
    readonly model: TabularModel;
  } | null;
  /** null: the language model is not asked. Its weight counts beside a tabular model only. */
  readonly language: { readonly weight: number; readonly bias: readonly number[] | null } | null;
  /** null: there were no or too few labels to decide on, or no language model. */
  readonly evidence: LanguageEvidence | null;
  readonly calibration: Calibration;
  /** Class shares of the labelled rows, and those that probabilities are corrected to. */
  readonly priors: { readonly trained: readonly number[]; readonly met: readonly number[] } | null;
  /** Two classes: class 1 from this probability on; null: the likelier one. */
  readonly threshold: number | null;
}

/** What is said of labelled rows by models that have not seen them. */
export interface HeldRows {
  /** [rows, K], by a calibration that has not seen them either. */
  readonly probabilities: Float64Array;
  /**
   * [rows, K], of two classes not calibrated. So they put rows in order as the model does, whose calibration
   * is one line or curve that only rises: those of the folds would shift the folds against each other. A
   * temperature, as of more classes, shifts nothing.
   */
  readonly ranked: Float64Array;
  /** The class that is said of each, by a threshold that has not seen it either; null: the likeliest. */
  readonly said: Int32Array | null;
  readonly labels: Int32Array;
  /** Of copies, see `groupsOfCopies`. */
  readonly groups: Int32Array | null;
}

export interface TableClassifier {
  readonly state: ClassifierState;
  /** Whether predictions need the language model. */
  readonly asksLanguage: boolean;
  /** The prediction in steps; null where the language model is asked. */
  readonly steps: PredictionSteps | null;
  /** null: there were no or too few labels to decide on. */
  readonly evidence: LanguageEvidence | null;
  /** null without enough labels. */
  readonly held: HeldRows | null;
  /** The same of columns that are written otherwise. */
  writtenAs(schema: TableSchema): TableClassifier;
  /** Cells in the schema's order → probabilities [rows, K]. */
  predict(rows: readonly (readonly string[])[]): Float64Array;
}

/** The classifier of a state. @param language needed where the state asks one @param states where text is read by one */
export function classifierOf(
  state: ClassifierState,
  language: LanguageScorer | undefined,
  held: HeldRows | null = null,
  states: TextStates | null = null,
): TableClassifier {
  const { schema, tabular, evidence } = state;
  const encoder = tabular && encoderOf(schema, tabular.encoding, states);
  let bias = state.language?.bias ?? null;
  const say: LanguageScorer = (rows) => {
    if (!language) {
      throw new TabLlmError('bad-config', {
        en: 'This classifier needs its language model.',
        zh: '这个分类模型需要它的语言模型。',
      });
    }
    const scores = askLanguage(language, rows, state.classes);
    bias ??= meanBias(scores);
    return removeBias(scores, bias);
  };
  const opinion = (rows: readonly (readonly string[])[]): Float64Array => {
    if (!encoder) return labelProbabilities(say(rows));
    const p = predictTabular(tabular.model, encoder.encode(rows));
    return poolOpinions(p, say(rows), state.language?.weight ?? 0);
  };
  const steps: PredictionSteps | null =
    encoder && !state.language
      ? {
          encoding: tabular.encoding,
          model: { kind: 'classes', ...tabular.model },
          encode: encoder.encode,
          sources: encoder.sources,
          readsText: readsMeanings(tabular.encoding),
          finish: (said) => finish(said, state),
        }
      : null;
  return {
    state,
    asksLanguage: state.language !== null,
    steps,
    evidence,
    held,
    writtenAs: (other) => classifierOf({ ...state, schema: other }, language, held, states),
    predict: (rows) => (steps ? predictInSteps(steps, rows) : finish(opinion(rows), state)),
  };
}

/** What is done to probabilities once all opinions are in. */
function finish(p: Float64Array, state: ClassifierState): Float64Array {
  return toMetShares(calibrate(p, state.classes, state.calibration), state);
}

/** Calibrated probabilities, corrected to the class shares that are met. */
export function toMetShares(
  p: Float64Array,
  { priors }: Pick<ClassifierState, 'priors'>,
): Float64Array {
  return priors ? correctPrior(p, priors.trained, priors.met) : p;
}
