/**
 * One classifier for no labels, a few or many: without labels the language model alone, its bias
 * removed on the rows to be predicted; with labels the tabular models, joined by the language model
 * where it is shown to help, and calibrated where labels allow it.
 */
import { seededRandom } from '@quaestor/peft';
import { type EncodedColumn, encoderOf, fitEncoder } from '../baseline/encoder.ts';
import { kernelNorm } from '../baseline/kernel-classifier.ts';
import { pickRows } from '../baseline/matrix.ts';
import { correctPrior, estimatePrior } from '../calibration/prior.ts';
import { TabLlmError } from '../errors.ts';
import { column, isClass } from '../metrics/ranking.ts';
import { chooseThreshold, type ThresholdRule } from '../metrics/threshold.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import { meanBias, removeBias } from '../scoring/label-bias.ts';
import { labelProbabilities } from '../scoring/normalise.ts';
import { type Calibration, calibrate, fitCalibration } from './calibrate.ts';
import type { LanguageScorer } from './language-scorer.ts';
import { decideWeight, type LanguageEvidence } from './language-weight.ts';
import { canDecide, outOfFold } from './out-of-fold.ts';
import { poolOpinions } from './pool-opinions.ts';
import { fitTabular, predictTabular, type TabularModel } from './tabular-classifier.ts';

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

export interface TableClassifier {
  readonly state: ClassifierState;
  /** Whether predictions need the language model. */
  readonly asksLanguage: boolean;
  /** null: there were no or too few labels to decide on. */
  readonly evidence: LanguageEvidence | null;
  /** Probabilities of labelled rows by models that have not seen them; null without enough labels. */
  readonly held: { readonly probabilities: Float64Array; readonly labels: Int32Array } | null;
  /** Cells in the schema's order → probabilities [rows, K]. */
  predict(rows: readonly (readonly string[])[]): Float64Array;
}

export interface FitOptions {
  readonly schema: TableSchema;
  /** Cells in the schema's order. */
  readonly rows: readonly (readonly string[])[];
  /** Class of each row. */
  readonly labels: Int32Array;
  readonly classes: number;
  /** Rows without labels, for means, categories and the language model's bias. */
  readonly unlabelled?: readonly (readonly string[])[];
  readonly language?: LanguageScorer;
  /** Weight of the language model where labels are too few to decide on one; default 0. */
  readonly languageWeight?: number;
  readonly trees?: number;
  readonly seed?: number;
  /** Default true. */
  readonly calibrated?: boolean;
  /** Class shares of the rows to be predicted, or `estimate` from the unlabelled ones; default: those of the labelled rows. */
  readonly prior?: readonly number[] | 'estimate';
  /** Where to say class 1; two classes. Default: the likelier one. */
  readonly threshold?: ThresholdRule;
}

/** Rows on which the bias is found, and labelled rows on which something is decided. */
const BIAS_ROWS = 64;
const DECIDING_ROWS = 2000;
/** Of these the language model reads so many. */
const LANGUAGE_ROWS = 200;
const PRIOR_ROWS = 5000;
const NORM_ROWS = 2000;

