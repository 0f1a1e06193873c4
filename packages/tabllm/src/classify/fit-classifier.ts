/**
 * One classifier for no labels, a few or many: without labels what the language model expects of the
 * columns; with labels the tabular models, joined by these expectations unless they are shown to harm, and
 * calibrated where labels allow it. A language model that reads rows in place of columns decides alone
 * without labels, its bias removed on the rows to be predicted, and joins where it is shown to help.
 */
import { seededRandom } from '@quaestor/peft';
import { type EncodedColumn, encoderOf } from '../baseline/encoder.ts';
import { fitDifferences, fitEncoder, fitRatio } from '../baseline/fit-encoder.ts';
import { kernelNorm } from '../baseline/kernel-shape.ts';
import {
  type LogisticRegression,
  predictLogisticRegression,
} from '../baseline/logistic-regression.ts';
import { type Matrix, pickRows } from '../baseline/matrix.ts';
import { TabLlmError } from '../errors.ts';
import { classWeightsOf } from '../metrics/class-weights.ts';
import type { ThresholdRule } from '../metrics/threshold.ts';
import type { TableSchema } from '../schema/table-schema.ts';
import { meanBias, removeBias } from '../scoring/label-bias.ts';
import type { TextStates } from '../scoring/text-states.ts';
import { calibrateInFolds, fitCalibration, usualCalibration } from './calibrate.ts';
import { withPrior } from './class-shares.ts';
import {
  type ClassifierState,
  classifierOf,
  type TableClassifier,
  toMetShares,
} from './classifier.ts';
import type { ColumnExpert } from './column-expert.ts';
import { fitExpectations } from './expectations.ts';
import { type FitTabularOptions, fittingTabular, weighExpectations } from './fit-tabular.ts';
import { lineOfClasses } from './held-out-line.ts';
import { costThreshold, saidInFolds, thresholdOf } from './held-threshold.ts';
import { atOnce, type InParts } from './in-parts.ts';
import { enoughOfClasses, type KeptOptions, withoutSurplus } from './kept-rows.ts';
import { askLanguage, type LanguageScorer } from './language-scorer.ts';
import { decideWeight, judgeExpectations, type LanguageEvidence } from './language-weight.ts';
import { type HeldOut, holdingOut } from './out-of-fold.ts';
import { poolOpinions } from './pool-opinions.ts';
import { rowsToRead } from './rows-to-read.ts';
import { EVIDENCE_FROM } from './tabular-members.ts';
import { tellingViews } from './telling-views.ts';

export interface FittedClassifier extends TableClassifier {
  /** Labelled rows that were left out as copies of others. */
  readonly leftOut: number;
  /** Rows learned from that are the same as another, where that is not in the nature of the table. */
  readonly copies: number;
  /** Rows of each class that were learned from. */
  readonly counts: readonly number[];
}

export interface FitOptions {
  readonly schema: TableSchema;
  /** Cells in the schema's order. */
  readonly rows: readonly (readonly string[])[];
  /** Class of each row. */
  readonly labels: Int32Array;
  readonly classes: number;
  /** For each row the number of its group, which is held out as one, see `rowGroups`; default: each alone. */
  readonly groups?: Int32Array | null;
  /** Rows to be predicted, for means, categories and the language model's bias. */
  readonly unlabelled?: readonly (readonly string[])[];
  /** Those of them that tell how often rows repeat, see `freshRows`; default: all. */
  readonly fresh?: readonly (readonly string[])[];
  /** Columns as they were learned from all rows before; default: learned from these. */
  readonly encoding?: readonly EncodedColumn[];
  /** A language model that is asked about columns, once. */
  readonly expert?: ColumnExpert;
  /** One that reads free text; default: none does. */
  readonly states?: TextStates | null;
  /** One that reads every row. */
  readonly language?: LanguageScorer;
  /** Weight of the latter where labels are too few to decide on one; default 0. */
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
const NORM_ROWS = 2000;
/** Trees of the models that rows are judged by which they have not seen. */
const HELD_TREES = 100;

const NOTHING_DECIDED = {
  evidence: null,
  calibration: { kind: 'none' },
  priors: null,
  threshold: null,
} as const;

/** @throws TabLlmError 'bad-data' without labels and without a language model */
export function fitClassifier(options: FitOptions): FittedClassifier {
  return atOnce(fittingClassifier(options));
}

/** The same, a model after the other. */
export function* fittingClassifier(given: FitOptions): InParts<FittedClassifier> {
  const options = withoutSurplus(given);
  const leftOut = given.rows.length - options.rows.length;
  const counts = new Array<number>(given.classes).fill(0);
  for (const label of options.labels) counts[label] = (counts[label] as number) + 1;
  return { ...(yield* fitKept(options)), leftOut, copies: options.copies, counts };
}

function* fitKept(options: KeptOptions): InParts<TableClassifier> {
  const { rows, language, languageWeight = 0 } = options;
  if (rows.length === 0) return languageAlone(options);
  const learned = yield* learnTabular(options);
  if (!canJudge(options)) {
    const heard = language && languageWeight > 0;
    const bias = heard ? biasOf(language, options) : null;
    const state = { ...learned.state, language: heard ? { weight: languageWeight, bias } : null };
    return classifierOf(undecided(state, options), language, null, options.states);
  }
  const { state, judged } = learned;
  if (!judged || !decides(options)) {
    return classifierOf(undecided(state, options), language, null, options.states);
  }
  return decide(state, judged, options);
}

/**
 * What needs no rows to decide on: class shares that are given, a threshold by what mistakes cost, and how sure
 * models of few labels may be.
 */
function undecided(state: ClassifierState, options: FitOptions): ClassifierState {
  const { rows, classes, calibrated = true } = options;
  const threshold = costThreshold(options.threshold, classes);
  const calibration =
    calibrated && rows.length > 0
      ? usualCalibration(rows.length, classes)
      : NOTHING_DECIDED.calibration;
  return withPrior({ ...state, calibration, threshold }, options);
}

function languageAlone({ schema, classes, language, ...options }: FitOptions): TableClassifier {
  const expected = language ? null : expectationsAlone({ schema, classes, ...options });
  if (expected) return expected;
  if (!language) {
    throw new TabLlmError('bad-data', {
      en: 'There are no labelled rows and no language model to ask.',
      zh: '没有带标签的行，也没有可用的语言模型。',
    });
  }
  const bias = biasOf(language, { classes, ...options });
  const heard = { weight: 1, bias };
  const state = { ...NOTHING_DECIDED, schema, classes, language: heard, tabular: null };
  return classifierOf(undecided(state, { ...options, schema, classes, language }), language);
}

/** null without an expert, or where it cannot tell rows apart. */
function expectationsAlone(options: FitOptions): TableClassifier | null {
  const { schema, classes } = options;
  const encoding = options.encoding ?? fitEncoder(schema, options.unlabelled ?? [], 'rich');
  const line = expectedLine(options, encoding);
  if (!line) return null;
  const nothing = encoderOf(schema, encoding).encode([]);
  const expectations = weighExpectations(line, nothing, new Int32Array());
  const tabular = { encoding, model: { classes, members: [], expectations } };
  const state = { ...NOTHING_DECIDED, schema, classes, tabular, language: null };
  return classifierOf(undecided(state, options), undefined);
}

function expectedLine(
  { expert, schema, rows, unlabelled = [], classes, states = null }: FitOptions,
  encoding: readonly EncodedColumn[],
): LogisticRegression | null {
  if (!expert) return null;
  const all = [...rows, ...unlabelled];
  const answers = expert({ schema, rows: all });
  return fitExpectations(answers, { schema, encoding, rows: all, classes, states });
}

/** A tabular model, and what it is judged by. */
interface LearnedTabular {
  readonly state: ClassifierState;
  /** null: it was not needed. */
  readonly judged: Judged | null;
}

/** Labelled rows that something is decided on, and what models that have not seen them say of them. */
interface Judged {
  /** Places of the rows. */
  readonly places: readonly number[];
  readonly x: Matrix;
  readonly labels: Int32Array;
  readonly groups: Int32Array | null;
  readonly held: HeldOut;
}

function* learnTabular(options: KeptOptions): InParts<LearnedTabular> {
  const { schema, rows, labels, classes, unlabelled = [], trees = 100, seed = 0 } = options;
  const { states = null } = options;
  const all = [...rows, ...unlabelled];
  const own = options.encoding ?? fitEncoder(schema, all, 'rich', states);
  const sides = fitDifferences(schema, all, rows.length);
  const encoding = tellingViews([...own, ...sides], {
    ...{ schema, rows, states },
    lineOf: twoTell(options) ? lineOfClasses(labels, classes, options.groups) : () => null,
    fitRatio: (ratio) => fitRatio(ratio, schema, all, 'rich'),
  });
  const { encode, forTrees, quantities, views } = encoderOf(schema, encoding, states);
  const x = encode(rows);
  const norm = kernelNorm(encode(all.slice(-NORM_ROWS)));
  const expected = expectedLine(options, encoding);
  const settings = { forTrees, quantities, views, norm, trees, seed, expected };
  const judged = needsJudging(options) ? yield* judge(x, options, settings) : null;
  const weights = judged && { weights: judged.held.weights };
  const model = yield* fittingTabular(x, labels, classes, { ...settings, ...weights });
  const tabular = { encoding, model };
  return { state: { ...NOTHING_DECIDED, schema, classes, tabular, language: null }, judged };
}

/** Whether something is to be decided on held-out rows: the weights of members, or anything else. */
function needsJudging(options: KeptOptions): boolean {
  if (decides(options)) return canJudge(options);
  return options.labels.length >= EVIDENCE_FROM && enoughOfClasses(options).every(Boolean);
}

/** Whether two classes can be held out in turn; a language model is judged on rows of every class. */
function canJudge(options: KeptOptions): boolean {
  if (options.language) return enoughOfClasses(options).every(Boolean);
  return twoTell(options);
}

/** Whether two classes have rows enough to be held out in turn. */
function twoTell(options: KeptOptions): boolean {
  return enoughOfClasses(options).filter(Boolean).length > 1;
}

function decides({ calibrated = true, language, threshold }: FitOptions): boolean {
  return calibrated || language !== undefined || threshold !== undefined;
}

function* judge(x: Matrix, options: KeptOptions, settings: FitTabularOptions): InParts<Judged> {
  const { labels, groups: copies, classes, seed = 0 } = options;
  const enough = enoughOfClasses(options);
  const isJudged = (row: number) => enough[labels[row] as number] === true;
  const all = seededRandom(seed).shuffle([...labels.keys()]);
  const places = all.filter(isJudged).slice(0, DECIDING_ROWS);
  // A class of a few rows is there to be told from the others, though not judged itself.
  const learned = [...places, ...all.filter((row) => !isJudged(row))];
  const trees = Math.min(settings.trees ?? HELD_TREES, HELD_TREES);
  const groups = copies && Int32Array.from(places, (i) => copies[i] as number);
  const known = Int32Array.from(learned, (i) => labels[i] as number);
  const held = yield* holdingOut(
    pickRows(x, learned),
    known,
    classes,
    { ...settings, trees },
    { all: labels.length, groups, turns: places.length },
  );
  return {
    places,
    x: pickRows(x, places),
    labels: known.subarray(0, places.length),
    groups,
    held,
  };
}

/** Whether the language model is heard, the calibration and the threshold, on rows held out in turn. */
function decide(
  state: ClassifierState,
  { places, x, labels: known, groups, held }: Judged,
  options: FitOptions,
): TableClassifier {
  const { rows, classes, language, calibrated = true, seed = 0 } = options;
  const expects = hearExpectations(state, held, x, known);
  const tabular = expects.evidence?.weight === 0 ? held.learned : held.pooled;
  const read = rowsToRead(known, classes, LANGUAGE_ROWS);
  const someTabular = pickRows(
    { rows: known.length, columns: classes, values: tabular },
    read,
  ).values;
  const someKnown = Int32Array.from(read, (at) => known[at] as number);
  const bias = language ? biasOf(language, options) : null;
  const someRows = read.map((at) => rows[places[at] as number] as readonly string[]);
  const said = language && removeBias(askLanguage(language, someRows, classes), bias ?? []);
  const evidence = said ? decideWeight(someTabular, someKnown, classes, said) : expects.evidence;
  const weight = evidence?.weight ?? 0;
  const heard = said !== undefined && weight > 0;
  const judged = heard ? poolOpinions(someTabular, said, weight) : tabular;
  const judgedLabels = heard ? someKnown : known;
  const someGroups = groups && Int32Array.from(read, (at) => groups[at] as number);
  const judgedGroups = heard ? someGroups : groups;
  const decided = withPrior(
    {
      ...expects.state,
      evidence,
      language: heard ? { weight, bias } : null,
      calibration: calibrated
        ? fitCalibration(judged, judgedLabels, classes)
        : NOTHING_DECIDED.calibration,
    },
    options,
  );
  const apart = calibrated
    ? calibrateInFolds(judged, judgedLabels, classes, seededRandom(seed), judgedGroups)
    : judged;
  const probabilities = toMetShares(apart, decided);
  const weights = classWeightsOf(decided.priors);
  const threshold = thresholdOf(options.threshold, probabilities, judgedLabels, classes, weights);
  return classifierOf(
    { ...decided, threshold },
    language,
    {
      probabilities,
      ranked: classes === 2 ? toMetShares(judged, decided) : probabilities,
      said: saidInFolds(
        options.threshold,
        { probabilities, labels: judgedLabels, weights, groups: judgedGroups },
        seededRandom(seed),
      ),
      labels: judgedLabels,
      groups: judgedGroups,
    },
    options.states,
  );
}

/** Whether the expectations count, and how that was found; they are left out where they harm. */
function hearExpectations(
  state: ClassifierState,
  held: HeldOut,
  x: Matrix,
  labels: Int32Array,
): { readonly state: ClassifierState; readonly evidence: LanguageEvidence | null } {
  const { tabular } = state;
  const expectations = tabular?.model.expectations;
  if (!tabular || !expectations) return { state, evidence: null };
  const line = predictLogisticRegression(expectations.line, x);
  const evidence = judgeExpectations(held, line, labels, expectations.weight);
  if (evidence.weight !== 0) return { state, evidence };
  const model = { ...tabular.model, expectations: null };
  return { state: { ...state, tabular: { ...tabular, model } }, evidence };
}

/** null without rows to find it on. */
function biasOf(
  language: LanguageScorer,
  { rows, unlabelled = [], classes }: Pick<FitOptions, 'rows' | 'unlabelled' | 'classes'>,
): readonly number[] | null {
  const some = [...unlabelled.slice(0, BIAS_ROWS), ...rows].slice(0, BIAS_ROWS);
  return some.length === 0 ? null : meanBias(askLanguage(language, some, classes));
}