/** @throws TabLlmError 'bad-data' without labels and without a language model */
export function fitClassifier(options: FitOptions): TableClassifier {
  const { schema, rows, labels, classes, unlabelled = [], language, seed = 0 } = options;
  const { trees = 100, calibrated = true } = options;
  const bare = { schema, classes, priors: null, threshold: null, evidence: null } as const;
  if (rows.length === 0) {
    if (!language) {
      throw new TabLlmError('bad-data', 'There are no labelled rows and no language model to ask.');
    }
    const state: ClassifierState = {
      ...bare,
      tabular: null,
      language: { weight: 1, bias: biasOf(language, unlabelled) },
      calibration: { kind: 'none' },
    };
    return classifierOf(state, language);
  }
  const encoding = fitEncoder(schema, [...rows, ...unlabelled], 'rich');
  const { encode, forTrees } = encoderOf(schema, encoding);
  const x = encode(rows);
  const norm = kernelNorm(encode([...rows, ...unlabelled].slice(-NORM_ROWS)));
  const settings = { forTrees, norm, trees, seed };
  const tabular = { encoding, model: fitTabular(x, labels, classes, settings) };
  const fitted: ClassifierState = {
    ...bare,
    tabular,
    language: null,
    calibration: { kind: 'none' },
  };
  const bias = (asked: LanguageScorer) => biasOf(asked, [...unlabelled, ...rows]) ?? [];
  if (!canDecide(labels, classes)) {
    const { languageWeight = 0 } = options;
    const heard = language && languageWeight > 0;
    return withPrior(
      { ...fitted, language: heard ? { weight: languageWeight, bias: bias(language) } : null },
      language,
      options,
    );
  }
  const decides = calibrated || language || options.threshold;
  if (!decides) return withPrior(fitted, language, options);
  const asked = seededRandom(seed)
    .shuffle([...rows.keys()])
    .slice(0, DECIDING_ROWS);
  const known = Int32Array.from(asked, (i) => labels[i] as number);
  const held = outOfFold(pickRows(x, asked), known, classes, {
    ...settings,
    trees: Math.min(trees, 100),
  });
  const read = asked.slice(0, LANGUAGE_ROWS);
  const found = language ? bias(language) : [];
  const said =
    language && removeBias(language(read.map((i) => rows[i] as readonly string[])), found);
  const evidence = said
    ? decideWeight(held.slice(0, said.length * classes), known.slice(0, said.length), classes, said)
    : null;
  const weight = evidence?.weight ?? 0;
  const judged =
    said && weight > 0
      ? { p: poolOpinions(held.slice(0, said.length * classes), said, weight), rows: said.length }
      : { p: held, rows: asked.length };
  const judgedLabels = known.slice(0, judged.rows);
  const calibration: Calibration = calibrated
    ? fitCalibration(judged.p, judgedLabels, classes)
    : { kind: 'none' };
  const state = withPrior(
    { ...fitted, evidence, calibration, language: weight > 0 ? { weight, bias: found } : null },
    language,
    options,
  ).state;
  const probabilities = finish(judged.p, state);
  return classifierOf(
    { ...state, threshold: thresholdOf(options.threshold, probabilities, judgedLabels, classes) },
    language,
    { probabilities, labels: judgedLabels },
  );
}

/** The classifier of a state. @param language needed where the state asks one */
export function classifierOf(
  state: ClassifierState,
  language: LanguageScorer | undefined,
  held: TableClassifier['held'] = null,
): TableClassifier {
  const { schema, tabular, evidence } = state;
  const encoder = tabular && encoderOf(schema, tabular.encoding);
  let bias = state.language?.bias ?? null;
  const say: LanguageScorer = (rows) => {
    if (!language) throw new TabLlmError('bad-config', 'This classifier needs its language model.');
    const scores = language(rows);
    bias ??= meanBias(scores);
    return removeBias(scores, bias);
  };
  const opinion = (rows: readonly (readonly string[])[]): Float64Array => {
    if (!encoder) return labelProbabilities(say(rows));
    const p = predictTabular(tabular.model, encoder.encode(rows));
    return state.language ? poolOpinions(p, say(rows), state.language.weight) : p;
  };
  return {
    state,
    asksLanguage: state.language !== null,
    evidence,
    held,
    predict: (rows) => finish(opinion(rows), state),
  };
}

/** What is done to probabilities once all opinions are in. */
function finish(p: Float64Array, { classes, calibration, priors }: ClassifierState): Float64Array {
  const calibrated = calibrate(p, classes, calibration);
  return priors ? correctPrior(calibrated, priors.trained, priors.met) : calibrated;
}

function withPrior(
  state: ClassifierState,
  language: LanguageScorer | undefined,
  { prior, labels, classes, unlabelled = [] }: FitOptions,
): TableClassifier {
  const bare = classifierOf(state, language);
  if (prior === undefined) return bare;
  const trained = Array.from({ length: classes }, (_, k) => share(labels, k));
  const met =
    prior === 'estimate'
      ? estimatePrior(bare.predict(unlabelled.slice(0, PRIOR_ROWS)), trained)
      : prior;
  return classifierOf({ ...state, priors: { trained, met } }, language);
}

function share(labels: Int32Array, k: number): number {
  return labels.filter((label) => label === k).length / labels.length;
}

function thresholdOf(
  rule: ThresholdRule | undefined,
  probabilities: Float64Array,
  labels: Int32Array,
  classes: number,
): number | null {
  if (rule === undefined) return null;
  if (classes !== 2) {
    throw new TabLlmError('bad-config', `A threshold is for two classes; there are ${classes}.`);
  }
  return Math.min(
    1,
    chooseThreshold(column(probabilities, 1, 2), isClass(labels, 1), rule).threshold,
  );
}

function biasOf(
  language: LanguageScorer,
  rows: readonly (readonly string[])[],
): readonly number[] | null {
  return rows.length === 0 ? null : meanBias(language(rows.slice(0, BIAS_ROWS)));
}
